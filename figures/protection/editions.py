"""Tables of an employer that were printed, and what may be told beside all editions of them.

Plain Python, no database. An *atom* of contents.py falls into *parts* by the prints that counted
its talks, and by what waits. An edition of a table is the sum of the parts that it counted, and
editions are tables like any others (tables.py).
"""

from collections import defaultdict
from typing import NamedTuple

from .printed import NEVER, persons_of
from .tables import Tables

COUNTS, CAME, WENT = "counts", "came", "went"


class Part(NamedTuple):
    """Talks of an atom that the very same prints have counted.

    :ivar state: whether it waits, to come in or to go
    """

    atom: tuple
    born: int
    gone: int
    state: str


class Editions:
    """What is told of an employer, given all that was printed.

    :ivar units: the talks that count
    :ivar waiting: {state: talks that wait, or that are taken over by now}
    :ivar settled: {state: talks that waited, and are taken over by now}
    """

    def __init__(self, printed, talks, atom, threshold):
        """:param talks: those of today
        :param atom: function of a talk; the last member of an atom is its piece of time
        """
        self.printed = printed
        self.threshold = threshold
        self.atom = atom
        self.units, came, went = printed.compared(talks)
        self.waiting = {CAME: came, WENT: went}
        self.settled = {CAME: [], WENT: []}
        state = {id(unit): name for name, units in self.waiting.items() for unit in units}
        persons = defaultdict(set)
        former = [unit for unit in printed.units if unit.gone < NEVER]
        for unit in (*self.units, *came, *former):
            part = Part(atom(unit.talk), unit.born, unit.gone, state.get(id(unit), COUNTS))
            persons[part].update(unit.talk.persons)
        self.parts = defaultdict(set)
        for part in persons:
            self.parts[part.atom].add(part)
        self.tables = Tables(persons, threshold)
        # Parts that count by now
        self.now = {p for p in persons if p.gone == NEVER and p.state != CAME}

    def remember(self, atoms_of):
        """Take over all editions that were printed, and what waits, as far as that may be told.

        :param atoms_of: function of a key: the atoms of its table
        """
        tables = {key: self._parts(atoms_of(key)) for key in self.printed.told}
        for key, since in self.printed.told.items():
            numbers = {number for part in tables[key] for number in (part.born, part.gone)}
            for number in sorted({since, *(n for n in numbers if since < n < NEVER)}):
                self.tables.know({p for p in tables[key] if p.born <= number < p.gone})
        pieces = {self.atom(unit.talk)[-1] for units in self.waiting.values() for unit in units}
        for some in (pieces, *({piece} for piece in sorted(pieces))):
            self._settle(some, tables.values())

    def tell(self, atoms):
        """Return whether a table may be told as it is counted by now, and remember it if so."""
        return self.tables.tell(self._parts(atoms) & self.now)

    def _parts(self, atoms):
        return set().union(*(self.parts[atom] for atom in atoms))

    def _settle(self, pieces, tables):
        """Take over what waits in some pieces of time, if nothing small is told by that."""
        went = [unit for unit in self.waiting[WENT] if self.atom(unit.talk)[-1] in pieces]
        came = [unit for unit in self.waiting[CAME] if self.atom(unit.talk)[-1] in pieces]
        if len(persons_of((*came, *went))) < self.threshold:
            return
        # What has another day, say, does not come in as long as it stands where it was
        stay = {unit.talk.id for unit in self.waiting[WENT]} - {unit.talk.id for unit in went}
        if not stay.isdisjoint(unit.talk.id for unit in came):
            return
        more = {Part(self.atom(unit.talk), unit.born, unit.gone, CAME) for unit in came}
        less = {Part(self.atom(unit.talk), unit.born, unit.gone, WENT) for unit in went}
        now = self.now - less | more
        known = self.tables.rows
        for table in tables:
            if not table.isdisjoint(more | less) and not all(
                self.tables.tell(table & side) for side in (more, less, now)
            ):
                self.tables.rows = known
                return
        self.now = now
        done = set(map(id, (*came, *went)))
        for state, units in ((CAME, came), (WENT, went)):
            self.settled[state] += units
            self.waiting[state] = [unit for unit in self.waiting[state] if id(unit) not in done]
        self.units = [unit for unit in self.units if id(unit) not in done] + came
