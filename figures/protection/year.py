"""What can be printed by trait, and the numbers of all of it at once.

The protection of small numbers is decided for everything that anybody may ever print about a
calendar year (all its whole months, quarters, half-years that are over, all levels of the
hierarchy), whatever is printed just now. Levels from below: a worker at an employer, the
employer's work in one municipality, the employer (within one county, if she works in several);
the municipality, the county.

Tables are printed as the year goes by. So it is decided month by month: on all tables whose
period ends with it, of all employers first, then of their counties. What was decided in a month
is kept in those that follow, for every reader.

What was decided at an earlier print is kept as well, though something was entered late since or
a threshold is another one (decisions.py). A table is printed as it was, until there is an edition
of it that prints every number that it printed, and tells no small number of those who came to it,
left it or have another category. All editions are tables that can be subtracted from each other,
and so they are decided on like any others.
"""

from collections import Counter, defaultdict
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


@dataclass(frozen=True)
class Decision:
    """One edition of a table.

    :ivar block: (node, span): member of the hierarchy with its ids, length and number
    :ivar held: {(employer, person): category} of everybody who was counted
    :ivar hidden: categories whose number is not printed; others are, also such as came later
    """

    block: tuple
    held: dict
    hidden: frozenset

    def packed(self):
        """Return what is stored."""
        groups = defaultdict(list)
        for (employer, person), category in sorted(self.held.items()):
            groups[employer, category].append(person)
        node, span = self.block
        return [node, span, [[*key, ids] for key, ids in groups.items()], sorted(self.hidden)]

    @classmethod
    def of(cls, packed):
        """Return what was stored by ``packed``."""
        node, span, groups, hidden = packed
        held = {
            (employer, person): category
            for employer, category, persons in groups
            for person in persons
        }
        return cls((tuple(node), tuple(span)), held, frozenset(hidden))


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
    (level, *ids), (length, number), *_edition = block
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
        # {table: {(employer, person): category}}
        self.held = {}
        # Tables that lack somebody who came late
        self.late = set()
        self.fresh = []

    def recall(self, decisions):
        """Take over what was decided at earlier prints.

        :param decisions: list of Decision, later editions of a table after earlier ones
        """
        decisions = list(decisions)
        for decision in decisions:
            # What has been deleted since is still part of what was printed
            used = {*decision.held.values(), *decision.hidden}
            self.categories += sorted(used.difference(self.categories))
        for decision in decisions:
            self._keep(decision)

    def decide(self, thresholds, office_thresholds):
        """Decide on all tables that are over, as if each month had been printed at its end.

        :param thresholds: smallest number printed, by employer
        :param office_thresholds: smallest number printed of a county and its municipalities
        """
        for month in range(min(self.lengths), self.months_over + 1, min(self.lengths)):
            self._decide_month(month, thresholds, office_thresholds)
        now = self._now(self.months_over)
        self._decide_again(now, thresholds, office_thresholds)
        self.late = {
            block
            for block in now.keys() & self.numbers.keys()
            if any(person > 0 for (_, person), _ in now[block].items() ^ self.held[block].items())
        }

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
        now = self._now(month)
        blocks = now.keys() - self.numbers.keys()
        new = sorted(blocks, key=lambda block: (is_above(block), release_order(block)))
        limits = [self._threshold(block, thresholds, office_thresholds) for block in new]
        for decision in self._protected([now[block] for block in new], new, limits):
            self._decided_now(decision)

    def _decide_again(self, now, thresholds, office_thresholds):
        """Print anew what has changed since it was printed, where that tells nothing small.

        An edition that would leave out what was printed before is none.
        """
        editions, blocks, limits, secrets = [], [], [], []
        for block in sorted(now.keys() & self.numbers.keys(), key=release_order):
            came = now[block].items() - self.held[block].items()
            gone = self.held[block].items() - now[block].items()
            # Of those who were erased since nobody is left to be told anything of
            persons = {person for (_employer, person), _category in came | gone if person > 0}
            limit = self._threshold(block, thresholds, office_thresholds) if persons else 1
            if len(persons) >= limit and persons:
                blocks.append(block)
                editions.append(now[block])
                limits.append(limit)
                secrets += [(dict(changed), limit) for changed in (came, gone) if changed]
        if not editions:
            return
        for decision in self._protected(editions, blocks, limits, secrets):
            printed = {c for c in self.categories if self.printed[decision.block, c]}
            if not printed & decision.hidden:
                self._decided_now(decision)

    def _protected(self, tables, blocks, limits, secrets=()):
        """Return the decisions on some tables, given all that were decided on before.

        :param tables: who is counted in them
        :param limits: their thresholds
        :param secrets: (who is counted, threshold) of what nobody prints, but of which nothing
            small must be told either
        """
        if not blocks:
            return
        known = list(self.numbers)
        every = [
            *(self.held[block] for block in known), *tables, *(held for held, _limit in secrets)
        ]  # fmt: skip
        first, last = len(known), len(known) + len(blocks)
        # Those of the known ones do not matter any more
        thresholds = [1] * first + [*limits, *(limit for _held, limit in secrets)]
        reserves = [1] * first + [*map(self._reserve, blocks, limits)] + [1] * len(secrets)
        families = self._families(every)
        lattice = Lattice(self.categories, families, thresholds, self.floor, reserves)
        protection = Protection(lattice, *self._decided(known))
        protection.decide(range(first, last), range(last, len(every)))
        for number, (block, held) in enumerate(zip(blocks, tables, strict=True), start=first):
            hidden = (c for c in self.categories if not protection.printed[c] >> number & 1)
            yield Decision(block, held, frozenset(hidden))

    def _decided_now(self, decision):
        self.fresh.append(decision)
        self._keep(decision)

    def _keep(self, decision):
        """Remember the edition of a table that is printed from now on, and the former one."""
        block = decision.block
        if block in self.numbers:
            former = (*block, sum(other[:2] == block for other in self.numbers))
            self.numbers[former], self.held[former] = self.numbers[block], self.held[block]
            for category in self.categories:
                self.printed[former, category] = self.printed[block, category]
        numbers = Counter(decision.held.values())
        self.held[block] = decision.held
        self.numbers[block] = {category: numbers[category] for category in self.categories}
        for category in self.categories:
            self.printed[block, category] = category not in decision.hidden

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

    def _now(self, month):
        """Return who is counted under what in all tables that are over, as known today."""
        rows = [row for row in self.presences if row.month < month]
        employers = {row.person: row.employer for row in rows}
        counted, now = Counted(spans(month, self.lengths)), defaultdict(dict)
        for person, nodes in self._members(rows).items():
            path, key = self.paths[person], (employers[person], person)
            for node, months in nodes.items():
                for length, number in counted.spans(months):
                    now[node, (length, number)][key] = path[length * (number + 1) - 1]
        return now

    def _families(self, tables):
        """Return the units by employer, of tables that say who is counted under what."""
        bits = defaultdict(int)
        for number, held in enumerate(tables):
            for key, category in held.items():
                bits[key, category] |= 1 << number
        families = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        for ((employer, _person), category), blocks in bits.items():
            families[employer][category][blocks] += 1
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
