"""What arrivals answered to the offer: of which columns accepted and declined are told.

Counselling is voluntary and nobody controls who wants it (county standard 3.2.1). Whoever knows
that one family moved into a village would read its answer in a number of that village, or in the
difference of two numbers. So all that is told are sums of groups of enough answered arrivals, and
no two groups overlap:

- Smallest in time is a calendar quarter that is over. Single months tell nothing.
- The answers of an employer in one county and quarter are a block. It is told if it is large
  enough, and no table about a part of it may leave a small rest: municipalities are told if all
  of them are large enough, workers if all of them are, and both only if all their crossings are.
- A column is told if it is a sum of such groups. No answers at all are no secret.

What was printed is kept: the answers of a block, and into which groups it is divided. Answers
that are entered, changed or deleted afterwards *wait*, until in every group that is told those
that came are none or enough, and so are those that went; then the whole block is another one. A
block that was hidden stays hidden until enough answers have changed.

Sums and differences of sums of disjoint groups are about whole groups again. That all of a group
answered the same is told, as with any number that is printed.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..breakdowns import EMPLOYER, MONTH, MUNICIPALITY, TOTAL, WORKER
from .decisions import Kept
from .thresholds import employers_thresholds
from .times import DAY, quarter_end

# What stands with what is kept of them
ANSWER = "arrival_answer"


@dataclass(frozen=True)
class Cell:
    """Answers that one worker noted in one municipality and quarter, for one employer."""

    employer: int
    county: int
    quarter: date
    place: int
    worker: int

    @property
    def block(self):
        """What is told first: the work of an employer in a county and quarter."""
        return self.employer, self.county, self.quarter


class Answer(NamedTuple):
    """What an arrival answered, on which day and to whom."""

    id: int
    state: str
    day: date
    place: int
    worker: int

    @classmethod
    def of(cls, packed):
        """Return what ``packed`` returned, or the database."""
        arrival, state, day, *rest = packed
        return cls(arrival, state, date.fromisoformat(day) if isinstance(day, str) else day, *rest)

    def packed(self):
        """Return what is stored."""
        return [self.id, self.state, self.day.isoformat(), self.place, self.worker]

    def cell(self, block):
        """Return its cell in a block."""
        return Cell(*block, self.place, self.worker)


class Answers:
    """Of which columns answers are told, and which; ``env`` is the engine's."""

    def __init__(self, env, scope, period):
        self.scope = scope
        self.period = period
        self.kept = Kept(env, ANSWER, scope.company_ids)
        today, printed = self._read(env), self._printed()
        employers = {employer for employer, *_rest in (*today, *printed)}
        thresholds = employers_thresholds(env, employers) if employers else {}
        self.blocks = {
            block: PrintedBlock(block, today[block], printed.get(block), thresholds[block[0]])
            for block in sorted({*today, *printed})
        }
        self.asked = set()

    def is_told(self, breakdown=TOTAL, key=""):
        """Return whether a column tells what arrivals answered."""
        start, stop = self._days(breakdown, key)
        told = True
        for name, printed in self.blocks.items():
            block = printed.block
            if not block or start > quarter_end(block.quarter) or block.quarter > stop:
                continue
            asked = {cell for cell in block.cells if self._is_asked(cell, breakdown, key)}
            if asked and block.is_over(self.period.today, start, stop):
                self.asked.add(name)
            told &= block.is_told(asked, self.period.today, start, stop)
        return told

    def changes(self, breakdown=TOTAL, key=""):
        """Return {rule: arrivals} by which a column as it is told differs from today's."""
        numbers = Counter()
        start, stop = self._days(breakdown, key)
        for name, printed in self.blocks.items():
            for answers, sign in ((printed.came, -1), (printed.went, 1)):
                for answer in answers:
                    cell = answer.cell(name)
                    if start <= answer.day <= stop and self._is_asked(cell, breakdown, key):
                        numbers[f"arrival_{answer.state}"] += sign
        return {rule: number for rule, number in numbers.items() if number}

    def adjust(self, facts):
        """Make the ids behind today's numbers those behind the numbers that are told.

        :param facts: of ``collect_facts``
        """
        for (employer, *rest), printed in self.blocks.items():
            late = {(answer.state, answer.id) for answer in printed.came}
            for state, arrival in late:
                for group in facts[f"arrival_{state}", False]:
                    if group[3] == employer:
                        group[-1] = [ident for ident in group[-1] if ident != arrival]
            for answer in printed.went:
                cell = answer.cell((employer, *rest))
                start, stop = self._days(TOTAL, "")
                if start <= answer.day <= stop and self._is_asked(cell, TOTAL, ""):
                    where = [answer.day.replace(day=1).isoformat(), 0, answer.worker, employer]
                    facts[f"arrival_{answer.state}", False].append(
                        [*where, answer.place, [answer.id]]
                    )

    def store(self):
        """Keep what was asked for, as it is printed."""
        fresh = defaultdict(list)
        for name in sorted(self.asked):
            employer, county, quarter = name
            if self.blocks[name].is_fresh:
                fresh[employer].append([county, quarter.isoformat(), *self.blocks[name].packed()])
        self.kept.store(fresh)

    def _days(self, breakdown, key):
        """Return the first and last day of a column."""
        start, stop = self.period.date_from, self.period.date_to
        if breakdown == MONTH:
            first = date.fromisoformat(key)
            start, stop = max(start, first), min(stop, first + relativedelta(day=31))
        return start, stop

    def _is_asked(self, cell, breakdown, key):
        users, places = self.scope.user_ids, self.scope.municipality_ids
        members = {EMPLOYER: cell.employer, WORKER: cell.worker, MUNICIPALITY: cell.place}
        return (
            (users is None or cell.worker in users)
            and (places is None or cell.place in places)
            and (breakdown not in members or str(members[breakdown] or "") == key)
        )

    def _printed(self):
        """Return {block: (answers, divisions)} of what was printed and the period touches."""
        found = {}
        for employer, rows in self.kept.of.items():
            for _number, blocks in rows:
                for county, day, answers, told in blocks:
                    quarter = date.fromisoformat(day)
                    found[employer, county, quarter] = [Answer.of(a) for a in answers], told
        first = self.period.date_from
        return {
            block: printed
            for block, printed in found.items()
            if first <= quarter_end(block[2]) and block[2] <= self.period.date_to
        }

    def _read(self, env):
        """Return {block: answers} of all quarters that the period touches."""
        rows = env.execute_query(
            SQL(
                """SELECT a.company_id, m.county_id,
                          date_trunc('quarter', a.date_result::timestamp)::date,
                          a.id, a.state, a.date_result, a.municipality_id, COALESCE(a.user_id, 0)
                     FROM integration_arrival a
                     JOIN integration_municipality m ON m.id = a.municipality_id
                    WHERE a.company_id = ANY(%s) AND a.state IN ('accepted', 'declined')
                      AND a.date_result
                          BETWEEN date_trunc('quarter', %s::timestamp)::date AND %s
                    ORDER BY a.id""",
                list(self.scope.company_ids),
                self.period.date_from,
                quarter_end(self.period.date_to),
            )
        )
        blocks = defaultdict(list)
        for row in rows:
            blocks[row[:3]].append(Answer.of(row[3:]))
        return blocks


class PrintedBlock:
    """A block as it is told: as it was printed, or as it is today.

    :ivar block: None without answers
    :ivar came: answers of today that wait
    :ivar went: answers that were printed and are other ones, or none, by now
    """

    def __init__(self, name, today, printed, threshold):
        """:param today: answers
        :param printed: (answers, how the block was divided), None if it was not printed
        """
        self.came, self.went, self.answers = [], [], today
        self.is_fresh = True
        cells = Counter(answer.cell(name) for answer in today)
        self.block = Block(cells, threshold) if cells else None
        if printed is None:
            return
        former, told = printed
        came = [answer for answer in today if answer not in set(former)]
        went = [answer for answer in former if answer not in set(today)]
        self.is_fresh = bool(came or went)
        block = Block(Counter(answer.cell(name) for answer in former), threshold, told)
        if block.may_become(self.block, came, went, name, threshold):
            if block.whole:
                self.block.divide(told)
            return
        self.block, self.answers, self.is_fresh = block, former, False
        self.came, self.went = came, went

    def packed(self):
        """Return what is stored."""
        return [answer.packed() for answer in self.answers], self.block.divisions


class Block:
    """The answers of an employer in a county and quarter, and which parts of them are told."""

    def __init__(self, cells, threshold, divisions=None):
        """:param divisions: how it was divided when it was printed, by the threshold of that day"""
        self.cells = cells
        self.quarter = next(iter(cells)).quarter
        crossings = self._smallest(lambda cell: (cell.place, cell.worker)) >= threshold
        by_place = self._smallest(lambda cell: cell.place) >= threshold
        # Municipalities first: two ways to divide a block would cross.
        by_worker = self._smallest(lambda cell: cell.worker) >= threshold and (
            crossings or not by_place
        )
        whole = sum(cells.values()) >= threshold
        self.divide(divisions or [whole, by_place, by_worker, crossings])

    def divide(self, divisions):
        """Tell the whole, municipalities, workers and their crossings, or not."""
        self.divisions = divisions
        self.whole, self.by_place, self.by_worker, self.by_crossing = divisions

    def is_told(self, asked, today, start, stop):
        """Return whether the cells ``asked``, on the days from ``start`` to ``stop``, are told."""
        if not asked:
            return True
        if not self.is_over(today, start, stop):
            return False
        if asked == set(self.cells):
            return self.whole
        if self._is_union(asked, lambda cell: cell.place) and self.by_place:
            return True
        if self._is_union(asked, lambda cell: cell.worker) and self.by_worker:
            return True
        return self.by_crossing

    def is_over(self, today, start, stop):
        """Return whether the quarter lies in the days from ``start`` to ``stop``, and is over."""
        return start <= self.quarter <= quarter_end(self.quarter) <= min(stop, today - DAY)

    def may_become(self, other, came, went, name, threshold):
        """Return whether this block may be told anew as another one, with what changed.

        :param other: None if no answer is left
        """
        if not other or len({answer.id for answer in (*came, *went)}) < threshold:
            return False
        if not self.whole:
            return True
        for answers in (came, went):
            changed = Counter(answer.cell(name) for answer in answers)
            if changed and Block(changed, threshold).smallest(self.divisions) < threshold:
                return False
        return other.smallest(self.divisions) >= threshold

    def smallest(self, divisions):
        """Return the least number of answers that is told if the block is divided so."""
        _whole, by_place, by_worker, by_crossing = divisions
        parts = [lambda cell: None]
        if by_place:
            parts.append(lambda cell: cell.place)
        if by_worker:
            parts.append(lambda cell: cell.worker)
        if by_crossing:
            parts.append(lambda cell: (cell.place, cell.worker))
        return min(map(self._smallest, parts))

    def _smallest(self, part):
        sizes = Counter()
        for cell, number in self.cells.items():
            sizes[part(cell)] += number
        return min(sizes.values())

    def _is_union(self, asked, part):
        parts = {part(cell) for cell in asked}
        return asked == {cell for cell in self.cells if part(cell) in parts}


def blocks_of(rows, thresholds):
    """Return the blocks of {cell: answers}."""
    cells = defaultdict(dict)
    for cell, number in rows.items():
        cells[cell.block][cell] = number
    return [Block(own, thresholds[employer]) for (employer, *_rest), own in cells.items()]
