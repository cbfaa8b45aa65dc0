"""What talks were about: of which figures areas and topics are told.

The state wants them complete: of an employer and of a case worker, for whole quarters, half-years
and calendar years, for the grant period of a mandate and for the whole time of a worker. But they
are confidential even without a name, and who knows on which day somebody was there could ask for
the topics of that day. So they are told for such tables alone, once their time is over, with
enough persons and only if sums and differences of all of them are about enough persons as well
(tables.py). Anything else is hidden: other periods, single months and municipalities, areas and
topics of which a list would say that they came up.

What was printed is kept (printed.py): a table that was told stays told, with the talks that it
was told with, and one that was hidden stays hidden until as many persons as the threshold came to
it or left it.

What is told for other figures if their talks are the very same ones, for nothing new is told by
it: an employer's work in her only municipality, a worker at her only employer.
"""

from collections import Counter, defaultdict
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..breakdowns import EMPLOYER, MONTH, MUNICIPALITY, TOTAL, WORKER
from .decisions import Kept
from .editions import CAME, WENT
from .employers import EmployersContents
from .printed import Printed, Talk
from .thresholds import employers_thresholds
from .times import DAY, Grant, grant_cuts, quarter_end, quarters_until

# What stands with what is kept of them
CONTENT = "talk_topic"
# What is listed of a talk
LISTS = (
    ("integration_contact_area_rel", "area_id"),
    ("integration_contact_topic_rel", "topic_id"),
    ("integration_contact_person", "client_id"),
)
LIST_OF_ONE = "(SELECT array_agg(r.%(column)s) FROM %(table)s r WHERE r.contact_id = c.id)"
LIST_OF_ALL = """
    LEFT JOIN (SELECT r.contact_id, array_agg(r.%(column)s) AS ids
                 FROM %(table)s r JOIN integration_contact c ON c.id = r.contact_id
                WHERE %(condition)s GROUP BY r.contact_id) %(name)s ON %(name)s.contact_id = c.id
"""


class Contents:
    """Of which columns areas and topics are told, and what; ``env`` is the engine's."""

    def __init__(self, env, scope, period):
        self.env = env
        self.scope = scope
        self.period = period
        self.kept = Kept(env, CONTENT, scope.company_ids)
        printed = {employer: Printed.of(self.kept.of[employer]) for employer in scope.company_ids}
        stops = [stop for own in printed.values() for _start, stop in own.spans]
        self.until = max([quarter_end(period.date_to), *stops])
        self.grants = self._grants()
        self.cuts = self._cuts()
        talks = self._read()
        towns = {talk.place for own in talks.values() for talk in own}
        towns |= {unit.talk.place for own in printed.values() for unit in own.units}
        towns = env["integration.municipality"].browse(towns - {0}).exists()
        self.counties = {town.id: town.county_id.id for town in towns}
        self.thresholds = employers_thresholds(env, list(printed))
        self.told = {
            employer: EmployersContents(self, employer, talks[employer], own)
            for employer, own in printed.items()
            if talks[employer] or own.units
        }
        # {breakdown: {key: {employer: its cells within the scope}}}
        self.members = self._members()

    def is_told(self, breakdown=TOTAL, key=""):
        """Return whether a column tells areas and topics. No talks at all are no secret."""
        start, stop = self._days(breakdown, key)
        name, key = (TOTAL, "") if breakdown == MONTH else (breakdown, key)
        return all(
            [
                self.told[employer].is_told(cell for cell in cells if start <= cell.start <= stop)
                for employer, cells in self.members[name][key].items()
            ]
        )

    def changes(self, breakdown=TOTAL, key=""):
        """Return {(rule, item): talks} by which a column as it is told differs from today's."""
        numbers = Counter()
        for employer, own in self.told.items():
            for state, sign in ((CAME, -1), (WENT, 1)):
                for unit in own.editions.waiting[state]:
                    if self._stands_in(unit.talk, employer, breakdown, key):
                        for counted in unit.talk.counted():
                            numbers[counted] += sign
        return {counted: number for counted, number in numbers.items() if number}

    def is_late(self, breakdown=TOTAL, key=""):
        """Return whether talks of a column came, changed or went too late for what was printed."""
        return any(
            self._stands_in(unit.talk, employer, breakdown, key)
            for employer, own in self.told.items()
            for units in own.editions.waiting.values()
            for unit in units
        )

    def adjust(self, facts):
        """Make the ids behind today's numbers those behind the numbers that are told.

        :param facts: of ``collect_facts``
        """
        for employer, own in self.told.items():
            late = defaultdict(set)
            for unit in own.editions.waiting[CAME]:
                for rule, _item in unit.talk.counted():
                    late[rule].add(unit.talk.id)
            for rule, ids in late.items():
                for group in facts[rule, False]:
                    if group[3] == employer:
                        group[-1] = [ident for ident in group[-1] if ident not in ids]
            for unit in own.editions.waiting[WENT]:
                talk = unit.talk
                if self._stands_in(talk, employer):
                    month = talk.day.replace(day=1).isoformat()
                    for rule, item in talk.counted():
                        where = [month, item, talk.worker, employer, talk.place]
                        facts[rule, False].append([*where, [talk.id]])

    def store(self):
        """Keep what was asked for, as it is printed."""
        self.kept.store(
            {
                employer: own.fresh(self.kept.next_number(employer))
                for employer, own in self.told.items()
            }
        )

    def _days(self, breakdown, key):
        """Return the first and last day of a column."""
        start, stop = self.period.date_from, self.period.date_to
        if breakdown == MONTH:
            first = date.fromisoformat(key)
            start, stop = max(start, first), min(stop, first + relativedelta(day=31))
        return start, stop

    def _stands_in(self, talk, employer, breakdown=TOTAL, key=""):
        """Return whether a column counts a talk."""
        start, stop = self._days(breakdown, key)
        members = {EMPLOYER: employer, WORKER: talk.worker, MUNICIPALITY: talk.place}
        return (
            start <= talk.day <= stop
            and self._in_scope(talk)
            and (breakdown not in members or str(members[breakdown] or "") == key)
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
        """Whether a cell or talk is of the workers and places of the scope."""
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
        cuts.update(quarters_until(self.until))
        for grants in self.grants.values():
            cuts.update(grant_cuts(grants))
        return sorted(cuts)

    def _read(self):
        """Return {employer: talks} up to the end of the period, or of what was printed.

        What was told of earlier times decides on what is told now, so all of them are read.
        """
        talks = defaultdict(list)
        several = len(self.scope.company_ids) > 1
        condition = SQL(
            "c.is_talk AND c.company_id = ANY(%s) AND c.date <= %s",
            list(self.scope.company_ids),
            self.until,
        )
        lists, joins = [], []
        for number, (table, column) in enumerate(LISTS):
            values = {"column": SQL.identifier(column), "table": SQL.identifier(table)}
            if several:
                # Most talks of all are asked for: one look at each list, instead of one by talk
                values.update(name=SQL.identifier(f"list_{number}"), condition=condition)
                lists.append(SQL("%(name)s.ids", **values))
                joins.append(SQL(LIST_OF_ALL, **values))
            else:
                lists.append(SQL(LIST_OF_ONE, **values))
        query = SQL(
            """SELECT c.company_id, c.id, COALESCE(c.user_id, 0), COALESCE(c.municipality_id, 0),
                      c.date, %s
                 FROM integration_contact c %s WHERE %s ORDER BY c.id""",
            SQL(", ").join(lists),
            SQL(" ").join(joins),
            condition,
        )
        for employer, talk, worker, place, day, *ids in self.env.execute_query(query):
            ids = (tuple(sorted(set(own))) if own else () for own in ids)
            talks[employer].append(Talk(talk, worker, place, day, *ids))
        return talks
