import random
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.figures.protection import year
from odoo.addons.integration_management.figures.protection.year import Presence, YearOfTraits

from ..product import thirds
from .figures_attacker import COUNTY, PlainProtection, PrintedTwice, SmallWorld

SEED = 20260101
TABLES = 10
WORLDS = 4
# Worlds of each kind with ``bin/test --full``
FULL = 200


@tagged("post_install", "-at_install")
class TestSmallNumbers(BaseCase):
    """No hidden number can be worked out, and what is harmless is printed."""

    def _attack(self, worlds, **world):
        """Print a year's tables as time goes by, and try to work out what is hidden in them."""
        number = worlds if thirds.current() else FULL
        for seed in range(SEED, SEED + number):
            small = SmallWorld(seed, **world)
            output, truth = small.printed_in_time(small.truth), small.count(small.truth)
            # The whole year printed at once says the same as what was printed month by month
            self.assertEqual(small.printed(small.truth), output, f"seed {seed}")
            for cell, number in output.items():
                if number is not None:
                    self.assertEqual(number, truth[cell], f"seed {seed}: {cell}")
                    self.assertFalse(0 < number < small.threshold, f"seed {seed}: {cell}")
            self.assertEqual(small.worked_out(output), [], f"seed {seed}")

    def test_attacker_on_two_categories(self):
        self._attack(WORLDS, persons=9, categories=2, threshold=3)

    def test_attacker_on_three_categories(self):
        self._attack(WORLDS, persons=6, categories=3, threshold=2)

    def test_attacker_in_two_counties(self):
        """Employers work on both sides of a border; each county prints what is hers."""
        self._attack(WORLDS, persons=6, categories=3, threshold=2, border=True)

    def test_attacker_on_too_few_persons(self):
        """What small tables hide altogether, larger ones do not tell."""
        self._attack(WORLDS, persons=7, categories=3, threshold=2, floor=3)

    def test_attacker_who_knows_the_algorithm(self):
        """She rules out whatever would have been printed otherwise."""
        for tables, persons, categories in ((8, 8, 2), (4, 6, 3)):
            for seed in range(SEED, SEED + tables):
                small = SmallWorld(seed, persons, categories, threshold=2, floor=3)
                output = small.printed(small.truth)
                self.assertIn(None, output.values())
                found = small.worked_out(output, knows_algorithm=small.printed)
                self.assertEqual(found, [], f"seed {seed}")

    def test_attacker_on_half_years(self):
        self._attack(WORLDS, persons=8, categories=2, threshold=2, months=6)

    def test_attacker_on_changing_traits(self):
        """Somebody may have another category in each month."""
        self._attack(WORLDS, persons=4, categories=2, threshold=2, changing=True)

    def test_the_rule_taken_at_its_word(self):
        """The fast search for moves decides as trying all of them does."""
        for seed in range(SEED, SEED + TABLES):
            chance = random.Random(seed)
            small = SmallWorld(
                seed,
                chance.choice((6, 10)),
                chance.choice((2, 4)),
                chance.choice((2, 3)),
                months=chance.choice((3, 6)),
                floor=chance.choice((0, 3)),
                changing=chance.random() < 0.5,
            )
            with patch.object(year, "Protection", PlainProtection):
                expected = small.printed(small.truth)
            self.assertEqual(small.printed(small.truth), expected, f"seed {seed}")

    def test_the_attacker_is_no_straw_man(self):
        """Where small numbers alone are hidden, she works some of them out nearly always."""
        beaten = 0
        for seed in range(SEED, SEED + 20):
            small = SmallWorld(seed, persons=6, categories=3, threshold=3)
            beaten += bool(small.worked_out(small.naive(small.truth)))
        self.assertGreater(beaten, 15)

    # ------------------------------------------------------------
    # Single cases
    # ------------------------------------------------------------
    def _year(self, persons, threshold=5, floor=0, categories=3, months_over=12):
        """:param persons: list of (number, employer, worker, place, months, category)"""
        presences, paths = [], {}
        for number, employer, worker, place, months, category in persons:
            for _index in range(number):
                person = len(paths)
                paths[person] = [category] * 12
                presences += [Presence(person, employer, worker, place, month) for month in months]
        year = YearOfTraits(
            presences, range(categories), paths, {1: COUNTY, 2: COUNTY}, months_over, floor
        )
        employers = {row.employer for row in presences}
        year.decide(dict.fromkeys(employers, threshold), {COUNTY: threshold})
        return year

    def _row(self, year, node, span):
        return [year.value(node, span, category) for category in year.categories]

    def test_small_number_takes_another_along(self):
        year = self._year([(30, 1, 1, 1, [0], 0), (7, 1, 1, 1, [0], 1), (2, 1, 1, 1, [0], 2)])
        self.assertEqual(self._row(year, ("employer", 1), (1, 0)), [30, None, None])

    def test_zero_is_printed(self):
        year = self._year([(30, 1, 1, 1, [0], 0), (20, 1, 1, 1, [0], 1)])
        self.assertEqual(self._row(year, ("employer", 1), (1, 0)), [30, 20, 0])

    def test_two_ones_are_not_left_alone(self):
        """Two hidden numbers with the sum of two would both be one."""
        year = self._year([(40, 1, 1, 1, [0], 0), (1, 1, 1, 1, [0], 1), (1, 1, 1, 1, [0], 2)])
        self.assertEqual(self._row(year, ("employer", 1), (1, 0)), [None, None, None])

    def test_hidden_in_a_month_is_hidden_in_the_quarter_that_equals_it(self):
        year = self._year([(30, 1, 1, 1, [0], 0), (7, 1, 1, 1, [0], 1), (2, 1, 1, 1, [0], 2)])
        for span in ((1, 0), (3, 0), (6, 0), (12, 0)):
            self.assertEqual(self._row(year, ("employer", 1), span), [30, None, None], span)
        self.assertEqual(self._row(year, ("employer", 1), (3, 1)), [0, 0, 0])

    def test_a_colleague_does_not_give_it_away(self):
        """The employer's number less the visible one of a worker is that of the other."""
        year = self._year(
            [
                (30, 1, 1, 1, [0], 0), (20, 1, 1, 1, [0], 1),
                (30, 1, 2, 1, [0], 0), (3, 1, 2, 1, [0], 1),
            ]
        )  # fmt: skip
        self.assertEqual(self._row(year, ("employer", 1), (1, 0)), [60, 23, 0])
        self.assertIsNone(year.value(("worker", 1, 2), (1, 0), 1))
        self.assertIsNone(year.value(("worker", 1, 1), (1, 0), 1))

    def test_too_few_persons_print_no_trait(self):
        persons = [(7, 1, 1, 1, [0], 0), (6, 1, 1, 1, [0], 1)]
        self.assertEqual(self._row(self._year(persons), ("employer", 1), (1, 0)), [7, 6, 0])
        floor = self._year(persons, floor=3)
        self.assertEqual(self._row(floor, ("employer", 1), (1, 0)), [None, None, None])

    def test_employers_do_not_influence_each_other(self):
        """What an employer hides tells nothing about another employer."""
        own = [(30, 1, 1, 1, [0], 0), (7, 1, 1, 1, [0], 1), (2, 1, 1, 1, [0], 2)]
        alone = self._year(own)
        together = self._year([*own, (1, 2, 3, 1, [0], 0), (9, 2, 3, 1, [0], 1)])
        for node in (("employer", 1), ("worker", 1, 1), ("place", 1, 1)):
            for span in ((1, 0), (12, 0)):
                self.assertEqual(self._row(alone, node, span), self._row(together, node, span))

    def test_a_normal_employer_gets_useful_figures(self):
        """Of the large numbers of an employer with 80 persons most are, of 200 nearly all."""
        for persons, least in ((80, 0.55), (200, 0.8)):
            shown, large = self._useful(persons)
            self.assertGreater(large, 80)
            self.assertGreater(shown / large, least, f"{shown} of {large}, {persons} persons")

    def _useful(self, persons):
        """Return how many large numbers of an employer are printed, quarters and longer."""
        shown = large = 0
        for seed in range(SEED, SEED + 3):
            year = self._year(self._normal_employer(seed, persons), categories=6, floor=3)
            for span in ((12, 0), (6, 0), (6, 1), (3, 0), (3, 1), (3, 2), (3, 3)):
                numbers = year.numbers[("employer", 1), span]
                for category in year.categories:
                    if numbers[category] >= 5:
                        large += 1
                        shown += year.value(("employer", 1), span, category) is not None
        return shown, large

    def _normal_employer(self, seed, number):
        """Return so many persons of three workers in two places."""
        chance, persons = random.Random(seed), []
        for _person in range(number):
            start = chance.randrange(9)
            months = [m for m in range(start, 12) if chance.random() < 0.6] or [start]
            worker, place = chance.choice((1, 2, 3)), chance.choice((1, 2))
            category = chance.choices(range(6), [30, 25, 20, 15, 6, 4])[0]
            persons.append((1, 1, worker, place, months, category))
        return persons


@tagged("post_install", "-at_install")
class TestPrintedAgain(BaseCase):
    """What was printed, and what is printed after a late entry, tell nothing small together."""

    def _attack(self, **world):
        number = WORLDS if thirds.current() else FULL
        for seed in range(SEED, SEED + number):
            small = PrintedTwice(seed, **world)
            self.assertEqual(small.attack(), [], f"seed {seed}")

    def test_late_entries(self):
        self._attack(persons=8, categories=2, threshold=2)

    def test_late_entries_of_three_categories(self):
        self._attack(persons=6, categories=3, threshold=2)

    def test_late_entries_in_two_counties(self):
        self._attack(persons=8, categories=2, threshold=2, border=True)

    def test_late_entries_and_a_lower_threshold(self):
        self._attack(persons=8, categories=2, threshold=3, later=2)

    def test_late_entries_and_a_higher_threshold(self):
        self._attack(persons=8, categories=2, threshold=2, later=3)

    def test_decided_anew_it_tells_small_numbers(self):
        """She is no straw man: where nothing is kept, the second print less the first tells it."""
        found = []
        for seed in range(SEED, SEED + 20):
            small = PrintedTwice(seed, persons=8, categories=2, threshold=2)
            found += small.attack(recall=False)
        self.assertTrue(found)
        self.assertEqual(
            self._years({0: 30, 1: 20}, {0: 31, 1: 20}, recall=False), [[30, 20, 0], [31, 20, 0]]
        )

    # ------------------------------------------------------------
    # Single cases
    # ------------------------------------------------------------
    def _years(
        self, first, second, threshold=5, later=None, categories=3, more=0, recall=True
    ):  # fmt: skip
        """Return the numbers of the employer's January in two prints, of {category: persons}.

        :param more: categories that there are at the second print only
        """
        rows, years = [], []
        for numbers in (first, second):
            paths, presences = {}, []
            for category, count in numbers.items():
                for index in range(count):
                    person = 1000 * category + index
                    paths[person] = [category] * 12
                    presences.append(Presence(person, 1, 1, 1, 0))
            listed = range(categories + (more if years else 0))
            year = YearOfTraits(presences, listed, paths, {1: COUNTY}, 12, 0)
            limit = later if years and later else threshold
            if years and recall:
                year.recall(years[0].fresh)
            year.decide({1: limit}, {COUNTY: limit})
            years.append(year)
            rows.append([year.value(("employer", 1), (1, 0), c) for c in listed])
        return rows

    def test_one_more_person_is_not_told(self):
        first, second = self._years({0: 30, 1: 20}, {0: 31, 1: 20})
        self.assertEqual(first, [30, 20, 0])
        self.assertEqual(second, first)

    def test_enough_more_persons_are_told(self):
        """Nobody's category is told by what has come, for others of the same have others."""
        first, second = self._years({0: 30, 1: 20}, {0: 36, 1: 27})
        self.assertEqual((first, second), ([30, 20, 0], [36, 27, 0]))

    def test_all_of_one_category_are_not_told(self):
        """Whoever came all have the same one: their number would tell that of each of them."""
        first, second = self._years({0: 30, 1: 20}, {0: 36, 1: 20})
        self.assertEqual(second, first)

    def test_a_small_part_of_many_is_not_told(self):
        first, second = self._years({0: 30, 1: 20}, {0: 37, 1: 21})
        self.assertEqual(second, first)

    def test_persons_taken_out_are_not_told(self):
        first, second = self._years({0: 30, 1: 20}, {0: 29, 1: 20})
        self.assertEqual(second, first)

    def test_a_new_category(self):
        """A kind of benefit that came with a late entry gives nobody away."""
        first, second = self._years({0: 30, 1: 20}, {0: 30, 1: 19, 3: 1}, more=1)
        self.assertEqual(first, [30, 20, 0])
        self.assertEqual(second, [30, 20, 0, 0])

    def test_a_lower_threshold_shows_nothing_of_the_past(self):
        first, second = self._years(*[{0: 30, 1: 7, 2: 4}] * 2, threshold=5, later=3)
        self.assertEqual(first, [30, None, None])
        self.assertEqual(second, first)

    def test_a_higher_threshold_takes_nothing_back(self):
        first, second = self._years(*[{0: 30, 1: 7}] * 2, threshold=5, later=20)
        self.assertEqual((first, second), ([30, 7, 0], [30, 7, 0]))
