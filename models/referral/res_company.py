from odoo import fields, models
from odoo.tools import SQL

# Fields read below
READS = {
    "integration.contact": [
        "company_id", "date", "municipality_id", "cancelled", "overridden_rail_ids",
    ],
    "integration.contact.person": ["client_id", "contact_id"],
    "integration.municipality": ["county_id"],
    "integration.county": ["company_id"],
    "integration.mandate": ["company_id", "county_id"],
    "res.company": ["integration_small_number"],
}  # fmt: skip


class ResCompany(models.Model):
    """What was told of exceptions from the guard rails, as it was told."""

    _inherit = "res.company"

    # {"until": first day of the last quarter that was counted, "rows": [what is told]}; never
    # counted anew, see integration.guard.rail.count
    integration_rail_counts = fields.Json(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    def _integration_rail_numbers(self, after, last):
        """Return what is told of the quarters after one that was counted, up to another one.

        :param after: first day of the last quarter that was counted, as text; or None
        """
        for model, names in READS.items():
            self.env[model].flush_model(names)
        query = SQL(
            """
            WITH talk AS (
                SELECT contact.id, town.county_id,
                       date_trunc('quarter', contact.date::timestamp)::date AS month,
                       array_agg(rel.integration_guard_rail_id
                                 ORDER BY rel.integration_guard_rail_id) AS rails
                  FROM integration_contact_integration_guard_rail_rel AS rel
                  JOIN integration_contact AS contact ON contact.id = rel.integration_contact_id
                  JOIN integration_municipality AS town ON town.id = contact.municipality_id
                 WHERE contact.cancelled IS NOT TRUE AND contact.company_id = %(company)s
                   AND contact.date < %(last)s::date + INTERVAL '3 months'
                   AND (%(after)s::date IS NULL
                        OR contact.date >= %(after)s::date + INTERVAL '3 months')
                 GROUP BY contact.id, town.county_id
            ), alike AS (
                SELECT talk.county_id, talk.month, talk.rails, COUNT(DISTINCT talk.id) AS count,
                       COUNT(DISTINCT person.client_id) AS persons
                  FROM talk
                  LEFT JOIN integration_contact_person AS person ON person.contact_id = talk.id
                 GROUP BY 1, 2, 3
            ), office AS (
                SELECT county.company_id AS office_id
                  FROM integration_mandate AS mandate
                  JOIN integration_county AS county ON county.id = mandate.county_id
                 WHERE mandate.company_id = %(company)s
                 UNION
                SELECT county.company_id FROM alike
                  JOIN integration_county AS county ON county.id = alike.county_id
                 UNION
                SELECT %(company)s
            ), limits AS (
                SELECT MAX(company.integration_small_number) AS smallest
                  FROM office JOIN res_company AS company ON company.id = office.office_id
            ), told AS (
                SELECT alike.month, rail_id
                  FROM alike CROSS JOIN limits CROSS JOIN unnest(alike.rails) AS rail_id
                 GROUP BY alike.month, rail_id, limits.smallest
                HAVING MIN(alike.persons) >= limits.smallest
            )
            SELECT alike.month::text, alike.county_id, told.rail_id, SUM(alike.count)::integer
              FROM alike
              JOIN told ON told.month = alike.month AND told.rail_id = ANY(alike.rails)
             GROUP BY alike.month, alike.county_id, told.rail_id
             ORDER BY 1, 2, 3
            """,
            company=self.id,
            after=after,
            last=last,
        )
        names = ("month", "county_id", "rail_id", "count")
        return [dict(zip(names, row, strict=True)) for row in self.env.execute_query(query)]
