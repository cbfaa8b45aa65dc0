from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import next_number


class IntegrationHousehold(models.Model):
    """People who live together; its name is a neutral number."""

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
