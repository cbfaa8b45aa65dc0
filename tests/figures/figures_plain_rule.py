"""The rule of the small-number protection, by trying every move: slow, and short to read."""

from collections import Counter

from odoo.addons.integration_management.figures.protection.rule import ALONE, Protection, positions


class PlainProtection(Protection):
    """Decides as ``Protection`` does, without its grouping of the units."""

    def _moves(self):
        """Yield (family, category, unit, other category, other unit); 0 stands for nobody."""
        for family, units in self.lattice.families.items():
            for category in self.lattice.categories:
                for other in self.lattice.categories:
                    printed = self.printed[category] | self.printed[other]
                    for one in (0, *units[category]) if other != category else ():
                        for two in (0, *units[other]):
                            if not (one ^ two) & printed:
                                yield family, category, one, other, two

    def _has_move(self, category, position):
        return any(
            (one ^ two) >> position & 1
            for _family, c, one, _other, two in self._moves()
            if c == category
        )

    def _release(self, category, position):
        movable, partners = self._movable(), self._partners()
        self.printed[category] |= 1 << position
        left, reserve = self._partners(), self.lattice.reserves[position]
        if movable != self._movable() or any(
            left[unit] < min(number, reserve) for unit, number in partners.items()
        ):
            self.printed[category] &= ~(1 << position)

    def _movable(self):
        """Return the protected cells that have a move, by family."""
        return {
            (family, category, position)
            for family, category, one, _other, two in self._moves()
            for position in positions((one ^ two) & self.protected[category])
        }

    def _partners(self):
        """Return with how many others a unit could exchange its category."""
        partners = Counter()
        for family, category, one, other, two in self._moves():
            if one:
                units = self.lattice.families[family][other]
                partners[family, category, one] += units[two] if two else ALONE
        return partners
