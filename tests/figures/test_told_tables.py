import random
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.figures.protection.tables import Tables

from .test_report_contents import ContentsCommon

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


@tagged("post_install", "-at_install")
class TestToldAgain(ContentsCommon):
    """Who prints often, or moves what tables are made of, learns nothing of few persons."""

    def _mandate_moved(self, user, days, **values):
        """Return what is told of the times from the talk of one person, and from the day after."""
        usual, secret = self.topics
        for day in (self.quarter + timedelta(days=3), self.quarter_end - timedelta(days=3)):
            self._talks(self.cases, usual, day)
        day = date(self.year, 8, 11)
        self._talks(self.cases[:1], secret, day)
        mandate = self._as(user)["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": self.town_b.id,
                "mode": "own",
                "date_start": day + timedelta(days=days[0]),
            }
        )
        told = []
        for moved in days:
            mandate.date_start = day + timedelta(days=moved)
            told.append(
                self._told(day + timedelta(days=moved), self.quarter_end, user=user, **values)
            )
        return told

    def test_a_mandate_moved_day_by_day(self):
        """An administrator keeps mandates and prints, and so does the coordination office."""
        for user, values in (
            (self.admin_a, {"scope": "all"}),
            (
                self.county_user,
                {"scope": "all", "breakdown": "employer", "key": str(self.company_a.id)},
            ),
        ):
            for days in ((0, 1), (1, 0)):
                with self.subTest(user.login, days=days), self.cr.savepoint() as savepoint:
                    self.assertIn(None, self._mandate_moved(user, days, **values))
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_a_mandate_entered_later_tells_nothing_of_former_days(self):
        """Nor does one that is deleted and entered again; what it was stays remembered."""
        with freeze_time(self.today + timedelta(days=1)):
            first, second = self._mandate_moved(self.admin_a, (0, 1), scope="all")
            self.assertIsNone(first)
            self.assertIsNone(second)
        times = self.company_a.integration_grant_times
        self.env["integration.mandate"].search(
            [("company_id", "=", self.company_a.id), ("municipality_id", "=", self.town_b.id)]
        ).unlink()
        self.assertEqual(self.company_a.integration_grant_times, times)
        self.assertEqual(len(times), 3)

    def test_what_is_remembered_is_nobodys_to_read_or_write(self):
        """Not of those who keep mandates, nor of whoever holds Odoo's own right to the settings."""
        settings = self._new_user("settings_only", "base.group_system", self.company_a)
        times = self.company_a.integration_grant_times
        self.assertTrue(times)
        for user in (self.admin_a, self.county_user, settings):
            company = self.company_a.with_env(self._as(user))
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    company.read(["integration_grant_times"])
                with self.assertRaises(AccessError):
                    company.write({"integration_grant_times": []})
                with self.assertRaises(AccessError):
                    company.search([("integration_grant_times", "!=", False)])
        self.assertEqual(self.company_a.integration_grant_times, times)

    def test_tables_added_up_twice(self):
        """All in the third quarter and in the year, less those of Bob, are twice Ann's third
        quarter and her fourth: two persons."""
        (self.company_a + self.company_county).integration_small_number = 3
        usual, secret = self.topics
        cases = self.cases + self._cases(self.worker_a, 3)
        ann, bob, year = self.worker_a, self.colleague_a, self.year
        talks = [(ann, 8, 0), (ann, 11, 0), (ann, 11, 3), (bob, 2, 4), (bob, 5, 5)]
        talks += [(bob, 8, person) for person in (4, 5, 6, 7)]
        talks += [(bob, 11, person) for person in (5, 6, 7, 1)]
        for user, month, person in talks:
            topic = secret if (user, month, person) == (ann, 11, 3) else usual
            self.env["integration.contact"].with_company(self.company_a).create(
                {
                    "case_id": cases[person].id,
                    "municipality_id": self.town_a.id,
                    "user_id": user.id,
                    "date": date(year, month, 10),
                    "channel_id": self.home_visit.id,
                    "topic_ids": [Command.set(topic.ids)],
                    "person_ids": [Command.create({"client_id": cases[person].client_id.id})],
                }
            )
        end, bobs = date(year, 12, 31), {"scope": "worker", "user_id": bob.id}
        told = [
            self._told(self.quarter, self.quarter_end, scope="all"),
            self._told(date(year, 1, 1), end, scope="all"),
            self._told(self.start, self.quarter_end, **bobs),
            self._told(self.quarter, end, **bobs),
        ]
        self.assertIn(None, told)
        self.assertLess(told.count(None), len(told), "what is harmless is told")
