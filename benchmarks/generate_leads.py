"""Fill Odoo's CRM as the cases are filled: as many leads of the same users, in the same shape.

One lead of each user and stage is made by the ORM; the others are copies of its row under names
of their own, so every stored column is as the ORM has it. Six messages for the six notes of a
case, an activity on a fifth. Runs after generate_work.py, in Odoo's shell (``env``).
"""

NOTES = 6

cr = env.cr
salesman = env.ref("sales_team.group_sale_salesman")
manager = env.ref("sales_team.group_sale_salesman_all_leads")
workers = env["res.users"].search([("login", "=like", "w%\\_%")])
workers.group_ids |= salesman
# One of them sees all leads of the employer, as her colleague sees all its cases.
heads = workers.filtered(lambda worker: worker.login.endswith("_0"))
heads.group_ids |= manager | env.ref("integration_management.group_lead")
stages = env["crm.stage"].search([])
tags = env["crm.tag"].create([{"name": f"Tag {n}"} for n in range(8)])
quiet = env["crm.lead"].with_context(
    mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True
)
models = quiet.create(
    [
        {
            "name": f"Lead of {worker.login}",
            "contact_name": "Contact",
            "partner_name": "Company",
            "email_from": "contact@example.com",
            "phone": "+49 711 12345",
            "type": "opportunity",
            "user_id": worker.id,
            "company_id": worker.company_id.id,
            "stage_id": stage.id,
            "expected_revenue": 1000,
            "tag_ids": tags[:2].ids,
        }
        for worker in workers
        for stage in stages
    ]
)
env.flush_all()

cr.execute(
    "SELECT array_agg(column_name::text) FROM information_schema.columns"
    " WHERE table_name = 'crm_lead' AND column_name NOT IN ('id', 'name', 'contact_name',"
    " 'partner_name', 'email_from', 'email_normalized')"
)
columns = ", ".join(f'lead."{name}"' for name in cr.fetchone()[0])
bare = columns.replace("lead.", "")
# As many of each worker as she has cases; closed ones count among the first stage's.
cr.execute(
    f"""
    INSERT INTO crm_lead (name, contact_name, partner_name, email_from, email_normalized, {bare})
    SELECT 'Lead ' || n.i, 'Contact ' || md5(n.i::text), 'Company ' || md5((n.i / 2)::text),
           'c' || n.i || '@example.com', 'c' || n.i || '@example.com', {columns}
      FROM (SELECT user_id, id AS i, row_number() OVER (PARTITION BY user_id ORDER BY id) AS k
              FROM integration_case WHERE state = 'open') n
      JOIN crm_lead lead ON lead.user_id = n.user_id AND lead.id = ANY(%s)
       AND lead.stage_id = (%s::int[])[1 + n.k %% %s]
    """,
    (models.ids, stages.ids, len(stages)),
)
models.unlink()
env.flush_all()
cr.execute(
    "INSERT INTO crm_tag_rel (lead_id, tag_id)"
    " SELECT lead.id, tag.id FROM crm_lead lead, unnest(%s) AS tag (id)"
    " WHERE tag.id %% 3 = lead.id %% 3",
    (tags.ids,),
)
note = env.ref("mail.mt_note").id
cr.execute(
    """
    INSERT INTO mail_message (model, res_id, body, message_type, subtype_id, author_id, date,
                              create_uid, create_date, is_internal)
    SELECT 'crm.lead', lead.id, '<p>' || repeat('What was talked about, in some words. ', 4) ||
           '</p>', 'comment', %s, users.partner_id, now() AT TIME ZONE 'UTC', lead.user_id,
           now() AT TIME ZONE 'UTC', TRUE
      FROM crm_lead lead JOIN res_users users ON users.id = lead.user_id,
           generate_series(1, %s) n
    """,
    (note, NOTES),
)
cr.execute(
    """
    INSERT INTO mail_activity (res_model_id, res_model, res_id, res_name, activity_type_id, user_id,
                               date_deadline, summary, active, automated, create_uid, create_date)
    SELECT model.id, model.model, lead.id, lead.name, kind.id, lead.user_id,
           CURRENT_DATE + (lead.id % 20)::int - 10, 'Call back', TRUE, FALSE, lead.user_id,
           now() AT TIME ZONE 'UTC'
      FROM crm_lead lead, ir_model model,
           (SELECT min(id) AS id FROM mail_activity_type WHERE res_model IS NULL) kind
     WHERE model.model = 'crm.lead' AND lead.id % 5 = 0
    """
)
cr.commit()
cr.execute("ANALYZE")
cr.commit()
cr.execute("SELECT count(*) FROM crm_lead")
leads = cr.fetchone()[0]
cr.execute("SELECT count(*) FROM integration_case WHERE state = 'open'")
print(f"{leads} leads beside {cr.fetchone()[0]} open cases")
