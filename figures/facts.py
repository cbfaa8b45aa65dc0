"""The rows behind the cells of the official figures, by id alone.

Two things need them: anyone who may see files opens what is behind a cell, and a submitted
report can later say why a number would be another one today. Ids name no person; they are
read by the engine and never leave it but for records the reader may read anyway.
"""

from collections import defaultdict

from odoo.tools import SQL

from . import sources
from .breakdowns import EMPLOYER, MONTH, MUNICIPALITY, TOTAL, WORKER
from .counting import scope_clause
from .registry import RULES, UNITS
from .sources import Asked


def collect_facts(env, scope, period):
    """Return what is counted now: {(measure, monthly): [[month, item, worker,
    employer, municipality, idents]]}.

    The number of queries depends neither on workers nor on months.

    :param env: the engine's superuser environment; the scope was checked by the caller
    """
    sources.flush(env)
    facts = defaultdict(list)
    for query in _queries(scope, period):
        for measure, monthly, month, *group in env.execute_query(query):
            facts[measure, monthly].append([str(month), *group])
    return facts


def _queries(scope, period):
    """Yield the queries of all sources; months of some are no sum of the whole period."""
    asked, months = set(), period.months_begun()
    for rule in RULES.values():
        source = rule.facts or rule.source
        if source and source not in asked:
            asked.add(source)
            yield _packed(source, rule.key, Asked((period,), scope))
            if source.by_span and months:
                yield _packed(source, rule.key, Asked(months, scope), monthly=True)


def _packed(source, rule, asked, monthly=False) -> SQL:
    """Gather the idents of a source by its dimensions.

    :param rule: what a source that names no measure is counted for
    """
    return SQL(
        """SELECT %(measure)s, %(monthly)s, month, COALESCE(%(item)s, 0), COALESCE(user_id, 0),
                  company_id, COALESCE(municipality_id, 0), jsonb_agg(DISTINCT ident)
             FROM (%(source)s) source WHERE %(scope)s GROUP BY 1, 2, 3, 4, 5, 6, 7""",
        measure=SQL("%s::text", rule) if source.once else SQL("measure"),
        item=SQL("NULL::integer") if source.once else SQL("item"),
        monthly=monthly,
        source=source.rows(asked),
        scope=scope_clause(asked.scope),
    )


class Facts:
    """Which idents stand behind which cell.

    An ident is an id, or (plan, worker) where a plan counts once per worker, or (date, number)
    where heads are counted; a family is a household's id, or the negative id of a person without
    one.
    """

    def __init__(self, facts):
        """:param facts: of ``collect_facts``, also after JSON"""
        # {(rule, item): {(breakdown, key): {ident}}}
        self.cells = defaultdict(lambda: defaultdict(set))
        # {presence: (client, household)}, and the presences behind a person or family
        self.presences = {}
        self.present = defaultdict(set)
        # {(rule, ident): {worker}}
        self.workers = defaultdict(set)
        for (measure, monthly), groups in facts.items():
            for group in groups:
                self._add(measure, monthly, *group)

    def behind(self, rule, item, breakdown=TOTAL, key=""):
        """Return the idents behind one cell."""
        return self.cells[rule, item][breakdown, key]

    def record_counts(self):
        """Return {unit: number of records} behind all figures, each record once."""
        found = {unit.key: set() for unit in UNITS if unit.recorded}
        for (rule, _item), columns in self.cells.items():
            unit = RULES[rule].unit
            if unit.recorded:
                found[unit.key].update(map(record_id, set().union(*columns.values())))
        numbers = {unit: len(records) for unit, records in found.items()}
        return {**numbers, "presence": len(self.presences)}

    def _add(self, measure, monthly, month, item, user, company, place, idents):
        if measure == "presence":
            self._add_presences(idents, self._columns(month, user, company, place))
            return
        rule = RULES[measure]
        if rule.source.by_worker:
            idents = [(ident, user) for ident in idents]
        elif idents and isinstance(idents[0], list):
            # The first is the id of a record, the second a number within it
            idents = [tuple(ident) for ident in idents]
        for ident in idents:
            self.workers[measure, ident].add(user)
        columns = self._columns(month, user, company, place)
        if rule.source.by_span:
            columns = columns[-1:] if monthly else columns[:-1]
        for column in columns:
            self.cells[measure, item][column].update(idents)
            if rule.adds_to:
                self.cells[rule.adds_to, 0][column].update(idents)

    def _add_presences(self, idents, columns):
        for presence, client, household in idents:
            self.presences[presence] = (client, household)
            found = {"person": client, "family": household or -client}
            if not household:
                found["family_single"] = client
            for rule, ident in found.items():
                self.present[rule, ident].add(presence)
                for column in columns:
                    self.cells[rule, 0][column].add(ident)

    @staticmethod
    def _columns(month, user, company, place):
        """Return the (breakdown, key) that a group counts in, the month last."""
        return [
            (TOTAL, ""),
            (WORKER, str(user or "")),
            (EMPLOYER, str(company)),
            (MUNICIPALITY, str(place or "")),
            (MONTH, month),
        ]


def record_id(ident):
    """Return the id of the record that an ident stands for."""
    return ident[0] if isinstance(ident, tuple) else ident
