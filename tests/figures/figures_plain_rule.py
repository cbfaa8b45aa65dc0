"""The rule of the small-number protection, by trying every move: slow, and short to read."""

from odoo.addons.integration_management.figures.protection.rule import Protection, positions


class PlainProtection(Protection):
    """Decides as ``Protection`` does, without its grouping of the units."""

    def _has_move(self, category, position):
        bit = 1 << position
        units = {c: [0, *self.lattice.units[c]] for c in self.lattice.categories}
        return any(
            (one ^ other) & bit and not (one ^ other) & (self.printed[category] | self.printed[c])
            for c in self.lattice.categories
            if c != category
            for one in units[category]
            for other in units[c]
        )

    def _release(self, category, position):
        movable = self._movable()
        self.printed[category] |= 1 << position
        if movable != self._movable():
            self.printed[category] &= ~(1 << position)

    def _movable(self):
        """Return the protected cells that have a move."""
        return [
            (category, position)
            for category, bits in self.protected.items()
            for position in positions(bits)
            if self._has_move(category, position)
        ]
