"""The rows behind the cells of the official figures, by id alone.

Two things need them: whoever may see files opens what is behind a cell, and a submitted
report can later say why a number would be another one today. Ids name nobody; they are
read by the engine and never leave it but for records the reader may read anyway.
"""

from collections import defaultdict

from odoo.tools import SQL

from . import sources
from .breakdowns import EMPLOYER, MONTH, MUNICIPALITY, TOTAL, WORKER
from .counting import scope_clause

# Months of these are counted anew: no sum of what the whole period holds.
BY_SPAN = ("plan_continued", "plan_active")
PERSONS = ("person", "family", "family_single")


def collect_facts(env, scope, period):
    """Return what is counted now: {(measure, monthly): [[month, item, worker,
    employer, municipality, idents]]}.

    The number of queries depends neither on workers nor on months.

    :param env: the engine's superuser environment; the scope was checked by the caller
    """
    for model, names in sources.READS.items():
        env[model].flush_model(names)
    months = [month for month in period.months() if month.date_from <= period.today]
    queries = [
        _packed(sources.talks(period), scope),
        _packed(sources.presences(period), scope),
        _packed(sources.events(period), scope),
    ]
    for label in ("area", "topic"):
        queries.append(_packed(sources.talk_labels(
            period, scope, f"talk_{label}", f"integration_contact_{label}_rel", f"{label}_id"
        ), scope))
    for spans, monthly in (([period], False), (months, True)):
        if spans:
            continued, active = sources.plans_continued(spans), sources.plans_active(spans, scope)
            queries.append(_packed(continued, scope, "plan_continued", monthly))
            queries.append(_packed(active, scope, "plan_active", monthly))
    facts = defaultdict(list)
    for query in queries:
        for measure, monthly, month, *group in env.execute_query(query):
            facts[measure, monthly].append([str(month), *group])
    return facts


def _packed(source, scope, measure=None, monthly=False) -> SQL:
    """Gather the idents of a source by its dimensions."""
    return SQL(
        """SELECT %(measure)s, %(monthly)s, month, COALESCE(%(item)s, 0), COALESCE(user_id, 0),
                  company_id, COALESCE(municipality_id, 0), jsonb_agg(DISTINCT %(ident)s)
             FROM (%(source)s) source WHERE %(scope)s GROUP BY 1, 2, 3, 4, 5, 6, 7""",
        measure=SQL("%s::text", measure) if measure else SQL("measure"),
        item=SQL("NULL::integer") if measure else SQL("item"),
        # "12-7" is plan 12 continued by worker 7, who is a dimension anyway
        ident=SQL("split_part(ident, '-', 1)::integer") if measure == "plan_continued"
        else SQL("ident"),
        monthly=monthly,
        source=source,
        scope=scope_clause(scope),
    )


class Facts:
    """Which idents stand behind which cell.

    An ident is an id, or (plan, worker) where a plan counts once per worker; a family is a
    household's id, or the negative id of a person without one.
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
        """Return {kind: number of records} behind all figures, each record once."""
        found = defaultdict(set)
        for (rule, _item), columns in self.cells.items():
            kind = rule.split("_")[0]
            if kind in ("talk", "plan", "case"):
                for ident in set().union(*columns.values()):
                    found[kind].add(ident[0] if isinstance(ident, tuple) else ident)
        numbers = {kind: len(found[kind]) for kind in ("talk", "plan", "case")}
        return {**numbers, "presence": len(self.presences)}

    def _add(self, measure, monthly, month, item, user, company, place, idents):
        columns = self._columns(measure, monthly, month, user, company, place)
        if measure == "presence":
            self._add_presences(idents, columns)
            return
        if measure == "plan_continued":
            idents = [(ident, user) for ident in idents]
        for ident in idents:
            self.workers[measure, ident].add(user)
        for column in columns:
            self.cells[measure, item][column].update(idents)
            if measure == "talk_channel":
                self.cells["talk", 0][column].update(idents)

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
    def _columns(measure, monthly, month, user, company, place):
        """Return the (breakdown, key) that a group counts in."""
        columns = [
            (TOTAL, ""),
            (WORKER, str(user or "")),
            (EMPLOYER, str(company)),
            (MUNICIPALITY, str(place or "")),
        ]
        if monthly:
            return [(MONTH, month)]
        return columns if measure in BY_SPAN else [*columns, (MONTH, month)]
