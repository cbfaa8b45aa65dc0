"""Fill the database: 40 employers with 6 workers each, cases spread evenly, a dozen talks per case.

Runs in Odoo's shell (``env``). People, employers and mandates through the ORM, the mass of rows
in SQL, with the columns the ORM would have written. Run again with BENCH_FIRST it adds cases to
those that are there, for the workers whose login BENCH_LOGINS describes.
"""

import os
from datetime import timedelta

from odoo.fields import Command

from odoo.addons.integration_management.tools import local_today

CASES = int(os.environ["BENCH_CASES"])
FIRST = int(os.environ.get("BENCH_FIRST", "1"))
LOGINS = os.environ.get("BENCH_LOGINS", r"^w\d+_\d+$")
EMPLOYERS, WORKERS = 40, 6
TALKS = int(os.environ.get("BENCH_TALKS", "12"))

today = local_today(env)


def organise():
    """Make employers, their mandates and their workers."""
    county = env["integration.county"].create({"name": "Bench County", "ags": "08998"})
    caseworker = env.ref("integration_management.group_caseworker")
    companies = env["res.company"].create(
        [{"name": f"Employer {i}", "integration_employer_type": "agency"} for i in range(EMPLOYERS)]
    )
    towns = env["integration.municipality"].create(
        [
            {"name": f"Town {i}", "ags": f"08998{i:03d}", "county_id": county.id}
            for i in range(EMPLOYERS)
        ]
    )
    env["integration.mandate"].create(
        [
            {
                "company_id": company.id,
                "municipality_id": town.id,
                "mode": "delegated",
                "date_start": today - timedelta(days=1500),
            }
            for company, town in zip(companies, towns, strict=True)
        ]
    )
    env["res.users"].with_context(no_reset_password=True, tracking_disable=True).create(
        [
            {
                "name": f"Worker {i}.{j}",
                "login": f"w{i}_{j}",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set((caseworker | env.ref("base.group_user")).ids)],
            }
            for i, company in enumerate(companies)
            for j in range(WORKERS)
        ]
    )
    env.flush_all()


if FIRST == 1:
    organise()
cr = env.cr
cr.execute(
    """
    CREATE TEMP TABLE w AS
    SELECT u.id AS user_id, u.company_id, m.id AS municipality_id, a.id AS mandate_id,
           row_number() OVER (ORDER BY u.id) - 1 AS n
      FROM res_users u
      JOIN integration_mandate a ON a.company_id = u.company_id
      JOIN integration_municipality m ON m.id = a.municipality_id
     WHERE u.login ~ %s
""",
    (LOGINS,),
)
cr.execute(
    """
    CREATE TEMP TABLE g AS
    SELECT i, (i / (SELECT count(*) FROM w))::int AS k, w.*,
           nextval('res_partner_id_seq') AS partner_id,
           nextval('integration_client_id_seq') AS client_id,
           nextval('integration_case_id_seq') AS case_id
      FROM generate_series(%s, %s) i JOIN w ON w.n = i %% (SELECT count(*) FROM w)
""",
    (FIRST, CASES),
)
cr.execute("""
    INSERT INTO res_partner (id, name, complete_name, company_id, active, is_integration_client,
                             type, partner_share, commercial_partner_id)
    SELECT partner_id, 'Person ' || md5(i::text), 'Person ' || md5(i::text), company_id, TRUE, TRUE,
           'contact', TRUE, partner_id
      FROM g
""")
cr.execute("""
    INSERT INTO integration_client (id, partner_id, company_id, file_number, gender, consent_state)
    SELECT client_id, partner_id, company_id, 'B-' || i, 'unknown', 'given' FROM g
""")
cr.execute(
    """
    INSERT INTO integration_case (id, client_id, file_number, episode, company_id, municipality_id,
        mandate_id, user_id, stage_id, state, date_start, date_opened, consent_state, has_plan,
        last_talk_date, next_contact_date, silence_state)
    SELECT case_id, client_id, 'B-' || i, 1, company_id, municipality_id, mandate_id, user_id,
           s.ids[1 + k %% cardinality(s.ids)], CASE WHEN k %% 5 = 0 THEN 'closed' ELSE 'open' END,
           %(today)s::date - 500, %(today)s::date - 500, 'given', k %% 2 = 0,
           %(today)s::date - k %% 40, %(today)s::date + 20 - k %% 40,
           CASE WHEN k %% 5 = 0 THEN NULL
                ELSE (ARRAY['on_time', 'due', 'silent'])[1 + k %% 3] END
      FROM g, (SELECT array_agg(id ORDER BY sequence) AS ids FROM integration_case_stage) s
""",
    {"today": today},
)
cr.execute("""
    INSERT INTO integration_case_access (case_id, client_id, partner_id, company_id, user_id, kind,
                                         date_from)
    SELECT case_id, client_id, partner_id, company_id, user_id, 'owner',
           now() AT TIME ZONE 'UTC' - interval '500 days' FROM g
""")
cr.execute(
    """
    INSERT INTO integration_case_assignment (case_id, company_id, user_id, municipality_id,
                                             date_from)
    SELECT case_id, company_id, user_id, municipality_id, %(today)s::date - 500 FROM g
""",
    {"today": today},
)
cr.execute(
    """
    INSERT INTO integration_contact (case_id, company_id, user_id, municipality_id, date, duration,
                                     channel_id, reached, is_talk)
    SELECT case_id, company_id, user_id, municipality_id, %(today)s::date - (t * 40 + k %% 40), 30,
           c.ids[1 + (i + t) %% cardinality(c.ids)], TRUE, TRUE
      FROM g, generate_series(0, %(talks)s - 1) t,
           (SELECT array_agg(id ORDER BY id) AS ids FROM integration_channel
             WHERE counts_as_talk AND consent_purpose IS NULL) c
""",
    {"today": today, "talks": TALKS},
)
cr.execute("""
    INSERT INTO integration_contact_person (contact_id, client_id, case_id, company_id,
        municipality_id, user_id, date, is_talk)
    SELECT c.id, g.client_id, c.case_id, c.company_id, c.municipality_id, c.user_id, c.date, TRUE
      FROM integration_contact c JOIN g ON g.case_id = c.case_id
""")
if FIRST == 1:
    # Talks with nobody known: one in twenty
    cr.execute(
        """
        INSERT INTO integration_contact (company_id, user_id, municipality_id, date, duration,
                                         channel_id, reached, is_talk, unnamed_count)
        SELECT company_id, user_id, municipality_id, %(today)s::date - t * %(days)s / %(each)s, 10,
               (SELECT min(id) FROM integration_channel WHERE counts_as_talk), TRUE, TRUE, 2
          FROM w, generate_series(0, %(each)s - 1) t
    """,
        {"today": today, "days": 40 * TALKS, "each": max(1, CASES // 400)},
    )
cr.commit()
cr.execute("ANALYZE")
cr.commit()
