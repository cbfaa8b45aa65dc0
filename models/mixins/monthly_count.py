from odoo import api, fields, models
from odoo.tools import format_date


class IntegrationMonthlyCount(models.AbstractModel):
    """Base of numbers per employer and month, for lead and data protection.

    Numbers alone, neither files nor recipients nor workers, for the content is closed to line
    managers too (§ 203 StGB).
    """

    _name = "integration.monthly.count"
    _description = "Numbers per Employer and Month"
    _auto = False

    company_id = fields.Many2one("res.company", string="Employer", readonly=True)
    month = fields.Date(readonly=True)

    @api.depends("month")
    def _compute_display_name(self):
        for row in self:
            row.display_name = format_date(self.env, row.month, date_format="MMMM yyyy")
