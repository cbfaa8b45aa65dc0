"""The engine of the official figures (VwV no. 6.2: per worker, any period).

``figures_matrix(env, indicators, scope, period, breakdowns)`` is the only way to the
numbers. It counts past the record rules, hence first of all checks that the roles of
the user cover the scope (scope.py).
"""

from collections import defaultdict

from odoo.tools import SQL

from . import sources
from .breakdowns import BREAKDOWNS, MONTH, TOTAL
from .counting import count_distinct, count_rows, room_to_count, rows_together
from .labels import FigureLabels
from .matrix import Column, Matrix
from .protection.answers import Answers
from .protection.contents import Contents
from .registry import RULES
from .scope import check_scope
from .sources import Asked


def figures_matrix(env, indicators, scope, period, breakdowns=BREAKDOWNS) -> Matrix:
    """Return the matrix of the indicators over a permitted scope.

    :raise AccessError: if the user's roles do not cover the scope
    """
    check_scope(env, scope)
    # sudo: counts over files that the reader may not open, numbers only
    env = env(su=True)
    sources.flush(env)
    rules = set(indicators.mapped("rule"))
    late = False
    with room_to_count(env):
        cells = _count(env, rules, scope, period, breakdowns)
        labels = FigureLabels(env, scope, period)
        columns = _columns(labels, breakdowns, cells)
        if any(RULES[rule].content for rule in rules):
            contents = Contents(env, scope, period)
            late |= _hide(cells, contents, columns)
            contents.store()
    if any(RULES[rule].answer for rule in rules):
        answers = Answers(env, scope, period)
        late |= _hide_answers(cells, answers, columns)
        answers.store()
    return _assemble(labels, indicators.with_env(env), columns, cells, late)


# ------------------------------------------------------------
# Numbers
# ------------------------------------------------------------
def _count(env, rules, scope, period, breakdowns):
    """Return {(rule, item): {(breakdown, key): number}} from at most twelve queries."""
    cells = defaultdict(dict)
    for query in _queries(rules, scope, period, [TOTAL, *set(breakdowns) - {TOTAL}]):
        for rule, item, breakdown, key, number in env.execute_query(query):
            column = (breakdown, key)
            cells[rule, item or 0][column] = number
            if RULES[rule].adds_to:
                whole = cells[RULES[rule].adds_to, 0]
                whole[column] = whole.get(column, 0) + number
    return cells


def _queries(rules, scope, period, breakdowns):
    """Yield the queries that the rules need.

    What happens in few rows is counted by one of them, whatever the number of sources.
    """
    by_source, happened = defaultdict(list), []
    for key, rule in RULES.items():
        if key in rules and rule.source:
            by_source[rule.source].append(rule)
    for source, (rule, *others) in by_source.items():
        if source.alone:
            rows = source.rows(Asked((period,), scope))
            yield count_rows(rows, scope, breakdowns)
        elif not (source.once or source.by_span):
            happened.append(source.rows(Asked((period,), scope)))
        elif source.by_span:
            yield from _queries_by_span(rule, scope, period, breakdowns)
        else:
            yield _query(rule, Asked((period,), scope), breakdowns, others)
    if happened:
        yield count_rows(rows_together(happened), scope, breakdowns)


def _queries_by_span(rule, scope, period, breakdowns):
    """Yield the query of the whole period, and the one that counts each month by itself."""
    whole = [name for name in breakdowns if name != MONTH]
    yield _query(rule, Asked((period,), scope), whole)
    months = period.months_begun()
    if MONTH in breakdowns and months:
        whose = scope.user_ids is not None or scope.municipality_ids is not None
        yield _query(rule, Asked(months, scope, whose), [MONTH])


def _query(rule, asked, breakdowns, others=()):
    """Return the query that counts the source of a rule, and for ``others`` that have the same."""
    source = rule.source
    rows = source.rows(asked)
    if source.single:
        rows = SQL(
            "SELECT %s::text AS measure, NULL::integer AS item, rows.* FROM (%s) rows",
            rule.key,
            rows,
        )
        return count_rows(rows, asked.scope, breakdowns)
    keys = {rule.key, *(other.key for other in others)}
    idents = [entry for entry in source.idents if entry[0] in keys]
    idents = idents or [(rule.key, "ident", "TRUE")]
    return count_distinct(idents, rows, asked.scope, breakdowns)


def _hide(cells, contents, columns):
    """Take out of the counts what talks were about where it is not told.

    What nobody may know came up is no row either, so a row is left only if some column tells it.
    Of the rule itself stands of how many talks any is known, None where that is hidden.
    Return whether something came too late for what was printed before.
    """
    told, late = _told(contents, columns), False
    for column in filter(told.get, told):
        late |= contents.is_late(*column)
        for counted, number in contents.changes(*column).items():
            numbers = cells[counted]
            numbers[column] = numbers.get(column, 0) + number
            if not numbers[column]:
                del numbers[column]
    for rule, item in list(cells):
        if RULES[rule].content:
            numbers = {column: n for column, n in cells[rule, item].items() if told.get(column)}
            cells[rule, item] = numbers
            if item and not numbers:
                del cells[rule, item]
    for rule in RULES.values():
        if rule.content:
            known = cells[rule.key, 0]
            cells[rule.key, 0] = {c: known.get(c, 0) if told[c] else None for c in told}
    return late


def _hide_answers(cells, answers, columns):
    """Take out of the counts what arrivals answered where it is about too few of them.

    Return whether something came too late for what was printed before.
    """
    told, late = _told(answers, columns), False
    for column in filter(told.get, told):
        late |= bool(answers.changes(*column))
        for rule, number in answers.changes(*column).items():
            cells[rule, 0][column] = cells[rule, 0].get(column, 0) + number
    hidden = {column: None for column in told if not told[column]}
    for rule in RULES.values():
        if rule.answer:
            cells[rule.key, 0].update(hidden)
    return late


def _told(protection, columns):
    """Return {(breakdown, key): whether it is told} of all columns."""
    return {
        (breakdown, column.key): protection.is_told(breakdown, column.key)
        for breakdown, members in [(TOTAL, [Column("", "")]), *columns.items()]
        for column in members
    }


# ------------------------------------------------------------
# Names
# ------------------------------------------------------------
def _assemble(labels, indicators, columns, cells, late):
    """Put names to the numbers."""
    rows, by_row = [], {}
    for indicator, texts in labels.indicators(indicators):
        rows.append(labels.row(indicator, texts))
        by_row[indicator.code, 0] = cells.get((indicator.rule, 0), {})
        used = [item for rule, item in cells if rule == indicator.rule and item]
        for item, item_texts in labels.items(indicator.rule, used):
            rows.append(labels.row(indicator, item_texts, item))
            by_row[indicator.code, item] = cells.get((indicator.rule, item), {})
    return Matrix(rows, columns, by_row, late)


def _columns(labels, breakdowns, cells):
    """Return {breakdown: columns} of whatever was counted, or should have been."""
    seen = defaultdict(set)
    for numbers in cells.values():
        for breakdown, key in numbers:
            seen[breakdown].add(key)
    return {name: labels.columns(name, seen[name]) for name in breakdowns if name != TOTAL}
