import random
from fractions import Fraction
from itertools import combinations

from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.figures.protection.tables import Tables

SEED = 20260101
WORLDS = 20


def rank(vectors):
    """Return how many of the vectors say something new, by elimination as taught at school."""
    rows, found = [[Fraction(x) for x in vector] for vector in vectors], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        found += 1
        rows = [
            [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
            for row in rows
            if row is not pivot
        ]
    return found


def gives_away(atoms, tables, threshold):
    """Return a group of too few persons of whom some sum of the tables tells alone, or None.

    A sum, with whatever factors, that is about the group alone is nothing on all other atoms: so
    without the atoms of the group the tables say less new.
    """
    order = sorted(atoms)
    vectors = [[int(a in cells) for a in order] for cells in tables]
    whole = rank(vectors)
    # An atom with enough persons is in no such sum
    persons = sorted(set().union(*(p for p in atoms.values() if len(p) < threshold)))
    for group in combinations(persons, min(threshold - 1, len(persons))):
        others = [number for number, a in enumerate(order) if not atoms[a] <= set(group)]
        if rank([[vector[number] for number in others] for vector in vectors]) < whole:
            return group
    return None


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
        """Whatever she adds up and takes off, however often, is about enough persons."""
        for seed in range(SEED, SEED + WORLDS):
            atoms, tables = self._told(seed)
            told = [cells for cells, is_told in tables if is_told]
            self.assertIsNone(gives_away(atoms, told, 3), f"seed {seed}")

    def test_no_table_is_hidden_without_need(self):
        """What is about enough persons is hidden only if it would give few away."""
        for seed in range(SEED, SEED + WORLDS // 4):
            atoms, tables = self._told(seed)
            told = []
            for cells, is_told in tables:
                if is_told:
                    told.append(cells)
                elif len(set().union(*(atoms[a] for a in cells))) >= 3:
                    self.assertTrue(gives_away(atoms, [*told, cells], 3), f"seed {seed}")

    def test_a_table_taken_twice(self):
        """Third quarter and year of all, less Bob's whole time up to September and his second
        half, are twice Ann's third quarter and once her fourth: two persons."""
        ann3, ann4 = ("ann", 3), ("ann", 4)
        bob1, bob2, bob3, bob4 = bob = [("bob", quarter) for quarter in (1, 2, 3, 4)]
        atoms = {
            ann3: {0}, ann4: {0, 3},
            bob1: {4}, bob2: {5}, bob3: {4, 5, 6, 7}, bob4: {5, 6, 7, 1},
        }  # fmt: skip
        decided = Tables(atoms, 3)
        tables = [{ann3, bob3}, set(bob[:3]), {ann3, ann4, *bob}, {bob3, bob4}]
        self.assertEqual([decided.tell(table) for table in tables], [True, True, True, False])

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
            enough = [
                cells
                for _worker, cells in tables
                if len(set().union(*(atoms[a] for a in cells))) >= 3
            ]
            beaten += gives_away(atoms, enough, 3) is not None
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
