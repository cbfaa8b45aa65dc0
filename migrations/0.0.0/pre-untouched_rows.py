"""Shipped rows of the lists follow a new version where no office has touched them.

Runs whenever the version moves. From the first installation on the rows belong to the county, so
an update skips them. A row that still says what an earlier version shipped, and was last written
by the installation itself, is offered to the update once more; the last data file gives it back.
"""

from odoo.tools.sql import SQL, column_exists, table_exists

# What earlier versions shipped: model, row, and the columns that have changed since
EARLIER = {
    "integration.indicator": {
        "indicator_talk_area": [
            {
                "definition": "Life areas that a talk was about. One talk may have several, so the "
                "sum exceeds the number of talks."
            },
            {
                "definition": "Life areas that a talk was about. One talk may have several, so the "
                "sum exceeds the number of talks. Counted are whole months that are over, "
                "without those of case workers who counselled fewer persons in them than "
                "may be printed."
            },
        ],
        "indicator_talk_topic": [
            {
                "definition": "Topics that came up in a talk. One talk may have several, so the "
                "sum exceeds the number of talks. Topics that never came up are left out."
            },
            {
                "definition": "Topics that came up in a talk. One talk may have several, so the "
                "sum exceeds the number of talks. Topics that never came up are left out. "
                "Counted are whole months that are over, without those of case workers "
                "who counselled fewer persons in them than may be printed."
            },
        ],
    }
}
# The language of the data files
SOURCE = "en_US"


def migrate(cr, version):
    """Let untouched rows be updated.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    for model, rows in EARLIER.items():
        table = model.replace(".", "_")
        for name, shipped in rows.items() if table_exists(cr, table) else ():
            for columns in shipped:
                _offer(cr, model, table, name, columns)


def _offer(cr, model, table, name, columns):
    """Offer one row to the update if it says what was shipped in all these columns."""
    if not all(column_exists(cr, table, column) for column in columns):
        return
    translated = {column for column in columns if _is_translated(cr, table, column)}
    same = [_says(column, value, column in translated) for column, value in columns.items()]
    cr.execute(
        SQL(
            """
        UPDATE ir_model_data known SET noupdate = false
          FROM %s shipped
         WHERE known.module = 'integration_management' AND known.model = %s AND known.name = %s
           AND known.res_id = shipped.id AND shipped.write_uid = 1 AND %s
     RETURNING shipped.id
        """,
            SQL.identifier(table),
            model,
            name,
            SQL(" AND ").join(same),
        )
    )
    offered = [row_id for (row_id,) in cr.fetchall()]
    # The other languages said the old thing too; the update fills in what it finds missing.
    for column in translated if offered else ():
        cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = jsonb_build_object(%(source)s, "
                "%(column)s -> %(source)s) WHERE id IN %(ids)s",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                source=SOURCE,
                ids=tuple(offered),
            )
        )


def _is_translated(cr, table, column):
    cr.execute(
        "SELECT 1 FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = %s AND column_name = %s "
        "AND data_type = 'jsonb'",
        [table, column],
    )
    return bool(cr.rowcount)


def _says(column, value, translated):
    """Return the condition that a column holds a value, which data files write as a text."""
    field = SQL.identifier("shipped", column)
    found = SQL("%s ->> %s", field, SOURCE) if translated else SQL("%s::text", field)
    return SQL("COALESCE(%s, '') = %s", found, value)
