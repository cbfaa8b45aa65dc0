"""Count the rows of a source by all breakdowns at once, in one query.

Grouping sets give the total and every breakdown from a single pass, so the number of
queries depends neither on workers nor on months.
"""

from odoo.tools import SQL

from .figures_matrix import EMPLOYER, MONTH, MUNICIPALITY, TOTAL, WORKER

DIMENSIONS = {
    WORKER: SQL("user_id"),
    EMPLOYER: SQL("company_id"),
    MUNICIPALITY: SQL("municipality_id"),
    MONTH: SQL("month"),
}


def _scope_clause(scope) -> SQL:
    """Restrict a source to a scope; the condition is pushed down into the source."""
    clauses = [SQL("company_id = ANY(%s)", list(scope.company_ids))]
    if scope.user_ids is not None:
        clauses.append(SQL("user_id = ANY(%s)", list(scope.user_ids)))
    if scope.municipality_ids is not None:
        clauses.append(SQL("municipality_id = ANY(%s)", list(scope.municipality_ids)))
    return SQL(" AND ").join(clauses)


def _grouping(breakdowns, *keep):
    """Return (select, group by) for grouping sets that each keep the ``keep`` columns.

    ``breakdown`` tells which set a row comes from and ``key`` its member, as text;
    a member that is unknown (nobody assigned) has the empty key.
    """
    dimensions = [name for name in breakdowns if name != TOTAL]
    sets, whens, keys = [], [SQL("WHEN FALSE THEN ''")], [SQL("''")]
    if TOTAL in breakdowns:
        sets.append(SQL("(%s)", SQL(", ").join(keep)))
    for name in dimensions:
        column = DIMENSIONS[name]
        sets.append(SQL("(%s)", SQL(", ").join([*keep, column])))
        whens.append(SQL("WHEN GROUPING(%s) = 0 THEN %s", column, name))
        keys.insert(-1, SQL("%s::text", column))
    select = SQL(
        "CASE %s ELSE %s END AS breakdown, COALESCE(%s) AS key",
        SQL(" ").join(whens),
        TOTAL,
        SQL(", ").join(keys),
    )
    return select, SQL("GROUPING SETS (%s)", SQL(", ").join(sets))


def count_rows(source, scope, breakdowns) -> SQL:
    """Count rows. Result: measure, item, breakdown, key, number."""
    select, sets = _grouping(breakdowns, SQL("measure"), SQL("item"))
    return SQL(
        "SELECT measure, item, %s, count(*) FROM (%s) source WHERE %s GROUP BY %s",
        select,
        source,
        _scope_clause(scope),
        sets,
    )


def count_distinct(source, scope, breakdowns) -> SQL:
    """Count each ``ident`` once per cell. Result: measure, NULL, breakdown, key, number."""
    select, sets = _grouping(breakdowns, SQL("measure"), SQL("ident"))
    return SQL(
        """SELECT measure, NULL, breakdown, key, count(*)
             FROM (SELECT measure, %s FROM (%s) source WHERE %s GROUP BY %s) once
            GROUP BY measure, breakdown, key""",
        select,
        source,
        _scope_clause(scope),
        sets,
    )
