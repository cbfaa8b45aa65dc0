from odoo import fields, models
from odoo.tools import SQL


class IntegrationWithdrawalCount(models.Model):
    """How many recipients still wait to hear of a withdrawal, per employer and month.

    Small numbers are told at once: each recipient has to be told, and neither what was withdrawn
    nor who the recipient is can be read from a number.
    """

    _name = "integration.withdrawal.count"
    _inherit = ["integration.monthly.count"]
    _description = "Recipients Not Told Yet"
    _order = "month desc"
    _auto = False
    _depends = {"integration.withdrawal.recipient": ["company_id", "date_withdrawn", "date_told"]}

    month = fields.Date(string="Month of the Withdrawal")
    open_count = fields.Integer(string="To Be Told", readonly=True, aggregator="sum")
    told_count = fields.Integer(string="Told", readonly=True, aggregator="sum")
    oldest = fields.Date(
        string="Open Since",
        readonly=True,
        aggregator="min",
        help="The earliest withdrawal of which somebody has not been told.",
    )

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
