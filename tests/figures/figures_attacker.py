"""Somebody who works out hidden figures, written without the protection of the engine.

She knows more than any role prints: of every nameless person the employers, workers,
municipalities and months (so all totals, also of the state figures, for all periods), and all
tables of all levels and periods, each printed when its period ended. What she does not know are
the persons' categories. She tries all of them.
"""

import random
from collections import Counter
from itertools import product

from odoo.addons.integration_management.figures.protection.rule import ALONE, Protection, positions
from odoo.addons.integration_management.figures.protection.year import Presence, YearOfTraits

COUNTY, OTHER_COUNTY = 1, 2
LENGTHS = (1, 3, 6, 12)


class SmallWorld:
    """Few persons at random, and all tables about them."""

    def __init__(
        self, seed, persons, categories, threshold, months=3, floor=0, changing=False, border=False,
        lengths=LENGTHS,
    ):  # fmt: skip
        """:param border: whether the two municipalities lie in two counties
        :param lengths: of the periods that are printed
        """
        self.random = random.Random(seed)
        self.persons = range(persons)
        self.categories = range(categories)
        self.threshold = threshold
        self.months = months
        self.floor = floor
        self.lengths = lengths
        self.counties = {1: COUNTY, 2: OTHER_COUNTY if border else COUNTY}
        self.presences = [row for person in self.persons for row in self._presences(person)]
        self.blocks = self._blocks()
        # The days at which a category is looked at: the last ones of the printed periods
        ends = {length * (number + 1) - 1 for _node, (length, number) in self.blocks}
        self.ends = sorted(ends) if changing else [None]
        weights = self.random.choice(([1] * categories, [5] + [1] * (categories - 1)))
        choose = self.random.choices
        self.truth = tuple(
            tuple(choose(self.categories, weights, k=len(self.ends))) for _person in self.persons
        )

    def _presences(self, person):
        """Give a person an employer, some months, mostly one worker and one place."""
        employer = self.random.choice((1, 2))
        worker, place = self.random.choice((1, 2)), self.random.choice((1, 2))
        months = [month for month in range(self.months) if self.random.random() < 0.5]
        for month in months or [self.random.randrange(self.months)]:
            if self.random.random() < 0.15:
                worker, place = self.random.choice((1, 2)), self.random.choice((1, 2))
            yield Presence(person, employer, 10 * employer + worker, place, month)

    def _blocks(self):
        """Return {(node, period): persons} of everything that anybody may print."""
        blocks = {}
        for row in self.presences:
            county = self.counties[row.municipality]
            for node in (
                ("county", county), ("municipality", row.municipality), ("employer", row.employer),
                ("place", row.employer, row.municipality), ("worker", row.employer, row.worker),
                ("part", row.employer, county),
            ):  # fmt: skip
                for length in self.lengths:
                    number = row.month // length
                    if (number + 1) * length <= self.months:
                        blocks.setdefault((node, (length, number)), set()).add(row.person)
        # An employer who works in one county has no part of her own there
        several = {
            employer: len({self.counties[r.municipality] for r in self.presences
                           if r.employer == employer and r.month < self.months}) > 1
            for employer in (1, 2)
        }  # fmt: skip
        return {
            block: persons
            for block, persons in blocks.items()
            if block[0][0] != "part" or several[block[0][1]]
        }

    def count(self, truth):
        """Return {(node, period, category): number} if that were the persons' categories."""
        cells = {}
        for (node, (length, number)), persons in self.blocks.items():
            position = 0 if self.ends == [None] else self.ends.index(length * (number + 1) - 1)
            there = [truth[person][position] for person in persons]
            for category in self.categories:
                cells[node, (length, number), category] = there.count(category)
        return cells

    def all_truths(self):
        """Yield all categories that the persons could have."""
        paths = list(product(self.categories, repeat=len(self.ends)))
        return product(paths, repeat=len(self.persons))

    # ------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------
    def year(self, truth, months_over=None, months_known=None):
        """Return what the engine has decided when so many months are over."""
        over = self.months if months_over is None else months_over
        paths = {}
        for person in self.persons:
            paths[person] = [truth[person][0]] * 12
            for end, category in zip(self.ends, truth[person], strict=True):
                if end is not None:
                    paths[person][end] = category
        year = YearOfTraits(
            [row for row in self.presences if row.month < (months_known or self.months)],
            self.categories,
            paths,
            self.counties,
            over,
            self.floor,
            self.lengths,
        )
        year.decide(
            dict.fromkeys((1, 2), self.threshold),
            dict.fromkeys((COUNTY, OTHER_COUNTY), self.threshold),
        )
        return year

    def printed(self, truth):
        """Return what the engine prints in all tables, None for what it hides."""
        year = self.year(truth)
        return {cell: year.value(*cell) for cell in self.count(truth)}

    def printed_in_time(self, truth):
        """Return what was printed of each table when its period had just ended.

        Nothing was known then of the months to come.
        """
        output = {}
        for month in range(1, self.months + 1):
            year = self.year(truth, month, month)
            for cell in self.count(truth):
                # The part of an employer is a table of its own once she works in two counties
                if cell not in output and cell[:2] in year.numbers:
                    output[cell] = year.value(*cell)
        return output

    def naive(self, truth):
        """Return the tables with nothing but the small numbers hidden."""
        return {
            cell: None if 0 < number < self.threshold else number
            for cell, number in self.count(truth).items()
        }

    # ------------------------------------------------------------
    # Attack
    # ------------------------------------------------------------
    def worked_out(self, output, knows_algorithm=None):
        """Return the hidden cells that have one possible value only.

        :param knows_algorithm: a function that prints the tables of other categories; these are
            ruled out as well if that would have looked different
        """
        values = {cell: set() for cell, number in output.items() if number is None}
        visible = [(cell, number) for cell, number in output.items() if number is not None]
        for truth in self.all_truths():
            cells = self.count(truth)
            if any(cells[cell] != number for cell, number in visible):
                continue
            if knows_algorithm and knows_algorithm(truth) != output:
                continue
            for cell, seen in values.items():
                seen.add(cells[cell])
        return [cell for cell, seen in values.items() if len(seen) < 2]


class PrintedTwice(SmallWorld):
    """Tables that are printed, and printed again after something was entered late.

    Some persons were entered late, others were taken out, others have another category by then.
    The attacker holds both prints, and knows which tables of the second one are new editions.
    """

    def __init__(self, seed, *args, later=None, **kwargs):
        """:param later: the threshold of the second print, if it is another one"""
        super().__init__(seed, *args, **kwargs)
        self.later = later or self.threshold
        chance = self.random
        self.fate = {p: chance.choice(("stays", "stays", "late", "left", "other"))
                     for p in self.persons}  # fmt: skip
        # Each has a category at the first print, and one at the second
        self.truth = tuple(
            (one, chance.choice(self.categories) if self.fate[person] == "other" else one)
            for person, (one, *_rest) in enumerate(self.truth)
        )

    def present(self, edition):
        """Return who is counted at a print."""
        away = ("late", "left")[edition]
        return {person for person, fate in self.fate.items() if fate != away}

    def decided(self, truth, recall=True):
        """Return what the engine has decided at both prints."""
        years = []
        for edition, threshold in enumerate((self.threshold, self.later)):
            present = self.present(edition)
            year = YearOfTraits(
                [row for row in self.presences if row.person in present],
                self.categories,
                {person: [truth[person][edition]] * 12 for person in present},
                self.counties,
                self.months,
                self.floor,
                self.lengths,
            )
            if years and recall:
                year.recall(years[0].fresh)
            year.decide(
                dict.fromkeys((1, 2), threshold), dict.fromkeys((COUNTY, OTHER_COUNTY), threshold)
            )
            years.append(year)
        return years

    def groups(self, years):
        """Return {(what, table): [(person, edition)]} of what was printed, hidden, or has changed.

        ``what`` is 0 or 1, the edition; "came" and "gone" are about the tables of both prints.
        """
        groups = {}
        for (node, span), persons in self.blocks.items():
            first, second = (sorted(persons & self.present(edition)) for edition in (0, 1))
            if (node, span) in years[0].numbers:
                groups[0, (node, span)] = [(p, 0) for p in first]
                groups["change", (node, span)] = (first, second)
            if self._is_new(years, (node, span)):
                groups[1, (node, span)] = [(p, 1) for p in second]
        return groups

    @staticmethod
    def _is_new(years, block):
        held = years[1].held.get(block)
        return held is not None and held is not years[0].held.get(block)

    def cells(self, groups, truth):
        """Return {cell: number} of all groups."""
        cells = {}
        for (what, block), members in groups.items():
            if what == "change":
                first = {(p, truth[p][0]) for p in members[0]}
                second = {(p, truth[p][1]) for p in members[1]}
                for side, units in (("came", second - first), ("gone", first - second)):
                    numbers = Counter(category for _person, category in units)
                    cells |= {(side, block, c): numbers[c] for c in self.categories}
            else:
                numbers = Counter(truth[p][edition] for p, edition in members)
                cells |= {(what, block, c): numbers[c] for c in self.categories}
        return cells

    def attack(self, recall=True):
        """Return the small numbers that both prints tell."""
        years = self.decided(self.truth, recall)
        groups = self.groups(years)
        right = self.cells(groups, self.truth)
        visible = {
            cell: years[cell[0]].value(*cell[1], cell[2])
            for cell in right
            if cell[0] in (0, 1) and years[cell[0]].value(*cell[1], cell[2]) is not None
        }
        for cell, number in visible.items():
            assert number == right[cell], cell
        least = min(self.threshold, self.later)
        secret = {
            cell: set()
            for cell, number in right.items()
            if cell not in visible and 0 < number < least
        }
        own = [
            [
                (one, two)
                for one, two in product(self.categories, repeat=2)
                if one == two or self.fate[person] == "other"
            ]
            for person in self.persons
        ]
        for truth in product(*own):
            cells = self.cells(groups, truth)
            if all(cells[cell] == number for cell, number in visible.items()):
                for cell, seen in secret.items():
                    seen.add(cells[cell])
        return [cell for cell, seen in secret.items() if len(seen) == 1]


class PlainProtection(Protection):
    """Decides as ``Protection`` does, without its grouping: by trying every move. Short to read."""

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
