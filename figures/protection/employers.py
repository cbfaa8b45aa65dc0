"""Which tables of areas and topics of one employer are told; see contents.py."""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from .editions import WENT, Editions
from .printed import NEVER, Key, Printed
from .times import DAY, EARLIEST, LENGTHS, Span, grant_cuts, quarter_end, quarters_until


@dataclass(frozen=True)
class Cell:
    """Talks of a worker in a municipality, from one day on to the next cut."""

    worker: int
    place: int
    start: date


class EmployersContents:
    """Which tables of one employer are told: her own, those of her parts in counties, workers'.

    What is decided does not depend on what somebody asks for: cells that only the asked columns
    tell apart are one atom.

    :ivar editions: which talks count, and which wait
    :ivar asked: the tables that somebody asks for
    """

    def __init__(self, contents, employer, talks, printed):
        self.counties = contents.counties
        self.period, self.until = contents.period, contents.until
        self.printed = printed
        self.threshold = contents.thresholds[employer]
        grants = contents.grants[employer]
        self.cuts = sorted(
            {
                *quarters_until(self.until),
                *grant_cuts(grants),
                *(key.start for key in printed.told),
                *(key.stop + DAY for key in printed.told),
            }
        )
        self.editions = Editions(
            printed, talks, lambda talk: self._atom(talk, talk.day), self.threshold
        )
        self.editions.remember(lambda key: self._atoms_of(key, self.editions.parts))
        cuts = sorted({*contents.cuts, *self.cuts})
        # {cell: persons}, for every cell with talks
        self.cells = defaultdict(set)
        # {(worker, county, piece of time): persons}
        self.atoms = defaultdict(set)
        self.size = Counter()
        for unit in self.editions.units:
            talk = unit.talk
            start = cuts[max(bisect_right(cuts, talk.day), 1) - 1]
            self.cells[Cell(talk.worker, talk.place, start)].update(talk.persons)
            self.atoms[self._atom(talk, talk.day)].update(talk.persons)
        for cell in self.cells:
            self.size[self._atom(cell, cell.start)] += 1
        # {atoms: keys of their tables}, and those of them that are told
        self.tables = defaultdict(list)
        self.told = self._decide(self._spans(grants))
        self.asked = set()

    def is_told(self, cells):
        """Return whether the talks in these cells are those of a table that is told."""
        found = Counter(self._atom(cell, cell.start) for cell in cells)
        if not found:
            return True
        atoms = frozenset(found)
        if atoms not in self.tables or any(self.size[atom] != found[atom] for atom in found):
            return False
        days = (self.period.date_from, self.period.date_to)
        keys = self.tables[atoms]
        self.asked.add(next((key for key in keys if key[1:] == days), keys[0]))
        return atoms in self.told

    def fresh(self, number):
        """Return what is kept of what was asked for, None if all of it is kept already."""
        told = {key for atoms in self.told for key in self.tables[atoms]}
        spans = {key[1:] for key in self.asked & told if not self.printed.covers(*key[1:])}
        covered = Printed(spans=self.printed.spans | spans)
        within = {
            key for keys in self.tables.values() for key in keys if covered.covers(*key[1:])
        } | (self.asked - told)
        hidden = {key: self._persons(key) for key in within - told}
        new = [
            u.talk for u in self.editions.units if u.born == NEVER and covered.covers(u.talk.day)
        ]
        kept = {
            "spans": [[day.isoformat() for day in span] for span in sorted(spans)],
            "told": [key.packed() for key in sorted(within & told - self.printed.told.keys())],
            "hidden": [
                [key.packed(), sorted(persons)]
                for key, persons in sorted(hidden.items())
                if self._is_decided_anew(key, persons)
            ],
            "talks": [talk.packed() for talk in new],
            "gone": [unit.talk.id for unit in self.editions.settled[WENT]],
        }
        return kept if any(kept.values()) else None

    def _atom(self, cell, day):
        """Return the atom of a cell or talk."""
        return cell.worker, self.counties.get(cell.place) or 0, bisect_right(self.cuts, day)

    def _atoms_of(self, key, atoms):
        """Return those of some atoms that the table of a key is made of."""
        level, county, worker = key.member
        first, last = (bisect_right(self.cuts, day) for day in key[1:])
        return frozenset(
            atom
            for atom in atoms
            if first <= atom[2] <= last and (level != 1 or atom[1] == county)
            and (level != 2 or atom[0] == worker)
        )  # fmt: skip

    def _persons(self, key):
        """Return the persons that a table is about."""
        atoms = self._atoms_of(key, self.atoms)
        return set().union(*(self.atoms[atom] for atom in atoms))

    def _is_decided_anew(self, key, persons):
        """Whether a table was not hidden before, or enough persons came to it or left it."""
        if key not in self.printed.hidden:
            return True
        changed = self.printed.hidden[key] ^ persons
        return len([person for person in changed if person > 0]) >= self.threshold

    def _decide(self, spans):
        """Return the sets of atoms that are told as a whole."""
        ordered = sorted(self._tables(spans))
        for _order, key, atoms in ordered:
            self.tables[atoms].append(key)
        told = {atoms for _order, key, atoms in ordered if key in self.printed.told}
        # One table may have several names: a quarter, and the half-year of an only quarter
        hidden = {
            atoms
            for _order, key, atoms in ordered
            if atoms not in told and not self._is_decided_anew(key, self._persons(key))
        }
        for _order, _key, atoms in ordered:
            if atoms not in told and atoms not in hidden:
                (told if self.editions.tell(atoms) else hidden).add(atoms)
        return told

    def _tables(self, spans):
        """Yield (order, key, atoms) of all tables; order is that in which they are decided on.

        Whatever ends first; then, in the order in which they were entered, the times of mandates;
        the employer before her parts and the workers, longer times before shorter ones, many
        persons before few.
        """
        members = defaultdict(list)
        for atom in self.atoms:
            worker, county, _piece = atom
            for member in ((0, 0, 0), (1, county, 0), (2, 0, worker)):
                members[member].append(atom)
        if len({county for _worker, county, _piece in self.atoms}) == 1:
            members = {member: atoms for member, atoms in members.items() if member[0] != 1}
        for span in spans:
            first, last = (bisect_right(self.cuts, day) for day in (span.start, span.stop))
            for member, own in members.items():
                if span.worker in (None, member[2]):
                    atoms = frozenset(atom for atom in own if first <= atom[2] <= last)
                    if atoms:
                        persons = set().union(*(self.atoms[atom] for atom in atoms))
                        days = (span.stop - span.start).days
                        order = (span.stop, span.number, member[0], span.rank, -days)
                        order += (-len(persons), member)
                        yield order, Key(member, span.start, span.stop), atoms

    def _spans(self, grants):
        """Return the times that are over by now: of the calendar, of mandates, of workers.

        A mandate that runs, and a worker who stays, count up to the end of each quarter.
        """
        spans = []
        first = min((unit.talk.day for unit in self.editions.units), default=EARLIEST)
        begun = [start for start in quarters_until(self.until) if quarter_end(start) >= first]
        ends = [start + relativedelta(months=3) - DAY for start in begun]
        for length in LENGTHS:
            for start in {
                start.replace(month=(start.month - 1) // length * length + 1) for start in begun
            }:
                spans.append(Span(start, start + relativedelta(months=length) - DAY, 0))
        for grant in grants:
            spans += [
                Span(grant.start, end, 1, number=grant.number)
                for end in {*ends, grant.stop}
                if max(grant.start, grant.since) <= end <= grant.stop
            ]
        for worker in {atom[0] for atom in self.atoms}:
            spans += [Span(EARLIEST, end, 2, worker) for end in ends]
        # Of what ends later not all is read, and it does not matter for what ends now
        over = min(self.until, self.period.today - DAY)
        return [span for span in spans if span.stop <= over]
