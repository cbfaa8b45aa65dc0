from odoo.tools import SQL

# A word that stands nowhere by itself
PLANTED = "xqsplanted"


def found_anywhere(test):
    """Return each text column of the database in which the planted word still stands.

    :returns: {(table, column)}
    """
    test.env.flush_all()
    columns = test.env.execute_query(
        SQL(
            """SELECT c.table_name, c.column_name FROM information_schema.columns c
                 JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                  AND c.data_type IN ('character varying', 'text', 'json', 'jsonb', 'bytea')"""
        )
    )
    test.assertGreater(len(columns), 500)
    return {
        (table, column)
        for table, column in columns
        if test.env.execute_query(
            SQL(
                "SELECT 1 FROM %s WHERE %s::text ILIKE %s OR %s::text ILIKE %s LIMIT 1",
                SQL.identifier(table),
                SQL.identifier(column),
                f"%{PLANTED}%",
                SQL.identifier(column),
                # As bytea shows it, but for the first letter, which may be a capital one
                f"%{PLANTED[1:].encode().hex()}%",
            )
        )
    }
