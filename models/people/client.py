from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import local_today, next_numbers, without_defaults

# What of the contact behind a client may be written, by anyone who may write the client.
# Everything else of res.partner (parent, followers, bank, salesperson …) stays shut.
PARTNER_FIELDS = {
    "name",
    "phone",
    "email",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "lang",
    "active",
}
ADULT_AGE = 18
# Up to how many are read whole at once: the household of a form, not a page of cards
FEW = 10


class IntegrationClient(models.Model):
    """A person as one employer knows her; one person at two employers is two clients."""

    _name = "integration.client"
    _inherit = ["integration.in.file", "integration.secured"]
    _inherits = {"res.partner": "partner_id"}
    _description = "Client"
    _order = "file_number, id"
    _rec_name = "file_number"
    _own_key = "client_id"
    _rec_names_search = ["file_number", "complete_name"]
    _check_company_auto = True
    _system_fields = frozenset({"partner_id", "file_number"})
    _fixed_fields = frozenset({"company_id"})
    _never_blank = frozenset({"name"})

    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", readonly=True
    )
    # Own column: the wall must not depend on a join, and the contact's company is fixed to it.
    company_id = fields.Many2one(
        "res.company", string="Employer", required=True, index=True, readonly=True
    )
    file_number = fields.Char(readonly=True, required=True, copy=False, index="trigram")
    # Person
    birthdate = fields.Date()
    age = fields.Integer(compute="_compute_age", help="In whole years, today.")
    gender = fields.Selection(
        [("female", "Female"), ("male", "Male"), ("diverse", "Diverse"), ("unknown", "Unknown")],
        default="unknown",
        required=True,
    )
    nationality_ids = fields.Many2many("res.country", string="Nationalities")
    nationality_note = fields.Selection(
        [("stateless", "Stateless"), ("unclear", "Unclear")], string="Nationality Remark"
    )
    language_ids = fields.Many2many(
        "integration.language",
        string="Languages",
        check_company=True,
        context={"active_test": False},
    )
    interpreter_needed = fields.Boolean()
    occupations = fields.Char(help="Given voluntarily (county standard 1.3.1).")
    interests = fields.Char(help="Given voluntarily (county standard 1.3.1).")
    date_arrival_country = fields.Date(string="In Germany Since")
    date_arrival_county = fields.Date(string="In the County Since")
    protected_address = fields.Boolean(
        help="The address must not become known; it is left out of every paper and search."
    )
    # Household
    household_member_ids = fields.One2many(
        "integration.household.member", "client_id", string="Household Memberships"
    )
    household_id = fields.Many2one(
        "integration.household",
        compute="_compute_household_id",
        store=True,
        index="btree_not_null",
        check_company=True,
    )

    _file_number_uniq = models.Constraint(
        "UNIQUE(company_id, file_number)", "This file number is taken already."
    )
    _partner_uniq = models.Constraint(
        "UNIQUE(partner_id)", "This contact belongs to a client already."
    )

    @api.depends("birthdate")
    def _compute_age(self):
        today = local_today(self.env)
        for client in self:
            client.age = client._age_on(today)

    @api.depends(
        "household_member_ids.date_from",
        "household_member_ids.date_to",
        "household_member_ids.household_id",
    )
    def _compute_household_id(self):
        today = local_today(self.env)
        for client in self:
            client.household_id = client.household_member_ids._valid_on(today).household_id

    @api.depends("file_number")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        """Show the file number; the name only on request and to anyone who may know it."""
        # sudo: integration.client - the number is neutral, and _nameable() decides on the name;
        # a lead knows names without reading files
        all_known = self.sudo()
        if len(self) > FEW:
            # A page of cards asks for many, and for nothing else of them.
            all_known.fetch(["file_number", "partner_id", "company_id"])
        named = self._nameable() if self.env.context.get("integration_show_name") else self.browse()
        named_ids = set(named.ids)
        if named_ids and len(self) > FEW:
            all_known.partner_id.fetch(["name"])
        for client, known in zip(self, all_known, strict=True):
            number = known.file_number or self.env._("New client")
            if client.id in named_ids:
                # Of a stored client straight from her contact, for a page of cards asks for many
                name = (known.partner_id if known.id else known).name
                client.display_name = f"{name} ({number})"
            else:
                client.display_name = number

    @api.constrains("birthdate")
    def _check_birthdate(self):
        today = local_today(self.env)
        for client in self:
            if client.birthdate and client.birthdate > today:
                raise ValidationError(
                    self.env._(
                        "File %s: the date of birth lies in the future. Please correct it.",
                        client.file_number,
                    )
                )

    # ------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        self.browse().check_access("create")
        vals_list = self._prepare_client_vals(super()._prepare_create(vals_list))
        partner_vals_list = [self._pop_partner_vals(vals) for vals in vals_list]
        for vals, partner_vals in zip(vals_list, partner_vals_list, strict=True):
            partner_vals.update(is_integration_client=True, company_id=vals["company_id"])
        partners = (
            # sudo: res.partner - no role of ours may write contacts; the right to create
            # clients was checked above and only the listed fields get through
            without_defaults(self.env["res.partner"].sudo())
            .with_context(
                tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
            )
            .create(partner_vals_list)
        )
        for vals, partner in zip(vals_list, partners, strict=True):
            vals["partner_id"] = partner.id
        return vals_list

    def _prepare_create_values(self, vals_list):
        # The ORM adds values of its own for the contact (its properties), which exists
        # already and which the user may not write.
        return [
            {
                name: value
                for name, value in vals.items()
                if name not in self._fields or not self._fields[name].inherited
            }
            for vals in super()._prepare_create_values(vals_list)
        ]

    def _before_write(self, change):
        super()._before_write(change)
        partner_vals = self._pop_partner_vals(change.vals)
        if partner_vals:
            self.check_access("write")
            # sudo: res.partner - see _prepare_create()
            self.partner_id.sudo().with_context(tracking_disable=True).write(partner_vals)

    def copy_data(self, default=None):
        raise UserError(self.env._("A client cannot be duplicated."))

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _age_on(self, day):
        """Return the age in whole years on ``day``; 0 without a date of birth."""
        self.ensure_one()
        born = self.birthdate
        if not born:
            return 0
        # Born on 29 February, one is a year older on 1 March (§§ 187, 188 BGB).
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def _is_minor(self, day=None):
        """Return whether the client is under 18 on ``day`` (today); unknown age counts as adult."""
        self.ensure_one()
        return bool(self.birthdate) and self._age_on(day or local_today(self.env)) < ADULT_AGE

    def _nameable(self):
        """Return the clients in ``self`` whose name the current user may see.

        Whose files are open to whom is for the room of access to say: nobody's without it.
        """
        user_clients = self.sudo(False)
        return self if user_clients.env.su else user_clients.browse()

    def _prepare_client_vals(self, vals_list):
        """Complete the values of new clients by employer and file number."""
        companies = [
            self.env["res.company"].browse(vals.get("company_id")) or self.env.company
            for vals in vals_list
        ]
        if not self.env.su and any(company not in self.env.companies for company in companies):
            raise AccessError(self.env._("Clients are entered for the own employer only."))
        numbers = {
            company: iter(next_numbers(self.env, company, self._name, "%(year)s-", count))
            for company, count in Counter(companies).items()
        }
        return [
            dict(vals, company_id=company.id, file_number=next(numbers[company]))
            for vals, company in zip(vals_list, companies, strict=True)
        ]

    def _pop_partner_vals(self, vals):
        """Take the values of the contact out of ``vals`` and return them.

        :raises UserError: a field of the contact that clients do not have
        """
        partner_vals = {}
        for name in list(vals):
            field = self._fields.get(name)
            if field and field.inherited:
                if name not in PARTNER_FIELDS:
                    raise UserError(self.env._("The field %s cannot be set for clients.", name))
                partner_vals[name] = vals.pop(name)
        return partner_vals
