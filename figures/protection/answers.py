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

Sums and differences of sums of disjoint groups are about whole groups again. That all of a group
answered the same is told, as with any number that is printed.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..breakdowns import EMPLOYER, MONTH, MUNICIPALITY, TOTAL, WORKER
from .contents import quarter_end
from .thresholds import employers_thresholds


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


class Answers:
    """Of which columns answers are told; ``env`` is the engine's."""

    def __init__(self, env, scope, period):
        self.scope = scope
        self.period = period
        rows = self._read(env)
        employers = {cell.employer for cell in rows}
        thresholds = employers_thresholds(env, employers) if employers else {}
        self.blocks = blocks_of(rows, thresholds)

    def is_told(self, breakdown=TOTAL, key=""):
        """Return whether a column tells what arrivals answered."""
        start, stop = self.period.date_from, self.period.date_to
        if breakdown == MONTH:
            first = date.fromisoformat(key)
            start, stop = max(start, first), min(stop, first + relativedelta(day=31))
        return all(
            block.is_told(
                {cell for cell in block.cells if self._is_asked(cell, breakdown, key)},
                self.period.today,
                start,
                stop,
            )
            for block in self.blocks
            if start <= quarter_end(block.quarter) and block.quarter <= stop
        )

    def _is_asked(self, cell, breakdown, key):
        users, places = self.scope.user_ids, self.scope.municipality_ids
        members = {EMPLOYER: cell.employer, WORKER: cell.worker, MUNICIPALITY: cell.place}
        return (
            (users is None or cell.worker in users)
            and (places is None or cell.place in places)
            and (breakdown not in members or str(members[breakdown] or "") == key)
        )

    def _read(self, env):
        """Return {cell: answers} of all quarters that the period touches."""
        rows = env.execute_query(
            SQL(
                """SELECT a.company_id, m.county_id,
                          date_trunc('quarter', a.date_result::timestamp)::date,
                          a.municipality_id, COALESCE(a.user_id, 0), count(*)
                     FROM integration_arrival a
                     JOIN integration_municipality m ON m.id = a.municipality_id
                    WHERE a.company_id = ANY(%s) AND a.state IN ('accepted', 'declined')
                      AND a.date_result
                          BETWEEN date_trunc('quarter', %s::timestamp)::date AND %s
                    GROUP BY 1, 2, 3, 4, 5""",
                list(self.scope.company_ids),
                self.period.date_from,
                quarter_end(self.period.date_to),
            )
        )
        return {Cell(*row[:5]): row[5] for row in rows}


class Block:
    """The answers of an employer in a county and quarter, and which parts of them are told."""

    def __init__(self, cells, threshold):
        self.cells = cells
        self.quarter = next(iter(cells)).quarter
        crossings = self._smallest(lambda cell: (cell.place, cell.worker)) >= threshold
        self.whole = sum(cells.values()) >= threshold
        self.by_place = self._smallest(lambda cell: cell.place) >= threshold
        # Municipalities first: two ways to divide a block would cross.
        self.by_worker = self._smallest(lambda cell: cell.worker) >= threshold and (
            crossings or not self.by_place
        )
        self.by_crossing = crossings

    def is_told(self, asked, today, start, stop):
        """Return whether the cells ``asked``, on the days from ``start`` to ``stop``, are told."""
        if not asked:
            return True
        if (
            not start
            <= self.quarter
            <= quarter_end(self.quarter)
            <= min(stop, today - relativedelta(days=1))
        ):
            return False
        if asked == set(self.cells):
            return self.whole
        if self._is_union(asked, lambda cell: cell.place) and self.by_place:
            return True
        if self._is_union(asked, lambda cell: cell.worker) and self.by_worker:
            return True
        return self.by_crossing

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
