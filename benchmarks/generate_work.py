"""Give the generated cases what daily work leaves behind, and check the columns on a sample.

Topics and areas of talks, a note to every second one, consents, households, plans with goals and
steps, an activity on a fifth of the cases. Runs after generate.py, in Odoo's shell (``env``); the
mass of rows in SQL, with the columns the ORM would have written, which a sample proves. Run again
it goes on with the cases that were added since.
"""

import random
from collections import Counter

from odoo.addons.integration_management.tools import local_today

SAMPLE = 60
SILENCE = ("last_talk_date", "next_contact_date", "silence_state")
# Stored columns that the ORM computes and this script writes itself
COMPUTED = {
    "integration.case": ("has_plan", "date_next_review", "household_id", "consent_state"),
    "integration.client": ("household_id", "consent_state"),
    "integration.contact": ("is_talk", "area_ids"),
    "integration.contact.person": ("date", "is_talk", "user_id", "municipality_id", "company_id"),
    "integration.plan.step": ("company_id", "case_id", "plan_id"),
}

cr = env.cr
today = local_today(env)
topics = (
    env["integration.topic"]
    .search([])
    .filtered(lambda topic: not (topic.consent_purpose or topic.area_id.consent_purpose))
)
areas = env["integration.area"].search([("consent_purpose", "=", False)])
values = {"today": today, "topics": topics.ids, "areas": areas.ids}


def sql(query):
    cr.execute(query, values)


sql("""
    CREATE TEMP TABLE fresh AS
    SELECT own.* FROM integration_case own
     WHERE NOT EXISTS (SELECT FROM integration_consent c WHERE c.client_id = own.client_id)
""")
sql("""
    CREATE TEMP TABLE talk AS
    SELECT c.* FROM integration_contact c JOIN fresh ON fresh.id = c.case_id
""")
sql("ANALYZE fresh, talk")
sql("""
    INSERT INTO integration_contact_topic_rel (contact_id, topic_id)
    SELECT c.id, t.id FROM talk c
      JOIN unnest(%(topics)s) WITH ORDINALITY t (id, n)
        ON t.n - 1 = c.id %% cardinality(%(topics)s) OR (c.id %% 3 = 0 AND t.n - 1 = c.id %% 7)
""")
sql("""
    INSERT INTO integration_contact_area_rel (contact_id, area_id)
    SELECT DISTINCT r.contact_id, topic.area_id
      FROM integration_contact_topic_rel r JOIN integration_topic topic ON topic.id = r.topic_id
      JOIN talk ON talk.id = r.contact_id
""")
sql("""
    INSERT INTO integration_note (case_id, contact_id, company_id, user_id, confidentiality, date,
                                  body, create_uid, create_date)
    SELECT case_id, id, company_id, user_id, 'file', date,
           repeat('What was talked about, in some words. ', 4), user_id, now() AT TIME ZONE 'UTC'
      FROM talk WHERE id %% 2 = 0
""")
sql("""
    INSERT INTO integration_consent (client_id, company_id, purpose, decision, form, date, user_id,
                                     create_date)
    SELECT client_id, company_id, purpose, 'given', 'written', date_opened, user_id,
           now() AT TIME ZONE 'UTC'
      FROM fresh, unnest(ARRAY['file', 'team']) purpose
""")
sql("""
    WITH made AS (
        INSERT INTO integration_household (company_id, name)
        SELECT company_id, 'H-' || id FROM fresh RETURNING id, company_id, name
    )
    INSERT INTO integration_household_member (client_id, company_id, household_id, role, date_from)
    SELECT own.client_id, made.company_id, made.id, 'adult', own.date_start
      FROM made JOIN fresh own ON own.id = substr(made.name, 3)::int
""")
sql("""
    UPDATE integration_client SET household_id = member.household_id
      FROM integration_household_member member, fresh
     WHERE member.client_id = integration_client.id AND fresh.client_id = member.client_id
""")
sql("""
    UPDATE integration_case SET household_id = client.household_id
      FROM integration_client client, fresh
     WHERE client.id = integration_case.client_id AND fresh.id = integration_case.id
""")
sql("""
    UPDATE integration_contact_person SET household_id = own.household_id
      FROM integration_case own, fresh
     WHERE own.id = integration_contact_person.case_id AND fresh.id = own.id
""")
sql("""
    INSERT INTO integration_plan (id, origin_id, case_id, client_id, company_id, municipality_id,
                                  user_id, version, state, date_agreed, date_next_review)
    SELECT plan_id, plan_id, id, client_id, company_id, municipality_id, user_id, 1, 'agreed',
           %(today)s::date - (id %% 400)::int, %(today)s::date + 30
      FROM (SELECT nextval('integration_plan_id_seq') AS plan_id, * FROM fresh WHERE has_plan) own
""")
sql("""
    INSERT INTO integration_plan_line (plan_id, case_id, company_id, sequence, area_id, state, name)
    SELECT plan.id, plan.case_id, plan.company_id, n, (%(areas)s)[1 + (plan.id + n) %% 3], 'open',
           'Goal ' || n
      FROM integration_plan plan JOIN fresh ON fresh.id = plan.case_id, generate_series(1, 3) n
""")
sql("""
    INSERT INTO integration_plan_step (line_id, plan_id, case_id, company_id, sequence, area_id,
                                       name, owner, state, date_due)
    SELECT line.id, line.plan_id, line.case_id, line.company_id, n, line.area_id, 'Step ' || n,
           CASE n WHEN 1 THEN 'client' ELSE 'worker' END, CASE n WHEN 1 THEN 'done' ELSE 'open' END,
           %(today)s::date + (line.id %% 60)::int
      FROM integration_plan_line line JOIN fresh ON fresh.id = line.case_id,
           generate_series(1, 2) n
""")
sql("""
    INSERT INTO mail_activity (res_model_id, res_model, res_id, res_name, activity_type_id, user_id,
                               date_deadline, summary, active, automated, create_uid, create_date)
    SELECT model.id, model.model, own.id, own.file_number, kind.id, own.user_id,
           %(today)s::date + (own.id %% 20)::int - 10, 'Call back', TRUE, FALSE, own.user_id,
           now() AT TIME ZONE 'UTC'
      FROM fresh own, ir_model model,
           (SELECT min(id) AS id FROM mail_activity_type WHERE res_model IS NULL) kind
     WHERE model.model = 'integration.case' AND own.id %% 5 = 0 AND own.state = 'open'
""")
cr.execute("SELECT id FROM fresh")
fresh = [id_ for (id_,) in cr.fetchall()]
cr.commit()
cr.execute("ANALYZE")
cr.commit()
env.invalidate_all()

# Silence follows from phase, pauses and talks: not worth saying twice
cases = env["integration.case"].browse(fresh)
for name in SILENCE:
    env.add_to_compute(cases._fields[name], cases)
cases.flush_recordset()
cr.commit()

random.seed(14)
wrong = []
for model, names in COMPUTED.items():
    ids = env[model].search([]).ids
    records = env[model].browse(random.sample(ids, min(SAMPLE, len(ids))))
    for name in names:
        field = records._fields[name]
        stored = {record: record[name] for record in records}
        if field.compute:
            env.add_to_compute(field, records)
        wrong += [(model, name, record.id) for record in records if record[name] != stored[record]]
cr.rollback()
if wrong:
    columns = Counter((model, name) for model, name, _id in wrong)
    raise SystemExit(f"Not what the ORM would have stored: {columns}, e.g. {wrong[:3]}")
print(f"columns as the ORM stores them, on samples of {SAMPLE}")
