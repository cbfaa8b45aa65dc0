"""Health topics, the area and the messenger ask for their consent in older databases as well.

The column came within 19.0.1.0.0 and shipped rows had been left to the county before: an update
brought the column, but no purpose, and the gate for health (Art. 9 GDPR) stayed open.
"""

from odoo.tools.sql import SQL, column_exists, table_exists

# (table, purpose, the shipped rows that ask for it)
PURPOSES = (
    ("integration_area", "health", ("area_health",)),
    (
        "integration_topic",
        "health",
        (
            "topic_sick_note",
            "topic_health_system",
            "topic_doctor",
            "topic_health_insurance",
            "topic_pregnancy",
            "topic_mental_strain",
            "topic_disability_care",
            "topic_child_health",
        ),
    ),
    ("integration_channel", "messenger", ("channel_messenger",)),
)


def migrate(cr, version):
    """Fill the purposes of shipped rows.

    A database without any purpose is older than the column: no office can have taken one away,
    and every shipped row gets its own, also one that was renamed. Else a row that a person has
    written last stays as it is.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version or not table_exists(cr, "integration_topic"):
        return
    older = not any(_has_purposes(cr, table) for table, _purpose, _names in PURPOSES)
    for table, purpose, names in PURPOSES:
        if not column_exists(cr, table, "consent_purpose"):
            cr.execute(
                SQL("ALTER TABLE %s ADD COLUMN consent_purpose varchar", SQL.identifier(table))
            )
        cr.execute(
            SQL(
                """
            UPDATE %(table)s shipped SET consent_purpose = %(purpose)s
              FROM ir_model_data known
             WHERE known.module = 'integration_management'
               AND known.model = %(model)s AND known.name IN %(names)s
               AND known.res_id = shipped.id AND shipped.consent_purpose IS NULL
               AND (%(older)s OR shipped.write_uid = 1)
            """,
                table=SQL.identifier(table),
                purpose=purpose,
                model=table.replace("_", "."),
                names=names,
                older=older,
            )
        )
    if older:
        # What the office added to the area of health asks for what the area asks for
        cr.execute(
            """
            UPDATE integration_topic topic SET consent_purpose = area.consent_purpose
              FROM integration_area area
             WHERE area.id = topic.area_id AND topic.consent_purpose IS NULL
               AND area.consent_purpose IS NOT NULL
            """
        )


def _has_purposes(cr, table):
    if not column_exists(cr, table, "consent_purpose"):
        return False
    cr.execute(
        SQL("SELECT 1 FROM %s WHERE consent_purpose IS NOT NULL LIMIT 1", SQL.identifier(table))
    )
    return bool(cr.rowcount)
