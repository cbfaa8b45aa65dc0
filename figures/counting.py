"""Count the rows of a source by all breakdowns at once, in one query.

A source is first reduced to its cells (all dimensions together; rows of which something counts
once are left as they are, for hardly any comes twice in a month), these to the members (without
months), and every breakdown sums up the smaller set that serves it. So the number of queries
depends neither on workers nor on months, and the many rows are read once. (Grouping sets over the
rows themselves took four times as long: PostgreSQL sorts for each set as soon as the groups outgrow
its working memory.)
"""

from contextlib import contextmanager

from odoo.tools import SQL

from .breakdowns import BREAKDOWNS, MONTH, TOTAL

# What a query may sort and group in memory, for the few seconds in which figures are counted. The
# server's own 4 MB send the groups of a county's year to the disk, each of them several times.
WORK_MEM = "64MB"
# Columns of a source of which several measures count, see sources.PRESENT
IDENT_COLUMNS = ("client_id", "household_id")


@contextmanager
def room_to_count(env):
    """Let the queries within work in memory, and start at once.

    PostgreSQL compiles what it takes for expensive: that takes longer than to count a worker.
    """
    ((memory, compiles),) = env.execute_query(
        SQL("SELECT current_setting('work_mem'), current_setting('jit')")
    )
    _configure(env, WORK_MEM, "off")
    yield
    # Not after an error: the transaction is over, and its settings with it.
    _configure(env, memory, compiles)


def _configure(env, memory, compiles):
    env.execute_query(
        SQL(
            "SELECT set_config('work_mem', %s, TRUE), set_config('jit', %s, TRUE)", memory, compiles
        )
    )


def scope_clause(scope) -> SQL:
    """Restrict a source to a scope; the condition is pushed down into the source."""
    clauses = [SQL("company_id = ANY(%s)", list(scope.company_ids))]
    if scope.user_ids is not None:
        clauses.append(SQL("user_id = ANY(%s)", list(scope.user_ids)))
    if scope.municipality_ids is not None:
        clauses.append(SQL("municipality_id = ANY(%s)", list(scope.municipality_ids)))
    return SQL(" AND ").join(clauses)


def _column(breakdown) -> SQL:
    """Return what tells the members of a breakdown apart; everything is one member."""
    column = BREAKDOWNS[breakdown].column
    return SQL.identifier(column) if column else SQL("''")


def _columns(breakdowns, *first) -> SQL:
    """List the columns that the breakdowns need, after those of every row."""
    return SQL(", ").join([*first, *(_column(name) for name in breakdowns if name != TOTAL)])


def _union(template, breakdowns, **values) -> SQL:
    """Repeat a query for every breakdown, over the smallest set that serves it.

    A member that is unknown (nobody assigned) has the empty key.

    :param values: of the other places in the template
    """
    return SQL(" UNION ALL ").join(
        SQL(
            template,
            breakdown=name,
            key=_column(name),
            cells=SQL("cells" if name == MONTH else "members"),
            **values,
        )
        for name in breakdowns
    )


def rows_together(sources) -> SQL:
    """Return the rows of several sources as those of one; idents are of different types."""
    return SQL(" UNION ALL ").join(
        SQL(
            """SELECT measure, item, user_id, company_id, municipality_id, month
                 FROM (%s) rows""",
            source,
        )
        for source in sources
    )


def count_rows(source, scope, breakdowns) -> SQL:
    """Count rows. Result: measure, item, breakdown, key, number."""
    first = (SQL("measure"), SQL("item"))
    members = [name for name in breakdowns if name != MONTH]
    return SQL(
        """WITH cells AS MATERIALIZED (
               SELECT %(cells)s, count(*) AS number
                 FROM (%(source)s) source WHERE %(scope)s GROUP BY %(cells)s
           ), members AS MATERIALIZED (
               SELECT %(members)s, sum(number) AS number FROM cells GROUP BY %(members)s
           ) %(union)s""",
        cells=_columns(breakdowns, *first),
        members=_columns(members, *first),
        source=source,
        scope=scope_clause(scope),
        union=_union(
            """SELECT measure, item, %(breakdown)s, COALESCE(%(key)s::text, ''),
                      sum(number)::integer
                 FROM %(cells)s GROUP BY 1, 2, 4""",
            breakdowns,
        ),
    )


def count_distinct(idents, source, scope, breakdowns) -> SQL:
    """Count each ident once per column. Result: as ``count_rows``, without item.

    :param idents: (measure, ident, condition) of each measure that counts these rows, of the
        columns that the source has for them
    """
    columns = IDENT_COLUMNS if len(idents) > 1 or idents[0][1] != "ident" else ("ident",)
    columns = [SQL.identifier(column) for column in columns]
    members = [name for name in breakdowns if name != MONTH]
    return SQL(
        """WITH cells AS MATERIALIZED (
               SELECT %(cells)s FROM (%(source)s) source WHERE %(scope)s
           ), members AS MATERIALIZED (
               SELECT DISTINCT %(members)s FROM cells
           ) %(union)s""",
        cells=_columns(breakdowns, *columns),
        members=_columns(members, *columns),
        source=source,
        scope=scope_clause(scope),
        union=SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s, NULL, * FROM (%s) counted",
                measure,
                _union(
                    """SELECT %(breakdown)s, COALESCE(key::text, ''), count(*)
                         FROM (SELECT DISTINCT %(ident)s AS ident, %(key)s AS key FROM %(cells)s
                                WHERE %(condition)s) once GROUP BY key""",
                    breakdowns,
                    ident=SQL(ident),
                    condition=SQL(condition),
                ),
            )
            for measure, ident, condition in idents
        ),
    )
