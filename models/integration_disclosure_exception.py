from odoo import api, fields, models
from odoo.tools import SQL, format_date


class IntegrationDisclosureException(models.Model):
    """How often something was passed on without release or client, per employer and month.

    For lead and data protection: numbers alone, neither files nor workers, for the content
    is closed to line managers too (§ 203 StGB).
    """

    _name = "integration.disclosure.exception"
    _description = "Disclosures Without Release"
    _order = "month desc, basis"
    _auto = False
    _depends = {"integration.disclosure": ["company_id", "date", "basis"]}

    company_id = fields.Many2one("res.company", string="Employer", readonly=True)
    month = fields.Date(readonly=True)
    basis = fields.Selection([("duty", "Legal duty"), ("emergency", "Emergency")], readonly=True)
    count = fields.Integer(string="Disclosures", readonly=True, aggregator="sum")

    @api.depends("month")
    def _compute_display_name(self):
        for row in self:
            row.display_name = format_date(self.env, row.month, date_format="MMMM yyyy")

    @property
    def _table_query(self):
        return SQL("""
            SELECT MIN(id) AS id, company_id, date_trunc('month', date)::date AS month, basis,
                   COUNT(*)::integer AS count
              FROM integration_disclosure
             WHERE basis IN ('duty', 'emergency')
             GROUP BY company_id, date_trunc('month', date), basis
        """)
