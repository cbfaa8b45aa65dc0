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

Tables are printed as time goes by, so blocks are decided on in the order in which their periods
end, and what was decided stays. Two things make that safe. A number that was hidden keeps a move
whatever is released later. And nobody is pinned down: a unit that could exchange its category
with another one can after a release as well, so later blocks find it free to move. Fine tables
come before coarse ones then, so they must leave more: everybody as many *partners* as the reserve
of the block says.

Units belong to families (the persons of an employer). Moves exchange categories within a family
alone, so that what an employer prints takes no move from another one.

Sets of blocks are the bits of integers.
"""

from collections import defaultdict
from itertools import combinations

# Blocks with fewer persons than this many times the threshold print no trait, unless what
# they would print can be worked out anyway.
FLOOR = 3
# As good as so many partners
ALONE = 1000


def positions(bits):
    """Yield the positions of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


class Lattice:
    """All blocks that can be printed, and who is counted in them under what."""

    def __init__(self, categories, families, thresholds, floor=FLOOR, reserves=()):
        """:param families: {family: {category: {bits of the blocks: number of units}}}
        :param thresholds: smallest number printed, by position of the block; the blocks are
            in the order in which they are to be released
        :param reserves: how many partners a block leaves to everybody, by position
        """
        self.categories = list(categories)
        self.families = {
            family: {category: units.get(category, {}) for category in self.categories}
            for family, units in families.items()
        }
        self.thresholds = list(thresholds)
        self.floor = floor
        self.reserves = list(reserves) or [1] * len(self.thresholds)
        self.cells = {category: self._count(category) for category in self.categories}

    def _count(self, category):
        numbers = [0] * len(self.thresholds)
        for units in self.families.values():
            for bits, number in units[category].items():
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
    units are. In groups without moves all are in the very same blocks, until there are new ones.

    :ivar alters: blocks whose number some move alters, in both categories
    """

    __slots__ = ("alters", "groups", "same")

    def __init__(self, groups, same=()):
        """:param groups: pairs of (units of one category, units of the other)"""
        self.groups, self.same, self.alters = [], list(same), 0
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
            else:
                self.same.append((firsts, seconds, 0))

    @classmethod
    def of(cls, firsts, seconds, fixed):
        """Group the units of two categories by where they are, in the blocks ``fixed``."""
        inside = defaultdict(lambda: ([], []))
        for side, units in enumerate((firsts, seconds)):
            for blocks in units:
                inside[blocks & fixed][side].append(blocks)
        return cls((one, other) for one, other in inside.values() if one and other)

    def without(self, bit):
        """Return the moves that do not alter one more block, and [(group, what it fell into)]."""
        pair, split = Pair((), self.same), []
        for group in self.groups:
            firsts, seconds, alters = group
            if alters & bit:
                parts = Pair.of(firsts, seconds, bit)
                pair.groups += parts.groups
                pair.same += parts.same
                pair.alters |= parts.alters
                split.append((group, (*parts.groups, *parts.same)))
            else:
                pair.groups.append(group)
                pair.alters |= alters
        return pair, split


class Protection:
    """Decides on the cells of a lattice.

    :ivar printed: {category: bits of the blocks where its number is printed}
    :ivar protected: likewise, where it must not be told
    """

    def __init__(self, lattice, printed=None, hidden=None):
        """:param printed: what was printed before, as the attribute
        :param hidden: what was hidden before, and stays hidden
        """
        self.lattice = lattice
        self.printed = {c: (printed or {}).get(c, 0) for c in lattice.categories}
        self.protected = {c: (hidden or {}).get(c, 0) for c in lattice.categories}
        self.families = {
            family: Moves.of(units, self.printed) for family, units in lattice.families.items()
        }

    def decide(self, blocks, secrets=()):
        """Release what may be released of some blocks, in this order, and return ``printed``.

        :param secrets: blocks that nobody prints; nothing small of them must be told either
        """
        for position in (*secrets, *blocks):
            self._protect(position)
        for position in blocks:
            if not self.lattice.too_few(position):
                for category in self._order(position):
                    self._release(category, position)
        # What can be worked out by now is not hidden
        for position in blocks:
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
        """Print a number, unless a protected one would lose a family's last move.

        Nor may a unit be left with fewer partners than the reserve, if it had as many.
        """
        bit, reserve = 1 << position, self.lattice.reserves[position]
        released = []
        for moves in self.families.values():
            if moves.altered[category] & bit:
                less = moves.without(category, bit, reserve)
                if not less:
                    return
                for other, protected in self.protected.items():
                    if protected & moves.altered[other] & ~less.altered[other]:
                        return
                released.append((moves, less))
        for moves, less in released:
            moves.become(less)
        self.printed[category] |= bit

    def _has_move(self, category, position):
        """Whether some move alters a number and nothing printed."""
        return any(moves.altered[category] >> position & 1 for moves in self.families.values())


class Moves:
    """The moves of one family that alter no printed number.

    :ivar altered: {category: blocks whose number some move alters}
    """

    __slots__ = ("altered", "pairs", "partners", "units")

    def __init__(self, units, pairs, partners):
        """:param units: {category: {bits of the blocks: number}}
        :param pairs: {(one category, another): Pair}
        :param partners: {(category, blocks): with how many others such a unit could exchange it},
            or how these numbers change
        """
        self.units = units
        self.pairs = pairs
        self.partners = partners
        self.altered = dict.fromkeys(units, 0)
        for (one, other), pair in pairs.items():
            self.altered[one] |= pair.alters
            self.altered[other] |= pair.alters

    @classmethod
    def of(cls, units, printed):
        """Return the moves of units while some numbers are printed, as {category: bits}."""
        # Nobody (no blocks) stands for the partner of a unit that moves alone
        sides = {category: [0, *bits] for category, bits in units.items()}
        pairs = {
            (one, other): Pair.of(sides[one], sides[other], printed[one] | printed[other])
            for one, other in combinations(units, 2)
        }
        moves = cls(units, pairs, defaultdict(int))
        for names, pair in pairs.items():
            for group in (*pair.groups, *pair.same):
                moves._add_partners(moves.partners, names, group, 1)
        return moves

    def without(self, category, bit, reserve):
        """Return the moves that do not alter one more number; their partners are changes.

        None if somebody is left with fewer partners than the reserve, or than she had of those.
        """
        pairs, change = {}, defaultdict(int)
        for names, pair in self.pairs.items():
            if category in names and pair.alters & bit:
                pair, split = pair.without(bit)
                for group, parts in split:
                    self._add_partners(change, names, group, -1)
                    for part in parts:
                        self._add_partners(change, names, part, 1)
                    if self._is_pinned(change, names, group, reserve):
                        return None
            pairs[names] = pair
        return Moves(self.units, pairs, change)

    def _is_pinned(self, change, names, group, reserve):
        """Whether a unit of a group lost partners that it needs; others only get fewer still."""
        for category, units in zip(names, group, strict=False):
            for bits in units:
                number = self.partners[category, bits] if bits else 0
                if number + (change[category, bits] if bits else 0) < min(number, reserve):
                    return True
        return False

    def become(self, less):
        """Take over a change."""
        self.pairs, self.altered = less.pairs, less.altered
        for unit, change in less.partners.items():
            self.partners[unit] += change

    def _add_partners(self, partners, names, group, sign):
        """Count in whom the units of a group could exchange their category with, or take it off."""
        for category, other, units, others in (
            (*names, group[0], group[1]),
            (*reversed(names), group[1], group[0]),
        ):
            # Who can move alone needs nobody
            number = sum(self.units[other][bits] if bits else ALONE for bits in others)
            for bits in units:
                if bits:
                    partners[category, bits] += sign * number
