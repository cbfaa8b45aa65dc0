from odoo import api, fields, models
from odoo.tools import SQL, format_date


class IntegrationWithdrawalCount(models.Model):
    """How many recipients still wait to hear of a withdrawal, per employer and month.

    For lead and data protection: numbers alone, neither files nor recipients nor workers,
    for the content is closed to line managers too (§ 203 StGB).
    """

    _name = "integration.withdrawal.count"
    _description = "Recipients Not Told Yet"
    _order = "month desc"
    _auto = False
    _depends = {
        "integration.withdrawal.recipient": ["company_id", "date_withdrawn", "date_told"],
    }

    company_id = fields.Many2one("res.company", string="Employer", readonly=True)
    month = fields.Date(string="Month of the Withdrawal", readonly=True)
    open_count = fields.Integer(string="To Be Told", readonly=True, aggregator="sum")
    told_count = fields.Integer(string="Told", readonly=True, aggregator="sum")
    oldest = fields.Date(
        string="Open Since", readonly=True, aggregator="min",
        help="The earliest withdrawal of which somebody has not been told.",
    )

    @api.depends("month")
    def _compute_display_name(self):
        for row in self:
            row.display_name = format_date(self.env, row.month, date_format="MMMM yyyy")

    @property
    def _table_query(self):
        return SQL("""
            SELECT MIN(id) AS id, company_id, date_trunc('month', date_withdrawn)::date AS month,
                   (COUNT(*) FILTER (WHERE date_told IS NULL))::integer AS open_count,
                   COUNT(date_told)::integer AS told_count,
                   MIN(date_withdrawn) FILTER (WHERE date_told IS NULL) AS oldest
              FROM integration_withdrawal_recipient
             GROUP BY company_id, date_trunc('month', date_withdrawn)
        """)
