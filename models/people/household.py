from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import next_number
from .client_search import LIKE


def _family_name(name):
    """Return the family name: before the comma, else the last word."""
    before, comma, _after = (name or "").partition(",")
    return before.strip() if comma else " ".join(before.split()[-1:])


class IntegrationHousehold(models.Model):
    """People who live together; called by a neutral number, or by its people on request."""

    _name = "integration.household"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Household"
    _order = "name desc, id desc"
    _check_company_auto = True
    _system_fields = frozenset({"name"})
    _fixed_fields = frozenset({"company_id"})

    name = fields.Char(string="Household Number", required=True, readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    member_ids = fields.One2many("integration.household.member", "household_id", string="Members")
    current_client_ids = fields.One2many(
        "integration.client", "household_id", string="Current Members"
    )
    size = fields.Integer(compute="_compute_size", string="Persons")

    _name_uniq = models.Constraint(
        "UNIQUE(company_id, name)", "This household number is taken already."
    )

    @api.depends("member_ids.client_id")
    def _compute_in_my_files(self):
        return super()._compute_in_my_files()

    @api.model
    def _in_my_files_domain(self):
        members = self.env["integration.household.member"]
        # sudo: integration.household.member - ids for the rule itself
        mine = members.sudo()._search(members._in_my_files_domain())
        return Domain("id", "in", mine.subselect("household_id"))

    @api.depends("current_client_ids")
    def _compute_size(self):
        counts = dict(
            self.env["integration.client"]._read_group(
                [("household_id", "in", self.ids)], ["household_id"], ["__count"]
            )
        )
        for household in self:
            household.size = counts.get(household._origin, 0)

    @api.depends("name", "current_client_ids.partner_id.name")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        """Show the number; on request the family names of those whom the reader may know.

        Whoever may not know a member learns neither her name nor that there is one more.
        """
        asked = self.env.context.get("integration_show_name")
        # sudo: integration.client - who lives there now; _nameable() decides on the names
        living = self.sudo().current_client_ids.with_env(self.env) if asked else None
        known = set(living._nameable().ids) if asked else ()
        # sudo: integration.household - its number is neutral, also where a reference names it
        for household, told in zip(self, self.sudo(), strict=True):
            persons = told.current_client_ids.filtered(lambda c: c.id in known)
            household.display_name = told._in_words(persons) if persons else told.name

    def _in_words(self, persons):
        """Return the family names of ``persons``, how many they are, and the number."""
        self.ensure_one()
        names = " / ".join(dict.fromkeys(filter(None, map(_family_name, persons.mapped("name")))))
        if not names:
            return self.name
        told = {"names": names, "count": len(persons), "number": self.name}
        if len(persons) == 1:
            return self.env._("Family %(names)s, 1 person (%(number)s)", **told)
        return self.env._("Family %(names)s, %(count)s persons (%(number)s)", **told)

    @api.model
    def _search_display_name(self, operator, value):
        """Find a household by its number, or by a member whom the reader may read."""
        domain = Domain(super()._search_display_name(operator, value))
        if operator in LIKE and isinstance(value, str) and value.strip():
            found = self.env["integration.client"]._search(
                Domain("display_name", operator, value) & Domain("household_id", "!=", False)
            )
            domain |= Domain("id", "in", found.subselect("household_id"))
        return domain

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            given = vals.get("company_id")
            # What is no id is left to the ORM.
            known = self.env["res.company"].browse(given if isinstance(given, int) else [])
            company = known or self.env.company
            vals["company_id"] = given or company.id
            vals["name"] = next_number(self.env, company, self._name, "H-%(year)s-")
        return vals_list
