"""SQL sources of the official figures: which rows count, and whose they are.

Every source yields the same columns, so that one wrapper can count them all:
``measure`` (rule of an indicator), ``item`` (what is listed), ``ident`` (the row behind it,
or what is counted once), ``user_id``, ``company_id``, ``municipality_id`` and ``month``
(first day). A source whose idents count once belongs to one rule and names no measure.

The definitions are those printed in the report (data/figures/integration.indicator.csv).
Which rule is counted from which source, registry.py says. A plain event needs one more
branch in ``events``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from .period import Period
from .scope import Scope

# Fields read below
READS = {
    "integration.contact": [
        "user_id", "company_id", "municipality_id", "date", "channel_id", "is_talk",
        "unnamed_count", "area_ids", "topic_ids",
    ],
    "integration.contact.person": [
        "contact_id", "client_id", "household_id", "user_id", "company_id",
        "municipality_id", "date", "is_talk",
    ],
    "integration.case": [
        "user_id", "company_id", "municipality_id", "date_opened", "date_end",
        "closure_reason_id",
    ],
    "integration.case.assignment": [
        "case_id", "user_id", "municipality_id", "date_from", "date_to",
    ],
    "integration.plan": [
        "case_id", "user_id", "company_id", "municipality_id", "origin_id", "state",
        "date_agreed", "date_ended",
    ],
    "integration.plan.review": [
        "origin_id", "user_id", "company_id", "municipality_id", "date",
    ],
    "integration.closure.reason": ["is_handover"],
    "integration.arrival": [
        "user_id", "company_id", "municipality_id", "date_move", "date_visited", "date_reached",
        "date_result", "state",
    ],
    "integration.arrival.visit": ["arrival_id", "user_id", "date", "result"],
    "integration.office.session": ["user_id", "company_id", "municipality_id", "date", "state"],
    "integration.office.visitor": ["session_id"],
    "integration.channel": ["code"],
    "integration.meeting": ["date", "state", "municipality_id"],
    "integration.meeting.attendance": ["meeting_id", "user_id", "employer_id", "attended"],
    "integration.network.contact": ["user_id", "company_id", "municipality_id", "date"],
    "integration.group.offer.date": [
        "user_id", "company_id", "municipality_id", "date", "state", "participant_count",
    ],
}  # fmt: skip


def flush(env):
    """Write to the database what the queries below read."""
    for model, names in READS.items():
        env[model].flush_model(names)


@dataclass(frozen=True)
class Asked:
    """What the rows of a source are wanted for.

    :ivar periods: the whole period alone, or each month that is to be counted by itself
    :ivar whose: False spares looking for who was responsible where nobody asks
    """

    periods: tuple[Period, ...]
    scope: Scope
    whose: bool = True

    @property
    def start(self) -> date:
        """First day."""
        return self.periods[0].date_from

    @property
    def stop(self) -> date:
        """Last day."""
        return self.periods[-1].date_to

    @property
    def few(self) -> bool:
        """Whether it is the work of one employer, or of less."""
        return self.scope.user_ids is not None or len(self.scope.company_ids) == 1


@dataclass(frozen=True)
class Source:
    """A query, and how its rows count.

    :ivar rows: function of ``Asked`` that returns the query
    :ivar once: whether each ident counts once per column, whatever the number of rows
    :ivar by_span: "before the period" and "on its last day" mean something else for a month
        than for the whole period: a month is counted by itself, as a report over it would
    :ivar by_worker: whether an ident is counted once per worker
    :ivar single: whether no ident comes twice for one period, so that rows can be counted
    :ivar alone: whether it has as many rows as there are talks: PostgreSQL reads them by several
        processes at once if they are asked for by themselves
    :ivar labelled: whether a talk has a row for each of its labels; how many have any is counted
        as well
    :ivar of_talks: whether there are no such rows where nobody had a talk
    :ivar idents: (rule, ident, condition) of each rule that counts the rows, of the columns that
        they have; ``ident`` of one rule if it is not said
    """

    rows: Callable
    once: bool = False
    by_span: bool = False
    by_worker: bool = False
    single: bool = False
    alone: bool = False
    labelled: bool = False
    of_talks: bool = False
    idents: tuple[tuple[str, str, str], ...] = ()


# What persons and families are counted by. Without a household a person is a family of her own,
# told apart from households by the sign.
PRESENT = (
    ("person", "client_id", "TRUE"),
    ("family", "COALESCE(household_id, -client_id)", "TRUE"),
    ("family_single", "client_id", "household_id IS NULL"),
)
# A chain that two workers went on with counts for both, once for each
CONTINUED = (("plan_continued", "(ident::bigint << 32) + user_id", "TRUE"),)


def _assigned(case: str, day: str) -> SQL:
    """Join who was responsible for a case on a day; of two on one day, the later one."""
    return SQL(
        """LEFT JOIN LATERAL (
               SELECT s.user_id, s.municipality_id
                 FROM integration_case_assignment s
                WHERE s.case_id = %(case)s AND s.date_from <= %(day)s
                  AND (s.date_to IS NULL OR s.date_to >= %(day)s)
                ORDER BY s.date_from DESC, s.id DESC LIMIT 1
           ) a ON TRUE""",
        case=SQL(case),
        day=SQL(day),
    )


def _ever_of_workers(asked, case: str) -> SQL:
    """Leave out cases that the workers asked for never had: who had it that day is asked of each.

    A case without any assignment is that of whoever has it now.
    """
    if asked.scope.user_ids is None:
        return SQL("TRUE")
    return SQL(
        """%(case)s IN (SELECT s.case_id FROM integration_case_assignment s
                         WHERE s.user_id = ANY(%(users)s)
                         UNION
                        SELECT k.id FROM integration_case k WHERE k.user_id = ANY(%(users)s))""",
        case=SQL(case),
        users=list(asked.scope.user_ids),
    )


def _nobody() -> SQL:
    """Join nobody, where it does not matter who was responsible."""
    return SQL("CROSS JOIN (VALUES (0, NULL::integer)) a(user_id, municipality_id)")


def talks(asked) -> SQL:
    """Talks by channel (their sum is all talks) and talks without anybody known.

    A talk that reached nobody by name can only count through its unnamed persons:
    looking for persons is limited to those.
    """
    return SQL(
        """SELECT 'talk_channel' AS measure, c.channel_id AS item, c.id AS ident, c.user_id,
                  c.company_id, c.municipality_id,
                  date_trunc('month', c.date::timestamp)::date AS month
             FROM integration_contact c
            WHERE c.is_talk AND c.date BETWEEN %(start)s AND %(stop)s
            UNION ALL
           SELECT 'talk_unnamed', NULL, c.id, c.user_id, c.company_id,
                  c.municipality_id, date_trunc('month', c.date::timestamp)::date
             FROM integration_contact c
            WHERE c.is_talk AND c.unnamed_count > 0
              AND c.date BETWEEN %(start)s AND %(stop)s
              AND NOT EXISTS (SELECT FROM integration_contact_person p
                               WHERE p.contact_id = c.id)""",
        start=asked.start,
        stop=asked.stop,
    )


def present(asked) -> SQL:
    """Who was present in talks, of which household on that day: a row for each presence."""
    return SQL(
        """SELECT client_id, household_id, user_id, company_id, municipality_id,
                  date_trunc('month', date::timestamp)::date AS month
             FROM integration_contact_person
            WHERE is_talk AND date BETWEEN %(start)s AND %(stop)s""",
        start=asked.start,
        stop=asked.stop,
    )


def presences(asked) -> SQL:
    """Who was present in which talk: what persons and families are counted from."""
    return SQL(
        """SELECT 'presence' AS measure, NULL::integer AS item,
                  jsonb_build_array(id, client_id, household_id) AS ident,
                  user_id, company_id, municipality_id,
                  date_trunc('month', date::timestamp)::date AS month
             FROM integration_contact_person
            WHERE is_talk AND date BETWEEN %(start)s AND %(stop)s""",
        start=asked.start,
        stop=asked.stop,
    )


def events(asked) -> SQL:
    """Things that happen once: a first plan agreed, a case opened, closed, handed over.

    A new plan belongs to who agreed it (plans and reviews keep their municipality of
    that day themselves); a case to who was responsible on that day.
    """
    return SQL(
        """SELECT 'plan_new' AS measure, NULL::integer AS item, p.id AS ident, p.user_id,
                  p.company_id, p.municipality_id,
                  date_trunc('month', p.date_agreed::timestamp)::date AS month
             FROM integration_plan p
            WHERE p.origin_id = p.id AND p.state <> 'draft'
              AND p.date_agreed BETWEEN %(start)s AND %(stop)s
            UNION ALL
           SELECT 'case_opened', NULL, c.id, COALESCE(a.user_id, c.user_id), c.company_id,
                  COALESCE(a.municipality_id, c.municipality_id),
                  date_trunc('month', c.date_opened::timestamp)::date
             FROM integration_case c %(opened_assigned)s
            WHERE c.date_opened BETWEEN %(start)s AND %(stop)s
            UNION ALL
           SELECT CASE WHEN r.is_handover THEN 'case_handover' ELSE 'case_closed' END,
                  NULL, c.id, COALESCE(a.user_id, c.user_id), c.company_id,
                  COALESCE(a.municipality_id, c.municipality_id),
                  date_trunc('month', c.date_end::timestamp)::date
             FROM integration_case c
             LEFT JOIN integration_closure_reason r ON r.id = c.closure_reason_id
             %(closed_assigned)s
            WHERE c.date_end BETWEEN %(start)s AND %(stop)s""",
        opened_assigned=_assigned("c.id", "c.date_opened"),
        closed_assigned=_assigned("c.id", "c.date_end"),
        start=asked.start,
        stop=asked.stop,
    )


def _spans(periods) -> SQL:
    """List periods as rows ``(month, date_from, date_to, last_day)``."""
    return SQL(", ").join(
        SQL(
            "(%s::date, %s::date, %s::date, %s::date)",
            date.fromisoformat(p.month_key), p.date_from, p.date_to, p.last_day,
        )
        for p in periods
    )  # fmt: skip


def plans_continued(asked) -> SQL:
    """Chains agreed before a period and reviewed or agreed anew in it, by who did it."""
    return SQL(
        """SELECT e.origin_id AS ident, e.user_id, e.company_id, e.municipality_id, d.month
             FROM (SELECT origin_id, user_id, company_id, municipality_id, date
                     FROM integration_plan_review
                    WHERE date BETWEEN %(start)s AND %(stop)s
                    UNION ALL
                   SELECT origin_id, user_id, company_id, municipality_id, date_agreed
                     FROM integration_plan
                    WHERE origin_id <> id AND state <> 'draft'
                      AND date_agreed BETWEEN %(start)s AND %(stop)s) e
             JOIN integration_plan o ON o.id = e.origin_id
             JOIN (VALUES %(spans)s) d(month, date_from, date_to, last_day)
               ON e.date BETWEEN d.date_from AND d.date_to AND o.date_agreed < d.date_from""",
        start=asked.start,
        stop=asked.stop,
        spans=_spans(asked.periods),
    )


def plans_active(asked) -> SQL:
    """Chains agreed and not ended on the last day, with who was responsible that day.

    ``date_ended`` and the end of a case are the first day the plan no longer holds. The
    inner query stays one (OFFSET 0): joined with the periods first, it never came back
    once when the planner knew too little about the tables.
    """
    assigned = _nobody()
    if asked.whose:
        assigned = _assigned("v.case_id", "d.last_day")
    return SQL(
        """SELECT v.origin_id AS ident, a.user_id, v.company_id,
                  COALESCE(a.municipality_id, v.municipality_id) AS municipality_id, d.month
             FROM (SELECT p.origin_id, p.case_id, p.company_id, p.municipality_id,
                          p.date_agreed, LEAST(p.date_ended, c.date_end) AS date_ended
                     FROM integration_plan p JOIN integration_case c ON c.id = p.case_id
                    WHERE p.company_id = ANY(%(companies)s) AND p.state <> 'draft'
                      AND p.date_agreed <= %(last_day)s AND %(ever)s
                   OFFSET 0) v
             JOIN (VALUES %(spans)s) d(month, date_from, date_to, last_day)
               ON v.date_agreed <= d.last_day
              AND (v.date_ended IS NULL OR v.date_ended > d.last_day)
             %(assigned)s""",
        companies=list(asked.scope.company_ids),
        last_day=asked.periods[-1].last_day,
        ever=_ever_of_workers(asked, "p.case_id"),
        spans=_spans(asked.periods),
        assigned=assigned,
    )


def cases_open(asked) -> SQL:
    """Cases opened and not ended on the last day, with who was responsible that day.

    A case that ends on the last day counts as closed in the period and is not in stock any more:
    what was open before, plus opened, minus closed and handed over, is what is open.
    """
    return SQL(
        """SELECT c.id AS ident, COALESCE(a.user_id, c.user_id) AS user_id, c.company_id,
                  COALESCE(a.municipality_id, c.municipality_id) AS municipality_id, d.month
             FROM integration_case c
             JOIN (VALUES %(spans)s) d(month, date_from, date_to, last_day)
               ON c.date_opened <= d.last_day
              AND (c.date_end IS NULL OR c.date_end > d.last_day)
             %(assigned)s
            WHERE c.company_id = ANY(%(companies)s) AND c.date_opened IS NOT NULL
              AND %(ever)s""",
        ever=_ever_of_workers(asked, "c.id"),
        spans=_spans(asked.periods),
        assigned=_assigned("c.id", "d.last_day") if asked.whose else _nobody(),
        companies=list(asked.scope.company_ids),
    )
