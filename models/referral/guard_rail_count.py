from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import local_today

# Talks of the last days of a quarter are entered in the first ones of the next
LATE_DAYS = 14


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

    A quarter is counted once, two weeks after its end, and stays so, whatever is entered, changed
    or cancelled later and whichever the smallest number is by then: from two looks at a number
    that moves somebody would read the health fact of the one talk that was entered in between.
    """

    _name = "integration.guard.rail.count"
    _inherit = ["integration.monthly.count"]
    _description = "Exceptions from the Guard Rails"
    _order = "month desc, rail_id"
    _auto = False
    _depends = {"integration.county": ["company_id"], "res.company": ["integration_rail_counts"]}

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
            SELECT (ROW_NUMBER() OVER (
                       ORDER BY kept.month, company.id, county.company_id, kept.rail_id
                   ))::integer AS id,
                   company.id AS company_id, county.company_id AS county_company_id, kept.month,
                   kept.rail_id, SUM(kept.count)::integer AS count
              FROM res_company AS company
             CROSS JOIN jsonb_to_recordset(company.integration_rail_counts -> 'rows')
                        AS kept(month date, county_id integer, rail_id integer, count integer)
              JOIN integration_county AS county ON county.id = kept.county_id
              JOIN integration_guard_rail AS rail ON rail.id = kept.rail_id
             GROUP BY company.id, county.company_id, kept.month, kept.rail_id
        """)

    @api.model
    def _cron_count(self):
        """Count the quarters that have been over for two weeks and were not counted yet."""
        self._count_until(local_today(self.env) - timedelta(days=LATE_DAYS))

    @api.model
    def _count_until(self, day):
        """Count the quarters that were over on a day, each employer's once and for good."""
        last = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) - relativedelta(months=3)
        # sudo: res.company, integration.contact - numbers of all employers that tell of nobody;
        # kept where no request reads them
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        for company in companies.search([("integration_employer_type", "!=", False)]):
            kept = company.integration_rail_counts or {"until": None, "rows": []}
            if not kept["until"] or kept["until"] < last.isoformat():
                rows = [*kept["rows"], *company._integration_rail_numbers(kept["until"], last)]
                company.integration_rail_counts = {"until": last.isoformat(), "rows": rows}
