from odoo import fields, models
from odoo.tools import SQL


class IntegrationConcernCount(models.Model):
    """How many concerns were raised per municipality, kind and month, and how many answered.

    Plain numbers: they count what third parties bring up. Whether anybody meant has a file goes
    into none of them, for concerns know of no file. What was taken back is not counted; clearing
    changes nothing.
    """

    _name = "integration.concern.count"
    _inherit = ["integration.monthly.count"]
    _description = "Concerns by Municipality"
    _order = "month desc, municipality_id, kind_id"
    _auto = False
    _depends = {
        "integration.concern": ["company_id", "date", "kind_id", "municipality_id", "state"],
        "integration.municipality": ["county_id"],
        "integration.county": ["company_id"],
    }

    county_company_id = fields.Many2one("res.company", string="County Office", readonly=True)
    municipality_id = fields.Many2one("integration.municipality", readonly=True)
    kind_id = fields.Many2one("integration.concern.kind", string="About", readonly=True)
    raised_count = fields.Integer(string="Raised", readonly=True, aggregator="sum")
    answered_count = fields.Integer(string="Answered", readonly=True, aggregator="sum")
    waiting_count = fields.Integer(string="To Be Answered", readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        return SQL("""
            SELECT MIN(concern.id) AS id, concern.company_id,
                   county.company_id AS county_company_id,
                   concern.municipality_id, concern.kind_id,
                   date_trunc('month', concern.date)::date AS month,
                   COUNT(*)::integer AS raised_count,
                   (COUNT(*) FILTER (WHERE concern.state = 'answered'))::integer AS answered_count,
                   (COUNT(*) FILTER (WHERE concern.state IN ('new', 'read')))::integer
                       AS waiting_count
              FROM integration_concern AS concern
              JOIN integration_municipality AS town ON town.id = concern.municipality_id
              JOIN integration_county AS county ON county.id = town.county_id
             WHERE concern.state <> 'withdrawn'
             GROUP BY concern.company_id, county.company_id, concern.municipality_id,
                      concern.kind_id, date_trunc('month', concern.date)
        """)
