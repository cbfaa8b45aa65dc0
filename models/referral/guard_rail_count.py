from odoo import api, fields, models
from odoo.tools import SQL


class IntegrationGuardRailCount(models.Model):
    """How often a reason stood in place of what the standard asks: numbers per quarter.

    For lead and county: neither files nor workers nor reasons (§ 203 StGB). By quarter and not by
    month, as topics are told; the county reads a quarter once it is over.
    """

    _name = "integration.guard.rail.count"
    _inherit = ["integration.monthly.count"]
    _description = "Exceptions from the Guard Rails"
    _order = "month desc, rail_id"
    _auto = False
    _depends = {
        "integration.contact": ["company_id", "date", "municipality_id", "overridden_rail_ids"],
        "integration.municipality": ["county_id"],
        "integration.county": ["company_id"],
    }

    month = fields.Date(string="Quarter")
    rail_id = fields.Many2one("integration.guard.rail", string="Guard Rail", readonly=True)
    county_company_id = fields.Many2one("res.company", string="County Office", readonly=True)
    is_over = fields.Boolean(string="Quarter Is Over", readonly=True)
    count = fields.Integer(string="Talks with a Reason", readonly=True, aggregator="sum")

    @api.depends("month")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(year)s, quarter %(quarter)s",
                year=row.month.year,
                quarter=(row.month.month + 2) // 3,
            )

    @property
    def _table_query(self):
        return SQL("""
            SELECT (ROW_NUMBER() OVER (
                       ORDER BY date_trunc('quarter', contact.date), contact.company_id,
                                county.company_id, rel.integration_guard_rail_id
                   ))::integer AS id,
                   contact.company_id, county.company_id AS county_company_id,
                   date_trunc('quarter', contact.date)::date AS month,
                   date_trunc('quarter', contact.date)
                       < date_trunc('quarter', NOW() AT TIME ZONE 'Europe/Berlin') AS is_over,
                   rel.integration_guard_rail_id AS rail_id, COUNT(*)::integer AS count
              FROM integration_contact_integration_guard_rail_rel AS rel
              JOIN integration_contact AS contact ON contact.id = rel.integration_contact_id
              JOIN integration_municipality AS town ON town.id = contact.municipality_id
              JOIN integration_county AS county ON county.id = town.county_id
             WHERE contact.cancelled IS NOT TRUE
             GROUP BY contact.company_id, county.company_id,
                      date_trunc('quarter', contact.date), rel.integration_guard_rail_id
        """)
