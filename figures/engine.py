"""The engine of the official figures (VwV no. 6.2: per worker, any period).

``figures_matrix(env, indicators, scope, period, breakdowns)`` is the only way to the
numbers. It counts past the record rules, hence first of all checks that the roles of
the user cover the scope (scope.py).
"""

from collections import defaultdict

from . import sources
from .breakdowns import BREAKDOWNS, MONTH, TOTAL
from .counting import (
    EVERY,
    MONTHLY,
    WHOLE,
    Part,
    Tally,
    cells_of,
    idents_of,
    labels_of,
    room_to_count,
)
from .labels import FigureLabels
from .matrix import Column, Matrix
from .protection.answers import Answers
from .protection.contents import CONTENT, Contents
from .protection.decisions import Kept
from .registry import RULES, TALKS
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
    labels = FigureLabels(env, scope, period)
    named = labels.indicators(indicators)
    rules = {indicator.rule for indicator, _texts in named}
    late = False
    with room_to_count(env):
        cells = _count(env, rules, scope, period, breakdowns)
        columns = _columns(labels, breakdowns, cells)
        if any(RULES[rule].content for rule in rules):
            late |= _hide_contents(env, rules, scope, period, cells, columns)
    if any(RULES[rule].answer for rule in rules):
        answers = Answers(env, scope, period)
        late |= _hide_answers(cells, answers, columns)
        answers.store()
    return _assemble(labels, named, columns, cells, late)


# ------------------------------------------------------------
# Numbers
# ------------------------------------------------------------
def _count(env, rules, scope, period, breakdowns):
    """Return {(rule, item): {(breakdown, key): number}} from at most six queries.

    Where nobody had a talk, nobody was present and nothing was talked about.
    """
    tally = Tally({TOTAL, *breakdowns})
    rows, idents, labels = [], [], []
    asked = Asked((period,), scope)
    for part in _parts(rules, asked, breakdowns):
        kind = labels if part.source.labelled else idents if part.has_idents else rows
        kind.append(part)
    for batch in _batches(rows, asked):
        tally.add_cells(env.execute_query(cells_of(batch, scope)))
    if any(part.source == TALKS for part in rows) and not _has_talks(tally.numbers):
        idents, labels = ([p for p in kind if not p.source.of_talks] for kind in (idents, labels))
    for batch in _batches(idents, asked):
        tally.add_idents(env.execute_query(idents_of(batch, scope)))
    for batch in _batches(labels, asked):
        tally.add_labels(env.execute_query(labels_of(batch, scope)))
    return _with_sums(tally.numbers)


def _parts(rules, asked, breakdowns):
    """Yield what is counted of each source: some count each month by itself."""
    (period,), scope = asked.periods, asked.scope
    months = period.months_begun() if MONTH in breakdowns else ()
    whose = scope.user_ids is not None or scope.municipality_ids is not None
    sources = {RULES[key].source: key for key in RULES if key in rules and RULES[key].source}
    for source, rule in sources.items():
        yield Part(source, rule, source.rows(asked), WHOLE if source.by_span else EVERY)
        if source.by_span and months:
            yield Part(source, rule, source.rows(Asked(months, scope, whose)), MONTHLY)


def _batches(parts, asked):
    """Return the parts in groups of one query each: few rows need no query of their own."""
    alone = [part for part in parts if part.source.alone and not asked.few]
    rest = [part for part in parts if asked.few or not part.source.alone]
    return [*([part] for part in alone), *([rest] if rest else [])]


def _has_talks(numbers):
    """Return whether anybody had a talk, of numbers among which talks were counted."""
    return any(RULES[rule].adds_to == "talk" for rule, _item in numbers)


def _with_sums(numbers):
    """Add the rules that are the sum of another one's items."""
    cells = defaultdict(dict, numbers)
    for (rule, _item), columns in numbers.items():
        if RULES[rule].adds_to:
            whole = cells[RULES[rule].adds_to, 0]
            for column, number in columns.items():
                whole[column] = whole.get(column, 0) + number
    return cells


def _hide_contents(env, rules, scope, period, cells, columns):
    """Hide what talks were about where it is not told; return whether something came too late.

    No talks at all are no secret, unless some were printed.
    """
    counted = TALKS in {RULES[rule].source for rule in rules}
    if counted and not _has_talks(cells) and not Kept(env, CONTENT, scope.company_ids).of:
        return _hide(cells, None, columns)
    contents = Contents(env, scope, period)
    late = _hide(cells, contents, columns)
    contents.store()
    return late


def _hide(cells, contents, columns):
    """Take out of the counts what talks were about where it is not told.

    What nobody may know came up is no row either, so a row is left only if some column tells it.
    Of the rule itself stands of how many talks any is known, None where that is hidden.
    Return whether something came too late for what was printed before.

    :param contents: None where all is told
    """
    told, late = _told(contents, columns), False
    for column in filter(told.get, told) if contents else ():
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
    """Return {(breakdown, key): whether it is told} of all columns: all, without protection."""
    return {
        (breakdown, column.key): not protection or protection.is_told(breakdown, column.key)
        for breakdown, members in [(TOTAL, [Column("", "")]), *columns.items()]
        for column in members
    }


# ------------------------------------------------------------
# Names
# ------------------------------------------------------------
def _assemble(labels, named, columns, cells, late):
    """Put names to the numbers.

    :param named: (indicator, texts) of each
    """
    rows, by_row, used = [], {}, defaultdict(list)
    for rule, item in cells:
        if item:
            used[rule].append(item)
    lists = labels.lists({indicator.rule for indicator, _texts in named}, used)
    for indicator, texts in named:
        rows.append(labels.row(indicator, texts))
        by_row[indicator.code, 0] = cells.get((indicator.rule, 0), {})
        for item, item_texts in lists.get(indicator.rule, ()):
            rows.append(labels.row(indicator, item_texts, item))
            by_row[indicator.code, item] = cells.get((indicator.rule, item), {})
    return Matrix(rows, columns, by_row, late)


def _columns(labels, breakdowns, cells):
    """Return {breakdown: columns} of whatever was counted, or should have been."""
    seen = defaultdict(set)
    for numbers in cells.values():
        for breakdown, key in numbers:
            seen[breakdown].add(key)
    return labels.columns({name: seen[name] for name in breakdowns if name != TOTAL})
