"""An employer of two counties whose topics are printed while a year goes by, and whoever adds up.

Talks are held day by day, some are entered late, changed or cancelled; persons are erased;
mandates are entered; the smallest number is another one. Whatever is told is kept by the attacker
as the set of talks it was about, each with what it was about at that time.
"""

import random
from datetime import date, timedelta
from itertools import combinations
from types import SimpleNamespace

from dateutil.relativedelta import relativedelta

from odoo.addons.integration_management.figures.period import Period
from odoo.addons.integration_management.figures.protection.employers import EmployersContents
from odoo.addons.integration_management.figures.protection.forget import _forgotten
from odoo.addons.integration_management.figures.protection.printed import Printed, Talk
from odoo.addons.integration_management.figures.protection.times import (
    DAY,
    Grant,
    grant_cuts,
    quarter_end,
    quarters_until,
)

PRIME = (1 << 61) - 1
FIRST = date(2025, 1, 1)
WORKERS = (1, 2, 3)
COUNTIES = {1: 1, 2: 1, 3: 2}
PERSONS = range(1, 14)
CHANGES = ("enter", "enter", "enter", "topics", "all", "cancel", "grant")
COLUMNS = ("total", "worker", "place", "county", "month")


def rank(vectors):
    """Return how many of the vectors, as {place: number}, say something new."""
    rows = []
    for vector in map(dict, vectors):
        for first, row in rows:
            times = vector.get(first, 0)
            for place, number in row.items() if times else ():
                rest = (vector.get(place, 0) - times * number) % PRIME
                if rest:
                    vector[place] = rest
                else:
                    vector.pop(place, None)
        if vector:
            first = min(vector)
            inverse = pow(vector[first], -1, PRIME)
            rows.append((first, {p: n * inverse % PRIME for p, n in vector.items()}))
    return len(rows)


def few_told(persons, tables, threshold):
    """Return a group of too few persons of whom some sum of the tables tells alone, or None.

    :param persons: {atom: persons}
    """
    place = {atom: number for number, atom in enumerate(persons)}
    whole = rank({place[atom]: 1 for atom in table} for table in tables)
    known = sorted(set().union(*(p for p in persons.values() if len(p) < threshold)))
    for group in combinations(known, min(threshold - 1, len(known))):
        others = [atom for atom in persons if not persons[atom] <= set(group)]
        if rank({place[a]: 1 for a in others if a in table} for table in tables) < whole:
            return group
    return None


class ToldWorld:
    """Prints and changes in turn; ``told`` are the sets of talks of all that was told."""

    def __init__(self, seed, thresholds=(3,), *, recall=True):
        self.chance = random.Random(seed)
        self.thresholds, self.recall = thresholds, recall
        self.today = FIRST + relativedelta(months=3)
        self.talks, self.kept, self.grants, self.erased, self.told = {}, [], [], {}, []
        self.versions = 0
        self.usual = {p: (self.chance.choice(WORKERS), self.chance.choice((1, 1, 2, 3)))
                      for p in PERSONS}  # fmt: skip
        for _talk in range(16):
            self._enter()

    def run(self, rounds=14):
        """Let some months go by, and return a group of few persons that is given away, or None."""
        for _round in range(rounds):
            for _print in range(self.chance.choice((1, 2, 4))):
                self._print()
            self._change()
            self.today += timedelta(days=self.chance.choice((0, 1, 20, 45)))
        persons, named = {}, {marker: person for person, marker in self.erased.items()}
        for talk in set().union(*self.told):
            # What a talk was about is the same, whatever stands for its persons by now
            own = {named.get(person, person) for person in talk.persons}
            persons.setdefault(talk[:6], set()).update(own)
        tables = {frozenset(talk[:6] for talk in table) for table in self.told}
        return few_told(persons, tables, min(self.thresholds)) if tables else None

    # ------------------------------------------------------------
    # What happens
    # ------------------------------------------------------------
    def _enter(self):
        number = len(self.talks) + 1
        self.talks[number] = self._talk(number)

    def _talk(self, number):
        chance = self.chance
        start = FIRST if chance.random() < 0.4 else max(FIRST, self.today - timedelta(days=100))
        day = start + timedelta(days=chance.randrange(max(1, (self.today - start).days)))
        there = [person for person in PERSONS if person not in self.erased]
        persons = tuple(sorted(chance.sample(there, chance.choice((0, 1, 1, 1, 2)))))
        worker, place = self.usual[persons[0]] if persons else (chance.choice(WORKERS), 1)
        if chance.random() < 0.2:
            worker, place = chance.choice(WORKERS), chance.choice(list(COUNTIES))
        self.versions += 1
        return Talk(number, worker, place, day, (), (self.versions,), persons)

    def _change(self):
        for _change in range(self.chance.choice((0, 1, 2, 6))):
            number, what = self.chance.choice(list(self.talks)), self.chance.choice(CHANGES)
            if what == "enter":
                self._enter()
            elif what == "cancel":
                self.talks[number] = None
            elif what == "grant":
                self._grant()
            elif self.talks[number]:
                changed = self._talk(number)
                if what == "topics":
                    changed = self.talks[number]._replace(topics=changed.topics)
                self.talks[number] = changed
        if self.chance.random() < 0.2 and len(self.erased) < 5:
            self._erase()

    def _grant(self):
        start = date(2025, self.chance.choice((1, 2, 3, 5)), self.chance.choice((1, 15)))
        stop = self.chance.choice((date.max, start + timedelta(days=200)))
        since = self.today if self.grants else date.min
        self.grants.append(Grant(start, stop, since, len(self.grants)))

    def _erase(self):
        """Let somebody be erased, with her talks or without; a number stands for her."""
        person = self.chance.choice([p for p in PERSONS if p not in self.erased])
        self.erased[person] = -1000 - person
        self.kept = [(n, _forgotten(kept, {person: -1000 - person})) for n, kept in self.kept]
        for number, talk in self.talks.items():
            if talk and person in talk.persons:
                left = tuple(p for p in talk.persons if p != person)
                self.talks[number] = self.chance.choice((None, talk._replace(persons=left)))

    # ------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------
    def _period(self):
        """Return a time that somebody may ask for: those that are tables, and any other one."""
        start = FIRST + relativedelta(months=3 * self.chance.randrange(5))
        times = [(start, start + relativedelta(months=n) - DAY) for n in (1, 3, 6, 12)]
        ends = [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]
        times += [(begun, end) for begun in (date(2024, 1, 1), FIRST) for end in ends]
        times += [(g.start, min(g.stop, self.chance.choice(ends))) for g in self.grants]
        day = FIRST + timedelta(days=self.chance.randrange(400))
        times.append((day, day + timedelta(days=self.chance.choice((0, 30, 200)))))
        return self.chance.choice([time for time in times if time[0] <= time[1]])

    def _print(self):
        period = Period(*self._period(), self.today)
        printed = Printed.of(self.kept)
        until = max([quarter_end(period.date_to), *(stop for _start, stop in printed.spans)])
        cuts = {period.date_from, period.date_to + DAY, *quarters_until(until)}
        cuts |= {month.date_from for month in period.months_begun()} | set(grant_cuts(self.grants))
        contents = SimpleNamespace(
            counties=COUNTIES,
            period=period,
            until=until,
            thresholds={1: self.chance.choice(self.thresholds)},
            grants={1: list(self.grants)},
            cuts=sorted(cuts),
        )
        talks = [talk for talk in self.talks.values() if talk and talk.day <= until]
        own = EmployersContents(contents, 1, talks, printed)
        for column in self._columns(period):
            cells = [c for c in own.cells if self._is_in(column, period, c, c.start)]
            found = {unit.talk for unit in own.editions.units
                     if self._is_in(column, period, unit.talk, unit.talk.day)}  # fmt: skip
            if own.is_told(cells) and found:
                self.told.append(frozenset(found))
        fresh = own.fresh(len(self.kept) + 1)
        if fresh and self.recall:
            self.kept.append((len(self.kept) + 1, fresh))

    def _columns(self, period):
        """Yield (breakdown, member) of one or several breakdowns."""
        members = {
            "total": (None,), "worker": WORKERS, "place": COUNTIES, "county": (1, 2),
            "month": [month.date_from for month in period.months_begun()],
        }  # fmt: skip
        for name in self.chance.sample(COLUMNS, self.chance.choice((1, 1, 2, 5))):
            yield from ((name, member) for member in members[name])

    @staticmethod
    def _is_in(column, period, cell, day):
        name, member = column
        return (
            period.date_from <= day <= period.date_to
            and member
            == {
                "total": None,
                "worker": cell.worker,
                "place": cell.place,
                "county": COUNTIES[cell.place],
                "month": max(day.replace(day=1), period.date_from),
            }[name]
        )
