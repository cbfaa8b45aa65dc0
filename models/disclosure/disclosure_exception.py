from odoo import fields, models
from odoo.tools import SQL


class IntegrationDisclosureException(models.Model):
    """How often something was passed on without release or client, or entered late.

    Small numbers are told at once: each single one has to be looked into, and it says on what
    legal basis something was passed on, not what, about whom, by whom or to whom.
    """

    _name = "integration.disclosure.exception"
    _inherit = ["integration.monthly.count"]
    _description = "Disclosures Out of the Ordinary"
    _order = "month desc, exception"
    _auto = False
    _depends = {"integration.disclosure": ["company_id", "date", "basis", "late"]}

    exception = fields.Selection(
        [
            ("duty", "Legal duty"),
            ("emergency", "Emergency"),
            ("ended", "Entered after the release had ended"),
            ("late", "Entered late"),
        ],
        readonly=True,
    )
    count = fields.Integer(string="Disclosures", readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        # An entry that is both counts once, by what weighs more.
        return SQL("""
            SELECT MIN(id) AS id, company_id, date_trunc('month', date)::date AS month, exception,
                   COUNT(*)::integer AS count
              FROM (SELECT *, CASE WHEN basis IN ('duty', 'emergency') THEN basis ELSE late END
                              AS exception
                      FROM integration_disclosure) AS entry
             WHERE exception IS NOT NULL
             GROUP BY company_id, date_trunc('month', date), exception
        """)
