from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import local_today


class IntegrationCounty(models.Model):
    """Which employers work in a county: their workers belong to its network."""

    _inherit = "integration.county"

    employer_ids = fields.Many2many(
        "res.company",
        string="Employers with a Mandate",
        compute="_compute_employer_ids",
        compute_sudo=True,
        search="_search_employer_ids",
        help="Whose mandate has not ended, also if it only begins.",
    )

    @api.depends("municipality_ids.mandate_ids.date_end")
    def _compute_employer_ids(self):
        for county in self:
            mandates = self._going_on().filtered(lambda row, c=county: row.county_id == c._origin)
            county.employer_ids = mandates.company_id

    def _search_employer_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        mandates = self._going_on().filtered_domain([("company_id", "in", list(value))])
        return Domain("id", "in", mandates.county_id.ids)

    @api.model
    def _going_on(self, day=None):
        """Return, as superuser, the mandates that have not ended by ``day``, today by default."""
        day = day or local_today(self.env)
        # sudo: integration.mandate - who works where is public (county standard 1.2)
        return self.env["integration.mandate"].sudo().search(
            Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        )  # fmt: skip
