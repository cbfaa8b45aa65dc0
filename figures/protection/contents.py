"""What talks were about: of which figures areas and topics are told.

The state wants them complete: of an employer and of a case worker, for whole quarters, half-years
and calendar years, for the grant period of a mandate and for the whole time of a worker. But they
are confidential even without a name, and who knows on which day somebody was there could ask for
the topics of that day. So they are told for such tables alone, once their time is over, with
enough persons and only if sums and differences of all of them are about enough persons as well
(tables.py). Anything else is hidden: other periods, single months and municipalities, areas and
topics of which a list would say that they came up.

What is told for other figures if their talks are the very same ones, for nothing new is told by
it: an employer's work in her only municipality, a worker at her only employer.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..breakdowns import EMPLOYER, MONTH, MUNICIPALITY, TOTAL, WORKER
from .tables import Tables
from .thresholds import employers_thresholds

LENGTHS = (12, 6, 3)
# No talk is older
EARLIEST = date(2000, 1, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """Talks of a worker in a municipality, from one day on to the next cut."""

    worker: int
    place: int
    start: date


@dataclass(frozen=True)
class Grant:
    """A time in which a mandate ran, or was once said to run; ``number`` is its place in a row.

    It counts for what ends on the day ``since`` or later.
    """

    start: date
    stop: date
    since: date = date.min
    number: int = 0


@dataclass(frozen=True)
class Span:
    """A time for which tables are told. Of those that end on one day, ``rank`` says the order.

    Times that were entered one after the other have numbers: what was decided stays decided.
    """

    start: date
    stop: date
    rank: int
    worker: int | None = None
    number: int = 0


class Contents:
    """Of which columns areas and topics are told; ``env`` is the engine's."""

    def __init__(self, env, scope, period):
        self.env = env
        self.scope = scope
        self.period = period
        self.grants = self._grants()
        self.cuts = self._cuts()
        # {employer: {cell: persons}}, for every cell with talks
        self.cells = self._read()
        towns = {cell.place for cells in self.cells.values() for cell in cells if cell.place}
        towns = env["integration.municipality"].browse(towns)
        self.counties = {town.id: town.county_id.id for town in towns}
        self.thresholds = employers_thresholds(env, list(self.cells))
        self.told = {
            employer: EmployersContents(self, employer, cells)
            for employer, cells in self.cells.items()
        }
        # {breakdown: {key: {employer: its cells within the scope}}}
        self.members = self._members()

    def is_told(self, breakdown=TOTAL, key=""):
        """Return whether a column tells areas and topics. No talks at all are no secret."""
        start, stop = self.period.date_from, self.period.date_to
        if breakdown == MONTH:
            first = date.fromisoformat(key)
            start, stop = max(start, first), min(stop, first + relativedelta(day=31))
        name, key = (TOTAL, "") if breakdown == MONTH else (breakdown, key)
        return all(
            self.told[employer].is_told(cell for cell in cells if start <= cell.start <= stop)
            for employer, cells in self.members[name][key].items()
        )

    def _members(self):
        """Return the cells of every column but those of months, which are times of the total."""
        members = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for employer, contents in self.told.items():
            for cell in filter(self._in_scope, contents.cells):
                for breakdown, key in (
                    (TOTAL, ""),
                    (EMPLOYER, str(employer)),
                    (WORKER, str(cell.worker or "")),
                    (MUNICIPALITY, str(cell.place or "")),
                ):
                    members[breakdown][key][employer].append(cell)
        return members

    def _in_scope(self, cell):
        users, places = self.scope.user_ids, self.scope.municipality_ids
        return (users is None or cell.worker in users) and (places is None or cell.place in places)

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    def _grants(self):
        """Return {employer: times of the mandates}, of all that were ever entered.

        Mandates are moved by those who print figures as well. A time that was told stays in what
        is decided, and one that is entered later adds nothing to tables of earlier days. Those of
        an employer's first day count from the beginning: there was nothing to print before.
        """
        found = defaultdict(list)
        for company in self.env["res.company"].browse(self.scope.company_ids):
            times = company.integration_grant_times or []
            begun = times and times[0][2]
            for number, (start, stop, entered) in enumerate(times):
                found[company.id].append(
                    Grant(
                        date.fromisoformat(start),
                        date.fromisoformat(stop) if stop else date.max,
                        date.min if entered == begun else date.fromisoformat(entered),
                        number,
                    )
                )
        return found

    def _cuts(self):
        """Return the days on which some table, or a column of the report, begins or is over."""
        cuts = {self.period.date_from, self.period.date_to + DAY}
        cuts.update(month.date_from for month in self.period.months_begun())
        cuts.update(quarters_until(self.period.last_day))
        for grants in self.grants.values():
            cuts.update(grant_cuts(grants))
        return sorted(cuts)

    def _read(self):
        """Return {employer: {cell: persons known}} of all talks up to the end of the period.

        What was told of earlier times decides on what is told now, so all of them are read.
        """
        cells = defaultdict(dict)
        columns = SQL(
            """company_id, user_id, COALESCE(municipality_id, 0),
               GREATEST(width_bucket(date, %s::date[]), 1)""",
            self.cuts,
        )
        condition = SQL(
            "is_talk AND company_id = ANY(%s) AND date <= %s",
            list(self.scope.company_ids),
            quarter_end(self.period.date_to),
        )
        # Talks first: there are some with nobody known
        for query in (
            SQL(
                """SELECT %s, ARRAY[]::integer[] FROM integration_contact
                    WHERE %s GROUP BY 1, 2, 3, 4""",
                columns,
                condition,
            ),
            SQL(
                """SELECT %s, array_agg(DISTINCT client_id) FROM integration_contact_person
                    WHERE %s GROUP BY 1, 2, 3, 4""",
                columns,
                condition,
            ),
        ):
            for employer, worker, place, cut, persons in self.env.execute_query(query):
                cell = Cell(worker, place, self.cuts[cut - 1])
                cells[employer].setdefault(cell, set()).update(persons)
        return cells


class EmployersContents:
    """Which tables of one employer are told: her own, those of her parts in counties, workers'.

    What is decided does not depend on what somebody asks for: cells that only the asked columns
    tell apart are one atom.
    """

    def __init__(self, contents, employer, cells):
        self.cells = cells
        self.counties = contents.counties
        period = contents.period
        grants = contents.grants[employer]
        self.cuts = sorted({*quarters_until(period.last_day), *grant_cuts(grants)})
        # {(worker, county, piece of time): persons}
        self.atoms = defaultdict(set)
        self.size = Counter()
        for cell, persons in cells.items():
            atom = self._atom(cell)
            self.atoms[atom] |= persons
            self.size[atom] += 1
        self.told = self._decide(self._spans(grants, period), contents.thresholds[employer])

    def is_told(self, cells):
        """Return whether the talks in these cells are those of a table that is told."""
        found = Counter(self._atom(cell) for cell in cells)
        whole = all(self.size[atom] == number for atom, number in found.items())
        return not found or (whole and frozenset(found) in self.told)

    def _atom(self, cell):
        piece = bisect_right(self.cuts, cell.start)
        return cell.worker, self.counties.get(cell.place) or 0, piece

    def _decide(self, spans, threshold):
        """Return the sets of atoms that are told as a whole."""
        tables = Tables(self.atoms, threshold)
        ordered = sorted(self._tables(spans), key=lambda table: table[0])
        return {atoms for _order, atoms in ordered if tables.tell(atoms)}

    def _tables(self, spans):
        """Yield (order, atoms) of all tables; order is that in which they are decided on.

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
                        yield order, atoms

    def _spans(self, grants, period):
        """Return the times that are over by now: of the calendar, of mandates, of workers.

        A mandate that runs, and a worker who stays, count up to the end of each quarter.
        """
        spans = []
        first = min(cell.start for cell in self.cells)
        begun = [start for start in quarters_until(period.last_day) if quarter_end(start) >= first]
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
        read = quarter_end(period.date_to)
        return [span for span in spans if span.stop < period.today and span.stop <= read]


@lru_cache(maxsize=16)
def quarters_until(day):
    """Return the first days of all quarters up to a day; asked for each employer."""
    last = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    number = (last.year - EARLIEST.year) * 4 + last.month // 3
    return tuple(EARLIEST + relativedelta(months=3 * n) for n in range(number + 1))


def quarter_end(day):
    """Return the last day of the quarter that a day lies in."""
    return day + relativedelta(month=(day.month + 2) // 3 * 3, day=31)


def grant_cuts(grants):
    """Yield the days on which mandates begin or are over."""
    for grant in grants:
        yield grant.start
        if grant.stop < date.max:
            yield grant.stop + DAY
