from odoo import api, fields, models
from odoo.tools import SQL


class IntegrationGuardRailCount(models.Model):
    """How often a reason stood in place of what the standard asks: numbers per quarter.

    For lead and county: neither files nor workers nor reasons (§ 203 StGB). But a guard rail names
    a topic, so its number is a health fact (art. 9 GDPR) of whoever had a talk. Hence quarters
    that are over alone, and nothing about few persons: fewer than the smallest number printed,
    the larger one of the employer's own and of the offices of her counties.

    A row that is missing says neither whether nothing happened nor whether little did. And what
    is told gives nothing away by subtraction: talks with the very same guard rails in one county
    are a group, an employer's number is told if all groups in it are about enough persons, so
    whatever somebody adds up or subtracts (guard rails with a topic in common, counties of one
    employer) is about enough persons as well.
    """

    _name = "integration.guard.rail.count"
    _inherit = ["integration.monthly.count"]
    _description = "Exceptions from the Guard Rails"
    _order = "month desc, rail_id"
    _auto = False
    _depends = {
        "integration.contact": ["company_id", "date", "municipality_id", "overridden_rail_ids"],
        "integration.contact.person": ["client_id", "contact_id"],
        "integration.municipality": ["county_id"],
        "integration.county": ["company_id"],
        "integration.mandate": ["company_id", "county_id"],
        "res.company": ["integration_small_number"],
    }

    month = fields.Date(string="Quarter")
    rail_id = fields.Many2one("integration.guard.rail", string="Guard Rail", readonly=True)
    county_company_id = fields.Many2one("res.company", string="County Office", readonly=True)
    count = fields.Integer(string="Talks with a Reason", readonly=True, aggregator=None)

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
            WITH talk AS (
                SELECT contact.id, contact.company_id, town.county_id,
                       county.company_id AS county_company_id,
                       date_trunc('quarter', contact.date)::date AS month,
                       array_agg(rel.integration_guard_rail_id
                                 ORDER BY rel.integration_guard_rail_id) AS rails
                  FROM integration_contact_integration_guard_rail_rel AS rel
                  JOIN integration_contact AS contact ON contact.id = rel.integration_contact_id
                  JOIN integration_municipality AS town ON town.id = contact.municipality_id
                  JOIN integration_county AS county ON county.id = town.county_id
                 WHERE contact.cancelled IS NOT TRUE
                   AND contact.date < date_trunc('quarter', NOW() AT TIME ZONE 'Europe/Berlin')
                 GROUP BY contact.id, town.county_id, county.company_id
            ), alike AS (
                SELECT talk.company_id, talk.county_id, talk.county_company_id, talk.month,
                       talk.rails, COUNT(DISTINCT talk.id) AS count,
                       COUNT(DISTINCT person.client_id) AS persons
                  FROM talk
                  LEFT JOIN integration_contact_person AS person ON person.contact_id = talk.id
                 GROUP BY 1, 2, 3, 4, 5
            ), office AS (
                SELECT mandate.company_id, county.company_id AS office_id
                  FROM integration_mandate AS mandate
                  JOIN integration_county AS county ON county.id = mandate.county_id
                 UNION
                SELECT company_id, county_company_id FROM alike
                 UNION
                SELECT id, id FROM res_company
            ), limits AS (
                SELECT office.company_id, MAX(company.integration_small_number) AS smallest
                  FROM office
                  JOIN res_company AS company ON company.id = office.office_id
                 GROUP BY office.company_id
            ), told AS (
                SELECT alike.company_id, alike.month, rail_id
                  FROM alike
                  JOIN limits ON limits.company_id = alike.company_id
                 CROSS JOIN unnest(alike.rails) AS rail_id
                 GROUP BY alike.company_id, alike.month, rail_id, limits.smallest
                HAVING MIN(alike.persons) >= limits.smallest
            )
            SELECT (ROW_NUMBER() OVER (
                       ORDER BY alike.month, alike.company_id, alike.county_company_id,
                                told.rail_id
                   ))::integer AS id,
                   alike.company_id, alike.county_company_id, alike.month, told.rail_id,
                   SUM(alike.count)::integer AS count
              FROM alike
              JOIN told ON told.company_id = alike.company_id AND told.month = alike.month
                       AND told.rail_id = ANY(alike.rails)
             GROUP BY alike.company_id, alike.county_company_id, alike.month, told.rail_id
        """)
