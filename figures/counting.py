"""Count the rows of a source by all breakdowns at once.

The database reduces a source to its cells (all dimensions together), and these are summed up here:
by worker, employer, municipality and month, and in all. Where something counts once whatever the
number of its rows, the ids come along and are told apart here. So the number of queries depends
neither on workers nor on months, the many rows are read once, and no query is long: for one
worker PostgreSQL took longer to plan the breakdowns than to count them.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass

from odoo.tools import SQL

from .breakdowns import BREAKDOWNS, EMPLOYER, MONTH, MUNICIPALITY, WORKER
from .sources import Source

# For the few seconds in which figures are counted
SETTINGS = {
    # What a query may sort and group in memory. The server's own 4 MB send the groups of a county's
    # year to the disk, each of them several times.
    "work_mem": "64MB",
    # PostgreSQL compiles what it takes for expensive: that takes longer than to count a worker.
    "jit": "off",
    # Pages read here lie in memory. As from a disk, all cases would be read for one worker's.
    "random_page_cost": "1.1",
}
DIMENSIONS = SQL("user_id, company_id, municipality_id, month")
CELL = (WORKER, EMPLOYER, MUNICIPALITY, MONTH)
# Which breakdowns a cell serves: all, those of the whole period, or the months by themselves
EVERY, WHOLE, MONTHLY = "every", "whole", "monthly"
SPANS = {
    EVERY: tuple(BREAKDOWNS),
    WHOLE: tuple(name for name in BREAKDOWNS if name != MONTH),
    MONTHLY: (MONTH,),
}


@contextmanager
def room_to_count(env):
    """Let the queries within work in memory, and start at once (``SETTINGS``)."""
    before = _configure(env, SETTINGS)
    yield
    # Not after an error: the transaction is over, and its settings with it.
    _configure(env, before)


def _configure(env, settings):
    """Make settings for this transaction, and return what they were before."""
    names = list(settings)
    (row,) = env.execute_query(
        SQL(
            "WITH before AS MATERIALIZED (SELECT %s) SELECT before.*, %s FROM before",
            SQL(", ").join(SQL("current_setting(%s)", name) for name in names),
            SQL(", ").join(SQL("set_config(%s, %s, TRUE)", *pair) for pair in settings.items()),
        )
    )
    return dict(zip(names, row, strict=False))


def scope_clause(scope) -> SQL:
    """Restrict a source to a scope; the condition is pushed down into the source."""
    clauses = [SQL("company_id = ANY(%s)", list(scope.company_ids))]
    if scope.user_ids is not None:
        clauses.append(SQL("user_id = ANY(%s)", list(scope.user_ids)))
    if scope.municipality_ids is not None:
        clauses.append(SQL("municipality_id = ANY(%s)", list(scope.municipality_ids)))
    return SQL(" AND ").join(clauses)


@dataclass(frozen=True)
class Part:
    """Rows of a source that are counted: ``span`` says which breakdowns their cells serve."""

    source: Source
    rule: str
    rows: SQL
    span: str

    @property
    def has_idents(self):
        """Whether something counts once, whatever the number of its rows."""
        return self.source.once and not self.source.single

    @property
    def idents(self):
        """Return (rule, ident, condition) of each rule that counts the rows."""
        return self.source.idents or ((self.rule, "ident", "TRUE"),)

    @property
    def measured(self) -> SQL:
        """Return the rows, with measure and item even if the source names none."""
        if not self.source.single:
            return self.rows
        return SQL(
            "SELECT %s::text AS measure, NULL::integer AS item, rows.* FROM (%s) rows",
            self.rule,
            self.rows,
        )


def cells_of(parts, scope) -> SQL:
    """Return the query of how many rows there are in each cell.

    Result: measure, item, span, worker, employer, municipality, month, number.
    """
    # Compared byte by byte: to sort by words of a language takes longer than to count
    measure = SQL('measure COLLATE "C", item')
    return SQL(" UNION ALL ").join(
        _grouped(part, scope, measure, SQL("count(*)::integer"), SQL("%s, ", measure))
        for part in parts
    )


def labels_of(parts, scope) -> SQL:
    """Return the query of the labels in each cell, and which rows have them.

    Result: measure, span, worker, employer, municipality, month, labels, ids.
    """
    found = SQL("array_agg(item), array_agg(ident)")
    return SQL(" UNION ALL ").join(
        _grouped(part, scope, SQL("%s::text", part.rule), found) for part in parts
    )


def idents_of(parts, scope) -> SQL:
    """Return the query of what is to be counted once: its ids in each cell, some twice.

    Result: measures, span, worker, employer, municipality, month, ids of each measure.
    """
    most = max(len(part.idents) for part in parts)
    queries = []
    for part in parts:
        found = [
            SQL("array_agg((%s)::bigint) FILTER (WHERE %s)", SQL(ident), SQL(condition))
            for _rule, ident, condition in part.idents
        ]
        found += [SQL("NULL::bigint[]")] * (most - len(found))
        rules = [rule for rule, _ident, _condition in part.idents]
        queries.append(_grouped(part, scope, SQL("%s::text[]", rules), SQL(", ").join(found)))
    return SQL(" UNION ALL ").join(queries)


def _grouped(part, scope, measure, found, groups=None) -> SQL:
    """Return what is found in each cell of a part.

    :param groups: what tells cells apart before the dimensions
    """
    return SQL(
        """SELECT %(measure)s, %(span)s, %(dimensions)s, %(found)s
             FROM (%(rows)s) source WHERE %(scope)s GROUP BY %(groups)s%(dimensions)s""",
        measure=measure,
        span=part.span,
        dimensions=DIMENSIONS,
        found=found,
        rows=part.measured,
        scope=scope_clause(scope),
        groups=groups or SQL(),
    )


class Tally:
    """Sums up cells by the breakdowns.

    ``numbers`` is {(rule, item): {(breakdown, key): number}}.
    """

    def __init__(self, breakdowns):
        self.breakdowns = {
            span: tuple(name for name in names if name in breakdowns)
            for span, names in SPANS.items()
        }
        self.numbers = defaultdict(dict)
        self._columns = {}

    def add_cells(self, rows):
        """Add what ``cells_of`` found."""
        for measure, item, span, *cell, number in rows:
            numbers = self.numbers[measure, item or 0]
            for column in self._columns_of(span, *cell):
                numbers[column] = numbers.get(column, 0) + number

    def add_idents(self, rows):
        """Add what ``idents_of`` found, all rows of a measure at once."""
        found = defaultdict(lambda: defaultdict(set))
        for measures, span, *rest in rows:
            columns = self._columns_of(span, *rest[:4])
            for measure, idents in zip(measures, rest[4:], strict=False):
                for column in columns if idents else ():
                    found[measure][column].update(idents)
        for measure, columns in found.items():
            numbers = self.numbers[measure, 0]
            numbers.update((column, len(idents)) for column, idents in columns.items())

    def add_labels(self, rows):
        """Add what ``labels_of`` found, and without an item how many have any label."""
        found = defaultdict(list)
        for measure, span, *cell, labels, idents in rows:
            known = len(set(idents))
            for column in self._columns_of(span, *cell):
                found[measure, column] += labels
                numbers = self.numbers[measure, 0]
                numbers[column] = numbers.get(column, 0) + known
        for (measure, column), labels in found.items():
            for label, number in Counter(labels).items():
                self.numbers[measure, label][column] = number

    def _columns_of(self, span, *cell):
        """Return the (breakdown, key) of the columns that a cell counts in."""
        columns = self._columns.get((span, *cell))
        if columns is None:
            keys = dict(zip(CELL, cell, strict=True))
            columns = self._columns[(span, *cell)] = tuple(
                (name, str(keys.get(name) or "")) for name in self.breakdowns[span]
            )
        return columns
