from odoo import api, fields, models
from odoo.tools import SQL


class IntegrationInterpreterCount(models.Model):
    """Use of interpreters and gaps, per employer, month and language, for lead and reporting.

    Numbers alone, of months that are over, and no language of few: a language stands for a family
    where few speak it. Minutes and costs are told by language where enough persons who need it
    were talked to in the month, so that nobody can be meant; else they stand in one row of all such
    languages, so that the sums are those that are paid. Numbers of talks, with an interpreter
    or without, are told if they and their persons are enough: as many as the smallest number
    printed, the larger one of the employer's own and of the offices of her counties. Only those
    who need an interpreter count, not the children beside them. Fewer and none look the same.

    A gap is a talk with somebody who needs an interpreter, with none, unless the worker speaks the
    language or the client wanted none. What is needed is what the card says today.
    """

    _name = "integration.interpreter.count"
    _inherit = ["integration.monthly.count"]
    _description = "Interpreters: Use and Gaps"
    _order = "month desc, language_id"
    _auto = False
    _depends = {
        "integration.contact": [
            *("company_id", "date", "cancelled", "is_talk"),
            *("interpreter_used", "no_interpreter_reason"),
        ],
        "integration.contact.person": ["client_id", "contact_id", "household_id"],
        "integration.contact.interpreter": ["contact_id", "kind", "language_id", "minutes", "cost"],
        "integration.client": ["interpreter_needed", "interpreter_language_id"],
        "integration.municipality": ["county_id"],
        "integration.county": ["company_id"],
        "integration.mandate": ["company_id", "county_id"],
        "res.company": ["integration_small_number"],
    }

    language_id = fields.Many2one(
        "integration.language", readonly=True, falsy_value_label="Languages of few, or not recorded"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    minutes = fields.Integer(readonly=True, aggregator="sum")
    cost = fields.Monetary(readonly=True, aggregator="sum")
    used_count = fields.Integer(
        string="Talks with Interpreter", readonly=True, aggregator="sum", help="0: few or none."
    )
    gap_count = fields.Integer(
        string="Talks without, though Needed",
        readonly=True,
        aggregator="sum",
        help="0: few or none.",
    )
    language_told = fields.Char(string="Language Spoken", compute="_compute_told")
    used_told = fields.Char(string="With Interpreter", compute="_compute_told")
    gap_told = fields.Char(string="Needed, but None", compute="_compute_told")

    @api.depends("language_id", "used_count", "gap_count")
    @api.depends_context("lang")
    def _compute_told(self):
        for row in self:
            few = self.env._("Languages of few, or not recorded")
            row.language_told = row.language_id.name or few
            row.used_told = str(row.used_count or self.env._("few or none"))
            row.gap_told = str(row.gap_count or self.env._("few or none"))

    @property
    def _table_query(self):
        return SQL("""
            WITH need AS (
                -- A language stands for a family: who lives together counts as one
                SELECT person.contact_id,
                       COALESCE(person.household_id, -person.client_id) AS client_id,
                       client.interpreter_language_id AS language_id
                  FROM integration_contact_person AS person
                  JOIN integration_client AS client ON client.id = person.client_id
                 WHERE client.interpreter_needed
            ), talk AS (
                SELECT id, company_id, date_trunc('month', date)::date AS month, is_talk,
                       COALESCE(interpreter_used, FALSE) AS used, no_interpreter_reason AS reason
                  FROM integration_contact
                 WHERE cancelled IS NOT TRUE
                   -- Late entries come in the first days, and by what changes each would tell
                   AND date < date_trunc(
                       'month', (NOW() AT TIME ZONE 'Europe/Berlin') - INTERVAL '14 days'
                   )
            ), told AS (
                SELECT talk.id, talk.company_id, talk.month, row.language_id, TRUE AS used,
                       need.client_id
                  FROM talk
                  JOIN integration_contact_interpreter AS row ON row.contact_id = talk.id
                  LEFT JOIN need ON need.contact_id = talk.id
                 UNION
                SELECT talk.id, talk.company_id, talk.month, need.language_id, talk.used,
                       need.client_id
                  FROM talk
                  JOIN need ON need.contact_id = talk.id
                 WHERE CASE WHEN talk.used THEN NOT EXISTS (
                           SELECT 1 FROM integration_contact_interpreter AS row
                            WHERE row.contact_id = talk.id
                       ) ELSE talk.is_talk
                          AND COALESCE(talk.reason, '') NOT IN ('shared', 'declined') END
            ), paid AS (
                SELECT talk.company_id, talk.month, row.language_id,
                       SUM(row.minutes) AS minutes, SUM(row.cost) AS cost
                  FROM talk
                  JOIN integration_contact_interpreter AS row ON row.contact_id = talk.id
                 WHERE row.kind <> 'relative'
                 GROUP BY 1, 2, 3
            ), office AS (
                SELECT mandate.company_id, county.company_id AS office_id
                  FROM integration_mandate AS mandate
                  JOIN integration_county AS county ON county.id = mandate.county_id
                 UNION
                SELECT id, id FROM res_company
            ), limits AS (
                SELECT office.company_id, MAX(company.integration_small_number) AS smallest
                  FROM office
                  JOIN res_company AS company ON company.id = office.office_id
                 GROUP BY office.company_id
            ), spoken AS (
                SELECT told.company_id, told.month, told.language_id,
                       COUNT(DISTINCT client_id) AS persons,
                       LEAST(COUNT(DISTINCT client_id) FILTER (WHERE used),
                             COUNT(DISTINCT id) FILTER (WHERE used)) AS least_used,
                       LEAST(COUNT(DISTINCT client_id) FILTER (WHERE NOT used),
                             COUNT(DISTINCT id) FILTER (WHERE NOT used)) AS least_gap
                  FROM told
                 GROUP BY 1, 2, 3
            ), placed AS (
                SELECT spoken.company_id, spoken.month, spoken.language_id, limits.smallest,
                       CASE WHEN persons >= smallest THEN language_id END AS paid_as,
                       CASE WHEN least_used >= smallest THEN language_id END AS used_as,
                       CASE WHEN least_gap >= smallest THEN language_id END AS gap_as
                  FROM spoken
                  JOIN limits ON limits.company_id = spoken.company_id
            ), money AS (
                SELECT paid.company_id, paid.month, placed.paid_as AS language_id,
                       SUM(paid.minutes) AS minutes, SUM(paid.cost) AS cost
                  FROM paid
                  JOIN placed USING (company_id, month, language_id)
                 GROUP BY 1, 2, 3
            ), used AS (
                SELECT told.company_id, told.month, placed.used_as AS language_id,
                       COUNT(DISTINCT told.id) AS count
                  FROM told
                  JOIN placed ON placed.company_id = told.company_id
                   AND placed.month = told.month
                   AND placed.language_id IS NOT DISTINCT FROM told.language_id
                 WHERE told.used
                 GROUP BY 1, 2, 3, placed.smallest
                HAVING LEAST(COUNT(DISTINCT told.client_id), COUNT(DISTINCT told.id))
                       >= placed.smallest
            ), gap AS (
                SELECT told.company_id, told.month, placed.gap_as AS language_id,
                       COUNT(DISTINCT told.id) AS count
                  FROM told
                  JOIN placed ON placed.company_id = told.company_id
                   AND placed.month = told.month
                   AND placed.language_id IS NOT DISTINCT FROM told.language_id
                 WHERE NOT told.used
                 GROUP BY 1, 2, 3, placed.smallest
                HAVING LEAST(COUNT(DISTINCT told.client_id), COUNT(DISTINCT told.id))
                       >= placed.smallest
            ), numbers AS (
                SELECT company_id, month, language_id, minutes, cost, 0 AS used, 0 AS gap
                  FROM money WHERE minutes > 0 OR cost > 0
                 UNION ALL
                SELECT company_id, month, language_id, 0, 0, count, 0 FROM used
                 UNION ALL
                SELECT company_id, month, language_id, 0, 0, 0, count FROM gap
            )
            SELECT (ROW_NUMBER() OVER (ORDER BY month, company_id, language_id))::integer AS id,
                   company_id, month, language_id,
                   SUM(minutes)::integer AS minutes, SUM(cost) AS cost,
                   SUM(used)::integer AS used_count, SUM(gap)::integer AS gap_count
              FROM numbers
             GROUP BY company_id, month, language_id
        """)
