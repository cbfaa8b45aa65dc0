"""The engine of the official figures (VwV no. 6.2: per worker, any period).

``figures_matrix(env, indicators, scope, period, breakdowns)`` is the only way to the
numbers. It counts past the record rules, hence first of all checks that the roles of
the user cover the scope (scope.py).
"""

from collections import defaultdict

from . import sources
from .breakdowns import BREAKDOWNS, MONTH, TOTAL
from .counting import count_distinct, count_rows
from .labels import FigureLabels
from .matrix import Matrix
from .scope import check_scope

EVENTS = {"plan_new", "case_opened", "case_closed", "case_handover"}
PERSONS = ("person", "family", "family_single")


def figures_matrix(env, indicators, scope, period, breakdowns=BREAKDOWNS) -> Matrix:
    """Return the matrix of the indicators over a permitted scope.

    :raise AccessError: if the user's roles do not cover the scope
    """
    check_scope(env, scope)
    # sudo: counts over files that the reader may not open, numbers only
    env = env(su=True)
    for model, names in sources.READS.items():
        env[model].flush_model(names)
    rules = set(indicators.mapped("rule"))
    cells = _cells(env, rules, scope, period, breakdowns)
    return _assemble(env, indicators.sudo(), scope, period, breakdowns, cells)


def _cells(env, rules, scope, period, breakdowns):
    """Return {(rule, item): {(breakdown, key): number}} from at most eleven queries."""
    cells = defaultdict(dict)
    for query in _queries(rules, scope, period, [TOTAL, *set(breakdowns) - {TOTAL}]):
        for rule, item, breakdown, key, number in env.execute_query(query):
            cells[rule, item or 0][breakdown, key] = number
            if rule == "talk_channel":
                talks = cells["talk", 0]
                talks[breakdown, key] = talks.get((breakdown, key), 0) + number
    return cells


def _queries(rules, scope, period, breakdowns):
    """Yield the queries that the rules need."""
    if rules & {"talk", "talk_unnamed", "talk_channel"}:
        yield count_rows(sources.talks(period), scope, breakdowns)
    for label in ("area", "topic"):
        if f"talk_{label}" in rules:
            source = sources.talk_labels(
                period, scope, f"talk_{label}", f"integration_contact_{label}_rel",
                f"{label}_id",
            )
            yield count_rows(source, scope, breakdowns)
    for rule in PERSONS:
        if rule in rules:
            yield count_distinct(rule, sources.persons(period, rule), scope, breakdowns)
    if rules & EVENTS:
        yield count_rows(sources.events(period), scope, breakdowns)
    # "Before the period" and "on its last day" mean something else for a month than
    # for the whole period: a month's column shows what a report over it would show.
    whole = [name for name in breakdowns if name != MONTH]
    months = [month for month in period.months() if month.date_from <= period.today]
    by_month = MONTH in breakdowns and months
    if "plan_continued" in rules:
        rule, source = "plan_continued", sources.plans_continued
        yield count_distinct(rule, source([period]), scope, whole)
        if by_month:
            yield count_distinct(rule, source(months), scope, [MONTH])
    if "plan_active" in rules:
        rule, source = "plan_active", sources.plans_active
        yield count_distinct(rule, source([period], scope), scope, whole)
        if by_month:
            whose = scope.user_ids is not None or scope.municipality_ids is not None
            yield count_distinct(rule, source(months, scope, whose), scope, [MONTH])


def _assemble(env, indicators, scope, period, breakdowns, cells):
    """Put names to the numbers."""
    labels = FigureLabels(env, scope, period)
    seen = defaultdict(set)
    for numbers in cells.values():
        for breakdown, key in numbers:
            seen[breakdown].add(key)
    rows, by_row = [], {}
    for indicator, texts in labels.indicators(indicators):
        rows.append(labels.row(indicator, texts))
        by_row[indicator.code, 0] = cells.get((indicator.rule, 0), {})
        used = [item for rule, item in cells if rule == indicator.rule and item]
        for item, item_texts in labels.items(indicator.rule, used):
            rows.append(labels.row(indicator, item_texts, item))
            by_row[indicator.code, item] = cells.get((indicator.rule, item), {})
    columns = {
        breakdown: labels.columns(breakdown, seen[breakdown])
        for breakdown in breakdowns
        if breakdown != TOTAL
    }
    return Matrix(rows, columns, by_row)
