"""What can be printed by trait, and the numbers of all of it at once.

The protection of small numbers is decided for everything that anybody may ever print about a
calendar year (all its whole months, quarters, half-years that are over, all levels of the
hierarchy), whatever is printed just now. Levels from below: a worker at an employer, the
employer's work in one municipality, the employer (within one county, if she works in several);
the municipality, the county.

Employers are decided on one by one, so that nobody's work shows in what another one hides. The
county comes second; a person belongs to one employer, so a way to change the data of an
employer (rule.py) changes the small numbers above it as well.
"""

from collections import defaultdict
from dataclasses import dataclass

from .rule import FLOOR, Lattice, Protection

EMPLOYER, PART, PLACE, WORKER = "employer", "part", "place", "worker"
MUNICIPALITY, COUNTY = "municipality", "county"
LEVELS = {EMPLOYER: 0, PART: 0, PLACE: 1, WORKER: 2, COUNTY: 0, MUNICIPALITY: 1}

# Whole periods of a year by number of months, the finest last
LENGTHS = (12, 6, 3, 1)


@dataclass(frozen=True)
class Presence:
    """Somebody was counselled in a month (0–11) by a worker in a municipality."""

    person: int
    employer: int
    worker: int
    municipality: int
    month: int


def spans(months_over):
    """Return the whole periods that are over as (months, number of the period)."""
    return [
        (length, number)
        for length in LENGTHS
        for number in range(12 // length)
        if (number + 1) * length <= months_over
    ]


def release_order(block):
    """Sort blocks: the employer's (county's) own table first, months last, else by fineness."""
    (level, *ids), (length, number) = block
    ids = [record_id or 0 for record_id in ids]
    fineness = LENGTHS.index(length)
    depth = LEVELS[level]
    return length == 1, depth > 0, fineness + depth, fineness, level, number, ids


class YearOfTraits:
    """Cells of one trait in a calendar year, and which of them are printed."""

    def __init__(self, presences, categories, paths, counties, months_over=12, floor=FLOOR):
        """:param presences: list of Presence of all employers concerned
        :param paths: {person: category at the end of each month}
        :param counties: {municipality: county}
        """
        self.categories = list(categories)
        self.paths = paths
        self.counties = counties
        self.spans = spans(months_over)
        self.known_spans = {}
        self.floor = floor
        self.by_employer = defaultdict(list)
        for presence in presences:
            self.by_employer[presence.employer].append(presence)
        self.printed = {}
        self.numbers = {}

    def decide_employer(self, employer, threshold):
        """Decide on all blocks of one employer; return (blocks, protection)."""
        rows = self.by_employer[employer]
        counties = {self.counties.get(row.municipality) for row in rows}

        def nodes(row):
            yield EMPLOYER, employer
            yield WORKER, employer, row.worker
            yield PLACE, employer, row.municipality
            if len(counties) > 1:
                yield PART, employer, self.counties.get(row.municipality)

        members = self._members(rows, nodes)
        blocks = sorted(self._blocks(members), key=release_order)
        lattice = self._lattice(blocks, members, [threshold] * len(blocks))
        protection = Protection(lattice)
        protection.decide()
        self._keep(blocks, protection)
        return blocks, protection

    def decide_county(self, county, thresholds):
        """Decide on a county and its municipalities, after all of its employers.

        :param thresholds: smallest number printed, by employer and for the county (key 0)
        """
        blocks, printed, protected, limits = [], defaultdict(int), defaultdict(int), []
        for employer in sorted(self.by_employer):
            own, protection = self.decide_employer(employer, thresholds[employer])
            for category in self.categories:
                printed[category] |= protection.printed[category] << len(blocks)
                protected[category] |= protection.protected[category] << len(blocks)
            blocks += own
            limits += [thresholds[employer]] * len(own)
        below, known = len(blocks), set(blocks)
        several = {
            employer: len({self.counties.get(row.municipality) for row in rows}) > 1
            for employer, rows in self.by_employer.items()
        }

        def nodes(row):
            yield EMPLOYER, row.employer
            yield WORKER, row.employer, row.worker
            yield PLACE, row.employer, row.municipality
            if several[row.employer]:
                yield PART, row.employer, self.counties.get(row.municipality)
            if self.counties.get(row.municipality) == county:
                yield COUNTY, county
                yield MUNICIPALITY, row.municipality

        rows = [row for rows in self.by_employer.values() for row in rows]
        members = self._members(rows, nodes)
        above = sorted(self._blocks(members) - known, key=release_order)
        blocks += above
        limits += [thresholds[0]] * len(above)
        lattice = self._lattice(blocks, members, limits)
        protection = Protection(lattice, below, printed, protected)
        protection.decide()
        self._keep(blocks, protection)

    def value(self, node, span, category):
        """Return the number of a cell, None if it is hidden, 0 if nobody is counted there."""
        position = self.numbers.get((node, span))
        if position is None:
            return 0
        position, protection = position
        if not protection.printed[category] >> position & 1:
            return None
        return protection.lattice.cells[category][position]

    # ------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------
    def _members(self, rows, nodes):
        """Return {person: {node: bits of months}}."""
        members = defaultdict(lambda: defaultdict(int))
        for row in rows:
            for node in nodes(row):
                members[row.person][node] |= 1 << row.month
        return members

    def _counted(self, months):
        """Return the spans in which somebody with these months is counted."""
        if months not in self.known_spans:
            self.known_spans[months] = [
                (length, number)
                for length, number in self.spans
                if months >> (length * number) & ((1 << length) - 1)
            ]
        return self.known_spans[months]

    def _blocks(self, members):
        return {
            (node, span)
            for nodes in members.values()
            for node, months in nodes.items()
            for span in self._counted(months)
        }

    def _lattice(self, blocks, members, thresholds):
        """Return the lattice; a person is in a block under her category on its last day."""
        position = {block: number for number, block in enumerate(blocks)}
        units = defaultdict(lambda: defaultdict(int))
        for person, nodes in members.items():
            path, bits = self.paths[person], defaultdict(int)
            for node, months in nodes.items():
                for length, number in self._counted(months):
                    category = path[length * (number + 1) - 1]
                    bits[category] |= 1 << position[node, (length, number)]
            for category, blocks_of in bits.items():
                units[category][blocks_of] += 1
        return Lattice(self.categories, units, thresholds, self.floor)

    def _keep(self, blocks, protection):
        for number, block in enumerate(blocks):
            self.numbers[block] = (number, protection)
