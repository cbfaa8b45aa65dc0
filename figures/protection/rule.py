"""Small-number protection: which cells of the figures by trait are printed.

Plain Python, no database. A *block* is the population of one printable table: a member of
the hierarchy in a period. A *unit* says that somebody is counted under one category in a set
of blocks, so the cell (block, category) is the number of units of the category in the block.

The rule: everything is hidden at first; a cell is released only if afterwards every protected
cell still has a *move*, a way to change the data that alters this cell and no released one. A
move exchanges the categories of two units, or gives one unit another category; blocks that
contain both units, or neither, do not change at all, and nobody is counted elsewhere. So each
hidden cell can have two values even for somebody who knows all totals and where each
(nameless) person was counted. In the end that holds for *every* hidden cell, not only for the
protected ones: releasing a cell that no move alters takes no move away, hence it is released.

Sets of blocks are the bits of integers.
"""

from collections import defaultdict
from itertools import combinations

# Blocks with fewer persons than this many times the threshold print no trait, unless what
# they would print can be worked out anyway.
FLOOR = 3


def positions(bits):
    """Yield the positions of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


class Lattice:
    """All blocks that can be printed, and who is counted in them under what."""

    def __init__(self, categories, units, thresholds, floor=FLOOR):
        """:param units: {category: {bits of the blocks: number of units}}
        :param thresholds: smallest number printed, by position of the block; the blocks are
            in the order in which they are to be released
        """
        self.categories = list(categories)
        self.units = {category: units.get(category, {}) for category in self.categories}
        self.thresholds = list(thresholds)
        self.floor = floor
        self.cells = {category: self._count(category) for category in self.categories}

    def _count(self, category):
        numbers = [0] * len(self.thresholds)
        for bits, number in self.units[category].items():
            for position in positions(bits):
                numbers[position] += number
        return numbers

    def is_small(self, category, position):
        """Whether a number must not be told."""
        return 0 < self.cells[category][position] < self.thresholds[position]

    def too_few(self, position):
        """Whether a block has persons, but not enough for a table."""
        total = sum(numbers[position] for numbers in self.cells.values())
        return 0 < total < self.floor * self.thresholds[position]


class Pair:
    """The moves between two categories that alter no printed number.

    Two units may swap if they are in the same blocks, as far as these are printed under either
    category. So the units fall into groups; with every number that is released groups are only
    ever split. Kept of a group is what its moves alter: the blocks in which not all of its
    units are. Groups without moves are dropped for good.

    :ivar alters: blocks whose number some move alters, in both categories
    """

    __slots__ = ("alters", "groups")

    def __init__(self, groups):
        """:param groups: pairs of (units of one category, units of the other)"""
        self.groups, self.alters = [], 0
        for firsts, seconds in groups:
            some, every = 0, -1
            for blocks in firsts:
                some |= blocks
                every &= blocks
            others, all_others = 0, -1
            for blocks in seconds:
                others |= blocks
                all_others &= blocks
            # A unit inside the block moves for one outside, whichever of the two it is
            alters = some & ~all_others | others & ~every
            if alters:
                self.groups.append((firsts, seconds, alters))
                self.alters |= alters

    @classmethod
    def of(cls, firsts, seconds, fixed):
        """Group the units of two categories by where they are, in the blocks ``fixed``."""
        inside = defaultdict(lambda: ([], []))
        for side, units in enumerate((firsts, seconds)):
            for blocks in units:
                inside[blocks & fixed][side].append(blocks)
        return cls((one, other) for one, other in inside.values() if one and other)

    def without(self, bit):
        """Return the moves that do not alter one more block."""
        pair = Pair(())
        for group in self.groups:
            firsts, seconds, alters = group
            if alters & bit:
                split = Pair.of(firsts, seconds, bit)
                pair.groups += split.groups
                pair.alters |= split.alters
            else:
                pair.groups.append(group)
                pair.alters |= alters
        return pair


class Protection:
    """Decides on the cells of a lattice.

    :ivar printed: {category: bits of the blocks where its number is printed}
    :ivar protected: likewise, where it must not be told
    """

    def __init__(self, lattice, decided=0, printed=None, protected=None):
        """:param decided: the first blocks, whose cells were decided on before"""
        self.lattice = lattice
        self.decided = decided
        self.printed = {c: (printed or {}).get(c, 0) for c in lattice.categories}
        self.protected = {c: (protected or {}).get(c, 0) for c in lattice.categories}
        # Nobody (no blocks) stands for the partner of a unit that moves alone
        units = {c: [0, *lattice.units[c]] for c in lattice.categories}
        self.pairs = {
            (one, other): Pair.of(units[one], units[other], self.printed[one] | self.printed[other])
            for one, other in combinations(lattice.categories, 2)
        }
        self.altered = self._altered(self.pairs)

    def decide(self):
        """Release what may be released and return ``printed``."""
        blocks = range(self.decided, len(self.lattice.thresholds))
        for position in blocks:
            self._protect(position)
        for position in blocks:
            if not self.lattice.too_few(position):
                for category in self._order(position):
                    self._release(category, position)
        # Also of the blocks decided on before: what can be worked out by now is not hidden
        for position in range(len(self.lattice.thresholds)):
            for category in self._order(position):
                if not self._has_move(category, position):
                    self.printed[category] |= 1 << position
        return self.printed

    # ------------------------------------------------------------
    # What must not be told
    # ------------------------------------------------------------
    def _protect(self, position):
        """Protect the small numbers of a block and, as their sum is known, some more.

        Further ones join until the sum of all reaches the threshold and is neither the
        least nor the greatest that so many small numbers can have.
        """
        cells = self.lattice.cells
        present = [c for c in self.lattice.categories if cells[c][position]]
        present.sort(key=lambda c: cells[c][position])
        numbers = []
        for category in present:
            if not self.lattice.is_small(category, position):
                enough = sum(numbers) >= self.lattice.thresholds[position]
                if not numbers or (enough and len(set(numbers)) > 1):
                    break
            if self._has_move(category, position):
                self.protected[category] |= 1 << position
                numbers.append(cells[category][position])

    def _order(self, position):
        """Return the cells of a block that may be released, large numbers first."""
        return sorted(
            (
                category
                for category in self.lattice.categories
                if not self.protected[category] >> position & 1
                and not self.lattice.is_small(category, position)
            ),
            key=lambda category: -self.lattice.cells[category][position],
        )

    # ------------------------------------------------------------
    # Releasing
    # ------------------------------------------------------------
    def _release(self, category, position):
        """Print a number, unless a protected one would lose its last move."""
        bit = 1 << position
        if self.altered[category] & bit:
            pairs = {
                names: pair.without(bit) if category in names and pair.alters & bit else pair
                for names, pair in self.pairs.items()
            }
            altered = self._altered(pairs)
            for other, protected in self.protected.items():
                if protected & self.altered[other] & ~altered[other]:
                    return
            self.pairs, self.altered = pairs, altered
        self.printed[category] |= bit

    def _altered(self, pairs):
        """Return the blocks that some move alters, by category."""
        altered = dict.fromkeys(self.lattice.categories, 0)
        for (one, other), pair in pairs.items():
            altered[one] |= pair.alters
            altered[other] |= pair.alters
        return altered

    def _has_move(self, category, position):
        """Whether some move alters a number and nothing printed."""
        return bool(self.altered[category] >> position & 1)
