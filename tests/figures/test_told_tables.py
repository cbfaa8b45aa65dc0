import random
from fractions import Fraction
from itertools import combinations

from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.figures.protection.tables import Tables

SEED = 20260101
WORLDS = 20


def in_span(vectors, target):
    """Return whether a vector is a sum of others, by elimination as it is taught at school."""
    rows = [[Fraction(x) for x in vector] for vector in vectors]
    target, column = [Fraction(x) for x in target], 0
    for column in range(len(target)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [
            [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
            for row in rows
            if row is not pivot
        ]
        times = target[column] / pivot[column]
        target = [a - times * b for a, b in zip(target, pivot, strict=True)]
    return not any(target)


@tagged("post_install", "-at_install")
class TestToldTables(BaseCase):
    """Tables told whole: enough persons in each, and in whatever is left between them."""

    def _world(self, seed, threshold=3):
        """Return (atoms with persons, tables in order) of three workers over four quarters."""
        chance = random.Random(seed)
        atoms = {}
        for worker in range(3):
            for quarter in range(4):
                if chance.random() < 0.85:
                    number = chance.choice((0, 1, 2, 3, 5, 8))
                    atoms[worker, quarter] = set(chance.sample(range(24), number))
        tables = []
        for quarter in range(4):
            # The whole time up to now, half-years, quarters
            for start in sorted({0, 2 if quarter == 3 else quarter, quarter}):
                for worker in (None, 0, 1, 2):
                    cells = {
                        (w, q) for w, q in atoms if start <= q <= quarter and worker in (None, w)
                    }
                    tables.append((worker is not None, cells))
        return Tables(atoms, threshold), atoms, tables

    def _told(self, seed, threshold=3):
        decided, atoms, tables = self._world(seed, threshold)
        return atoms, [(cells, decided.tell(cells)) for _worker, cells in tables]

    def test_nothing_small_is_left_over(self):
        """Whatever set of talks she adds up and takes off, it is about enough persons."""
        for seed in range(SEED, SEED + WORLDS):
            atoms, tables = self._told(seed)
            order = sorted(atoms)
            vectors = [[int(a in cells) for a in order] for cells, told in tables if told]
            few = [a for a in order if len(atoms[a]) < 3]
            for size in range(1, len(few) + 1):
                for chosen in combinations(few, size):
                    if len(set().union(*(atoms[a] for a in chosen))) < 3:
                        target = [int(a in chosen) for a in order]
                        self.assertFalse(in_span(vectors, target), f"seed {seed}: {chosen}")

    def test_what_is_harmless_is_told(self):
        """Most tables with enough persons are; all of them where every part has enough."""
        told = enough = 0
        for seed in range(SEED, SEED + WORLDS):
            atoms, tables = self._told(seed)
            for cells, is_told in tables:
                if len(set().union(*(atoms[a] for a in cells))) >= 3:
                    enough += 1
                    told += is_told
                else:
                    self.assertFalse(is_told and cells)
        self.assertGreater(told / enough, 0.5, "in worlds half of which are small")
        rich = {(w, q): {10 * w + n for n in range(5)} for w in range(3) for q in range(4)}
        decided = Tables(rich, 5)
        for cells in ({(w, q)} for w, q in rich):
            self.assertTrue(decided.tell(cells))

    def test_plain_subtraction_leaves_small_rests(self):
        """She is no straw man: where persons alone are counted, small rests are left."""
        beaten = 0
        for seed in range(SEED, SEED + WORLDS):
            _decided, atoms, tables = self._world(seed)
            order = sorted(atoms)
            vectors = [
                [int(a in cells) for a in order]
                for _worker, cells in tables
                if len(set().union(*(atoms[a] for a in cells))) >= 3
            ]
            beaten += any(
                len(atoms[a]) < 3 and in_span(vectors, [int(a == b) for b in order]) for a in atoms
            )
        self.assertGreater(beaten, WORLDS // 2)

    def test_a_colleague_of_few(self):
        """The employer's table less that of one worker is the other's: it is not told as well."""
        atoms = {("ann", 0): set(range(20)), ("bob", 0): {30, 31}}
        decided = Tables(atoms, 5)
        self.assertTrue(decided.tell({("ann", 0), ("bob", 0)}))
        self.assertFalse(decided.tell({("bob", 0)}))
        self.assertFalse(decided.tell({("ann", 0)}))

    def test_a_small_quarter(self):
        """What was told stays told: the half-year gives way to its first quarter."""
        atoms = {("ann", 0): set(range(20)), ("ann", 1): {30, 31}}
        decided = Tables(atoms, 5)
        self.assertTrue(decided.tell({("ann", 0)}))
        self.assertFalse(decided.tell({("ann", 1)}))
        self.assertFalse(decided.tell({("ann", 0), ("ann", 1)}))

    def test_nobody_known(self):
        """Talks with nameless persons alone are about too few, but no talk at all is no secret."""
        decided = Tables({("ann", 0): set(range(9)), ("bob", 0): set()}, 5)
        self.assertFalse(decided.tell({("bob", 0)}))
        self.assertTrue(decided.tell({("ann", 0)}))
        self.assertFalse(decided.tell({("ann", 0), ("bob", 0)}))
        self.assertTrue(decided.tell({("cid", 0)}))
