"""Which talks the tables of areas and topics of an employer were printed with, and are still.

Once a table is printed, all talks of the employer in its time are *settled*: whatever is told of
that time, now or later, rests on them as they were. What is entered, changed or deleted
afterwards *waits*. Else the difference of two prints would be what one person talked about. What
waits comes in as a whole, or that of one piece of time does, as soon as it is about enough
persons and tells nothing of too few (editions.py).

Plain Python, no database. Each talk has the numbers of the prints from which on, and from which
on no more, it was counted: so all former prints are known, and none of them may give anything
away together with later ones (tables.py).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

# What was not printed yet, or is counted still
NEVER = 1 << 30


class Talk(NamedTuple):
    """A talk as it is counted. Of an erased person there is a negative number in her place."""

    id: int
    worker: int
    place: int
    day: date
    areas: tuple
    topics: tuple
    persons: tuple

    @classmethod
    def of(cls, packed):
        """Return what ``packed`` returned, or the database."""
        talk, worker, place, day, *lists = packed
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return cls(talk, worker, place, day, *(tuple(sorted(ids or ())) for ids in lists))

    def packed(self):
        """Return what is stored."""
        return [*self[:3], self.day.isoformat(), *map(list, self[4:])]

    def counted(self):
        """Yield (rule, item) of all that it counts for; item 0 says that any is known."""
        for rule, items in (("talk_area", self.areas), ("talk_topic", self.topics)):
            if items:
                yield from ((rule, item) for item in (0, *items))

    def is_same(self, other):
        """Whether nothing has changed but that somebody was erased or anonymised since."""
        if self == other:
            return True
        known = {person for person in self.persons if person > 0}
        return (
            self[:6] == other[:6]
            and len(self.persons) == len(other.persons)
            and len(known) < len(self.persons)
            and known <= set(other.persons)
        )


@dataclass
class Unit:
    """A talk, counted in the prints with numbers from ``born`` on and below ``gone``."""

    talk: Talk
    born: int
    gone: int = NEVER


class Key(NamedTuple):
    """A table: whose work (a member of contents.py), and from which day to which."""

    member: tuple
    start: date
    stop: date

    @classmethod
    def of(cls, packed):
        """Return what ``packed`` returned."""
        member, *days = packed
        return cls(tuple(member), *map(date.fromisoformat, days))

    def packed(self):
        """Return what is stored."""
        return [list(self.member), self.start.isoformat(), self.stop.isoformat()]


@dataclass
class Printed:
    """What was printed of an employer.

    :ivar spans: times of which all talks are settled
    :ivar told: {key: number of the first print}
    :ivar hidden: {key: persons that it was about when it was hidden}
    :ivar units: all talks that were ever counted in a print
    """

    spans: set = field(default_factory=set)
    told: dict = field(default_factory=dict)
    hidden: dict = field(default_factory=dict)
    units: list = field(default_factory=list)
    number: int = 0

    @classmethod
    def of(cls, kept):
        """Return what was stored, as [(number, what ``fresh`` returned)]."""
        printed, counted = cls(), {}
        for number, row in kept:
            printed.number = number
            printed.spans |= {tuple(map(date.fromisoformat, span)) for span in row["spans"]}
            for talk in row["gone"]:
                counted.pop(talk).gone = number
            for packed in row["talks"]:
                unit = Unit(Talk.of(packed), number)
                counted[unit.talk.id] = unit
                printed.units.append(unit)
            for key in map(Key.of, row["told"]):
                printed.told.setdefault(key, number)
                printed.hidden.pop(key, None)
            for key, persons in row["hidden"]:
                printed.hidden[Key.of(key)] = set(persons)
        return printed

    def covers(self, start, stop=None):
        """Whether all talks of a time are settled."""
        return any(first <= start and (stop or start) <= last for first, last in self.spans)

    def compared(self, talks):
        """Compare with the talks of today: (units that count, that came, that went).

        What came is not counted yet, and what went still is.
        """
        today = {talk.id: talk for talk in talks}
        counted = {unit.talk.id: unit for unit in self.units if unit.gone == NEVER}
        came = []
        units = list(counted.values())
        for talk in talks:
            former = counted.get(talk.id)
            if former and former.talk.is_same(talk):
                continue
            new = Unit(talk, NEVER)
            if former or self.covers(talk.day):
                came.append(new)
            else:
                units.append(new)
        went = [
            unit
            for number, unit in counted.items()
            if number not in today or not unit.talk.is_same(today[number])
        ]
        return units, came, went


def persons_of(units):
    """Return the persons of talks, but those who were erased."""
    return {person for unit in units for person in unit.talk.persons if person > 0}
