"""Who may log in to the demo: read from the database, so that the list is never out of date."""

from .. import paths

QUERY = """
    SELECT u.login, p.name, string_agg(DISTINCT coalesce(g.name->>'de_DE', g.name->>'en_US'), ', '),
           c.name
      FROM ir_model_data d
      JOIN res_users u ON u.id = d.res_id AND u.active
      JOIN res_partner p ON p.id = u.partner_id
      JOIN res_company c ON c.id = u.company_id
 LEFT JOIN res_groups_users_rel r ON r.uid = u.id
 LEFT JOIN ir_model_data gd
        ON gd.res_id = r.gid AND gd.model = 'res.groups' AND gd.module = %(module)s
 LEFT JOIN res_groups g ON g.id = gd.res_id
     WHERE d.module = %(module)s AND d.model = 'res.users'
  GROUP BY u.id, u.login, p.name, c.name
  ORDER BY u.id
"""


def read(server, database):
    """Return (login, name, roles, employer) of the module's demo users."""
    return server.query(QUERY, {"module": paths.MODULE}, database=database)


def table(people):
    """Return the people as lines with aligned columns."""
    rows = [[cell or "" for cell in row] for row in people]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
