from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools import local_today, next_number, without_defaults
from ..access.case_access import SHARED_KINDS

# What of the contact behind a client may be written, by whoever may write the client.
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


class IntegrationClient(models.Model):
    """A person as one employer knows her; one person at two employers is two clients."""

    _name = "integration.client"
    _inherit = ["integration.filed", "integration.secured", "integration.logged"]
    _inherits = {"res.partner": "partner_id"}
    _description = "Client"
    _order = "file_number, id"
    _rec_name = "file_number"
    _rec_names_search = ["file_number", "complete_name"]
    _check_company_auto = True

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
        "integration.language", string="Languages", check_company=True
    )
    interpreter_needed = fields.Boolean()
    occupations = fields.Char(help="Given voluntarily (county standard 1.3.1).")
    interests = fields.Char(help="Given voluntarily (county standard 1.3.1).")
    date_arrival_country = fields.Date(string="In Germany Since")
    date_arrival_county = fields.Date(string="In the County Since")
    protected_address = fields.Boolean(
        help="The address must not become known; it is left out of every paper and search."
    )
    # Household and case
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
    family_case_id = fields.Many2one(
        "integration.case",
        string="Accompanied in Case",
        index="btree_not_null",
        check_company=True,
        readonly=True,
        copy=False,
        help="The case of the family in which a member without an own case is accompanied.",
    )
    case_ids = fields.One2many("integration.case", "client_id", string="Cases")
    access_ids = fields.One2many("integration.case.access", "client_id")
    # Consent
    consent_ids = fields.One2many("integration.consent", "client_id", string="Consents")
    consent_state = fields.Selection(
        [
            ("none", "No consent yet"),
            ("given", "Consent given"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("expired", "Expired"),
        ],
        compute="_compute_consent_state",
        store=True,
        help="Consent to the counselling file, computed from the events of the ledger.",
    )
    consent_valid_until = fields.Date(compute="_compute_consent_state", store=True)

    _file_number_uniq = models.Constraint(
        "UNIQUE(company_id, file_number)", "This file number is taken already."
    )
    _partner_uniq = models.Constraint(
        "UNIQUE(partner_id)", "This contact belongs to a client already."
    )

    @api.model
    def _in_my_files_domain(self):
        return Domain("id", "in", self.env["integration.case.access"]._readable("client_id"))

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

    @api.depends("consent_ids.decision", "consent_ids.purpose")
    def _compute_consent_state(self):
        for client in self:
            event = client.consent_ids._last_event("file")
            given = event.decision in ("given", "renewed")
            client.consent_state = "given" if given else event.decision or "none"
            client.consent_valid_until = event.valid_until if given else False

    @api.depends("file_number")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        """Show the file number; the name only on request and to whoever may know it."""
        named = self._nameable() if self.env.context.get("integration_show_name") else self.browse()
        named_ids = set(named.ids)
        # sudo: integration.client - the number is neutral, and _nameable() decided on the name;
        # a lead knows names without reading files
        for client, known in zip(self, self.sudo(), strict=True):
            number = known.file_number or self.env._("New client")
            client.display_name = f"{known.name} ({number})" if client.id in named_ids else number

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

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        self._check_references(vals_list)
        vals_list = [self._prepare_client_vals(vals) for vals in vals_list]
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
        clients = super().create(vals_list)
        # Whoever enters a client must be able to read her, until a case says who may.
        self.env["integration.case.access"]._grant_client(clients, self.env.user)
        return clients

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

    def write(self, vals):
        vals = dict(vals)
        if {"file_number", "company_id", "partner_id"} & vals.keys():
            raise UserError(self.env._("File number and employer of a client cannot be changed."))
        if "family_case_id" in vals:
            self.env["integration.case.access"]._check_may_take_over(self)
            self._ensure_joins(self.env["integration.case"].browse(vals["family_case_id"]))
        partner_vals = self._pop_partner_vals(vals)
        if partner_vals:
            self.check_access("write")
            # sudo: res.partner - see create()
            self.partner_id.sudo().with_context(tracking_disable=True).write(partner_vals)
        # Ended only afterwards: whoever moves a member to another case may do so by these.
        left = self._family_entries() if "family_case_id" in vals else None
        result = super().write(vals)
        if left:
            left._end()
        if vals.get("family_case_id"):
            self._grant_family_access()
        return result

    def copy_data(self, default=None):
        raise UserError(self.env._("A client cannot be duplicated."))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_case(self):
        """Open the current case of the client, or the family's case that covers her."""
        self.ensure_one()
        case = self._current_case() or self.case_ids[:1]
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_case_action"
        )
        return dict(action, res_id=case.id, views=[(False, "form")], view_mode="form")

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _age_on(self, day):
        """Return the age in whole years on ``day``; 0 without a date of birth."""
        self.ensure_one()
        return relativedelta(day, self.birthdate).years if self.birthdate else 0

    def _is_minor(self, day=None):
        """Return whether the client is under 18 on ``day`` (today); unknown age counts as adult."""
        self.ensure_one()
        return bool(self.birthdate) and self._age_on(day or local_today(self.env)) < ADULT_AGE

    def _current_case(self):
        """Return the client's own open or paused case, else the family case that covers her."""
        self.ensure_one()
        own = self.case_ids.filtered(lambda case: case.state != "closed")
        return own[:1] or self.family_case_id

    def _ensure_consent(self):
        """Refuse to go on unless every client in ``self`` has a valid consent to the file.

        :raises UserError: county standard 2.2, § 67b SGB X: information and consent come first
        """
        today = local_today(self.env)
        # sudo: integration.client - only whether consent is there, also for a family member
        # whose file the user may not read; the message bears the number alone
        missing = self.sudo().filtered(
            lambda client: (
                client.consent_state != "given"
                or (client.consent_valid_until and client.consent_valid_until < today)
            )
        )
        if missing:
            raise UserError(
                self.env._(
                    "File %s: there is no valid consent to the counselling file, so nothing can be "
                    "written into it. Record the consent first (button “Consent”).",
                    ", ".join(missing.mapped("file_number")),
                )
            )

    def _family_entries(self):
        """Return the access entries by the family cases the clients are accompanied in."""
        # sudo: integration.case.access - entries follow the case, nobody writes them by hand
        return self.sudo().access_ids.filtered(
            lambda entry: entry.case_id and entry.case_id == entry.client_id.family_case_id
        )

    def _grant_family_access(self):
        """Let whoever may read the family's case read the accompanied members as well."""
        for client in self:
            # sudo: integration.case.access - entries follow the case, nobody writes them by hand;
            # the consent of the family's head to sharing covers her alone
            shared = client.sudo()._may_be_shared()
            # sudo: integration.case.access - see above
            entries = client.sudo().family_case_id.access_ids.filtered(
                lambda entry, case=client.family_case_id, shared=shared: (
                    entry.client_id == case.client_id
                    and (shared and entry._is_shared() and not entry.shared_until
                         if entry.kind in SHARED_KINDS else not entry.date_until)
                )
            )
            # sudo: integration.case.access - the client's own entries, written by the case alone
            client.sudo().access_ids.filtered(lambda entry: not entry.case_id)._end()
            for entry in entries:
                grant = "_grant_shared" if entry.kind in SHARED_KINDS else "_grant"
                getattr(self.env["integration.case.access"], grant)(
                    [{"client_id": client.id, "case_id": entry.case_id.id}],
                    entry.user_id,
                    entry.kind,
                )

    def _nameable(self):
        """Return the clients in ``self`` whose name the current user may see.

        Those she may read, and for leads all of the own employer (their card).
        """
        user_clients = self.sudo(False)
        if user_clients.env.su:
            return self
        named = self.env["integration.case.access"]._readable_clients(user_clients)
        if self.env.user.has_group("integration_management.group_lead"):
            companies = self.env.user.company_ids
            # sudo: integration.client - the employer alone, of clients the lead may not read
            named |= self.sudo().filtered(lambda c: c.company_id in companies).sudo(False)
        return named

    def _prepare_client_vals(self, vals):
        """Complete the values of a new client by employer and file number."""
        company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
        if not self.env.su and company not in self.env.companies:
            raise AccessError(self.env._("Clients are entered for the own employer only."))
        number = next_number(self.env, company, self._name, "%(year)s-")
        return dict(vals, company_id=company.id, file_number=number)

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
