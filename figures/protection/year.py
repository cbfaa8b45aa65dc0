"""What can be printed by trait, and the numbers of all of it at once.

The protection of small numbers is decided for everything that anybody may ever print about a
calendar year (all its whole months, quarters, half-years that are over, all levels of the
hierarchy), whatever is printed just now. Levels from below: a worker at an employer, the
employer's work in one municipality, the employer (within one county, if she works in several);
the municipality, the county.

Tables are printed as the year goes by. So it is decided month by month: on all tables whose
period ends with it, of all employers first, then of their counties. What was decided in a month
is kept in those that follow, for every reader.
"""

from collections import defaultdict
from dataclasses import dataclass

from .rule import FLOOR, Lattice, Protection

EMPLOYER, PART, PLACE, WORKER = "employer", "part", "place", "worker"
MUNICIPALITY, COUNTY = "municipality", "county"
LEVELS = {EMPLOYER: 0, PART: 0, PLACE: 1, WORKER: 2, COUNTY: 0, MUNICIPALITY: 1}

# Whole periods of a year by number of months, the finest last
LENGTHS = (12, 6, 3, 1)
# Of those of what has changed: there is nothing to be seen in a month
LONG = (12, 6)


@dataclass(frozen=True)
class Presence:
    """Somebody was counselled in a month (0–11) by a worker in a municipality."""

    person: int
    employer: int
    worker: int
    municipality: int
    month: int


def spans(months_over, lengths=LENGTHS):
    """Return the whole periods that are over as (months, number of the period)."""
    return [
        (length, number)
        for length in lengths
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


def is_above(block):
    """Whether a table is that of a county or municipality, above the employers."""
    return block[0][0] in (COUNTY, MUNICIPALITY)


class YearOfTraits:
    """Cells of one trait in a calendar year, and which of them are printed."""

    def __init__(
        self, presences, categories, paths, counties, months_over=12, floor=FLOOR,
        lengths=LENGTHS, mandated=None,
    ):  # fmt: skip
        """:param presences: list of Presence of all employers that share counties
        :param paths: {person: category at the end of each month}
        :param counties: {municipality: county}
        :param lengths: of the periods that are printed, in months
        :param mandated: the (employer, county) whose work the county counts; None: all of them
        """
        self.categories = list(categories)
        self.paths = paths
        self.counties = counties
        self.months_over = months_over
        self.floor = floor
        self.lengths = lengths
        self.mandated = mandated
        self.presences = presences
        self.printed = {}
        self.numbers = {}

    def decide(self, thresholds, office_thresholds):
        """Decide on all tables that are over, as if each month had been printed at its end.

        :param thresholds: smallest number printed, by employer
        :param office_thresholds: smallest number printed of a county and its municipalities
        """
        for month in range(min(self.lengths), self.months_over + 1, min(self.lengths)):
            self._decide_month(month, thresholds, office_thresholds)

    def value(self, node, span, category):
        """Return the number of a cell, None if it is hidden, 0 if nobody is counted there."""
        block = node, span
        if block not in self.numbers or category not in self.categories:
            return 0
        return self.numbers[block][category] if self.printed[block, category] else None

    # ------------------------------------------------------------
    # A month
    # ------------------------------------------------------------
    def _decide_month(self, month, thresholds, office_thresholds):
        """Decide on what is over since the month, given what was decided before."""
        rows = [row for row in self.presences if row.month < month]
        members = self._members(rows)
        counted = Counted(spans(month, self.lengths))
        employers = {row.person: row.employer for row in rows}
        known = sorted(self.numbers, key=release_order)
        blocks = counted.blocks(members) - set(known)
        blocks = known + sorted(blocks, key=lambda block: (is_above(block), release_order(block)))
        families = self._families(members, counted, blocks, employers)
        limits = [self._threshold(block, thresholds, office_thresholds) for block in blocks]
        reserves = [self._reserve(*pair) for pair in zip(blocks, limits, strict=True)]
        lattice = Lattice(self.categories, families, limits, self.floor, reserves)
        printed, hidden = self._decided(known)
        protection = Protection(lattice, printed, hidden)
        protection.decide(range(len(known), len(blocks)))
        for number, block in enumerate(blocks[len(known) :], start=len(known)):
            self.numbers[block] = {c: lattice.cells[c][number] for c in self.categories}
            for category in self.categories:
                self.printed[block, category] = bool(protection.printed[category] >> number & 1)

    def _decided(self, blocks):
        """Return what is printed and what is hidden of blocks, as {category: bits}."""
        printed, hidden = dict.fromkeys(self.categories, 0), dict.fromkeys(self.categories, 0)
        for number, block in enumerate(blocks):
            for category in self.categories:
                side = printed if self.printed[block, category] else hidden
                side[category] |= 1 << number
        return printed, hidden

    def _reserve(self, block, threshold):
        """Return how many partners a table leaves everybody for those that come later.

        What employers and counties plan by are their own tables of quarters and longer.
        """
        node, (length, _number) = block
        return 1 if length > 1 and not LEVELS[node[0]] else max(1, self.floor * threshold)

    def _threshold(self, block, thresholds, office_thresholds):
        (_level, *ids), _span = block
        if not is_above(block):
            return thresholds[ids[0]]
        county = ids[0] if block[0][0] == COUNTY else self.counties.get(ids[0])
        return office_thresholds[county]

    # ------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------
    def _members(self, rows):
        """Return {person: {node: bits of months}}."""
        counties = defaultdict(set)
        for row in rows:
            counties[row.employer].add(self.counties.get(row.municipality))
        members = defaultdict(lambda: defaultdict(int))
        for row in rows:
            for node in self._nodes(row, len(counties[row.employer]) > 1):
                members[row.person][node] |= 1 << row.month
        return members

    def _nodes(self, row, several):
        """Yield the nodes of the hierarchy that a presence belongs to.

        :param several: whether the employer works in several counties
        """
        county = self.counties.get(row.municipality)
        yield EMPLOYER, row.employer
        yield WORKER, row.employer, row.worker
        yield PLACE, row.employer, row.municipality
        if several:
            yield PART, row.employer, county
        # Whose work the county is not told of is in none of its numbers, the total as well
        if county and (self.mandated is None or (row.employer, county) in self.mandated):
            yield MUNICIPALITY, row.municipality
            yield COUNTY, county

    def _families(self, members, counted, blocks, employers):
        """Return the units by employer; a person is counted under her category on the last day."""
        position = {block: number for number, block in enumerate(blocks)}
        families = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        for person, nodes in members.items():
            path, bits = self.paths[person], defaultdict(int)
            for node, months in nodes.items():
                for length, number in counted.spans(months):
                    category = path[length * (number + 1) - 1]
                    bits[category] |= 1 << position[node, (length, number)]
            for category, blocks_of in bits.items():
                families[employers[person]][category][blocks_of] += 1
        return families


class Counted:
    """In which of some spans somebody is counted, by the months in which she was there."""

    def __init__(self, over):
        self.over = over
        self.known = {}

    def spans(self, months):
        """Return the spans in which somebody with these months is counted."""
        if months not in self.known:
            self.known[months] = [
                (length, number)
                for length, number in self.over
                if months >> (length * number) & ((1 << length) - 1)
            ]
        return self.known[months]

    def blocks(self, members):
        """Return all blocks in which somebody is counted."""
        return {
            (node, span)
            for nodes in members.values()
            for node, months in nodes.items()
            for span in self.spans(months)
        }
