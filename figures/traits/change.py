"""What has changed for somebody: assessments, goals, plans, referrals, volunteers (profile C).

Each person counselled has one category, as of the last day: what happened in the twelve months up
to it. A year's figures so tell what the year brought; and what somebody was last time does not
bind what she is this time, so tables of two dates do not tell each other.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

WINDOW = relativedelta(months=12)

# Numbers are stored in frozen lines: never renumber them.
BETTER, SAME, WORSE, ONCE, NOT_RATED = range(1, 6)
REACHED, PARTLY, MISSED, DROPPED, NO_RESULT = range(1, 6)
REVIEWED, AGREED, NO_PLAN = range(1, 4)
TOGETHER, WERE_TOGETHER, ASKED_FOR, NOT_ASKED = range(1, 5)
TAKEN_UP, UNDER_WAY, NOT_TAKEN_UP, REFUSED, NO_REFERRAL = range(1, 6)

RESULTS = {"reached": REACHED, "partly": PARTLY, "missed": MISSED, "dropped": DROPPED}
ANSWERS = {"done": TAKEN_UP, "not_taken_up": NOT_TAKEN_UP, "refused": REFUSED}

PLAN_FIELDS = ("client_id", "client_ids", "origin_id", "date_agreed", "date_ended")


@dataclass(frozen=True)
class Window:
    """Twelve months up to a day, for which categories are wanted."""

    last: date

    def holds(self, day) -> bool:
        """Whether a day lies in the window."""
        return day is not None and self.last - WINDOW < day <= self.last


def _by_client(env, query):
    """Return {client: rows} of a query whose first column is the client."""
    rows = defaultdict(list)
    for client, *row in env.execute_query(query):
        rows[client].append(row)
    return rows


def _by_area(env, query):
    """Return {area: {client: rows}} of a query whose first columns are client and area."""
    areas = defaultdict(lambda: defaultdict(list))
    for client, area, *row in env.execute_query(query):
        areas[area][client].append(row)
    return areas


def _paths(clients, days, rows, category: Callable):
    """Return {client: [category on each of the days]}."""
    windows = [Window(day) for day in days]
    return {client: [category(rows[client], window) for window in windows] for client in clients}


# A plan is that of its client, and of everybody else whom it names.
_TAKE_PART = SQL(
    """(SELECT client_id, id AS plan_id FROM integration_plan
         UNION
        SELECT client_id, plan_id FROM integration_plan_client_rel)"""
)


# ------------------------------------------------------------
# Assessments
# ------------------------------------------------------------
def changes(env, clients, days, areas):
    """Return {area: {client: path}}: better or worse from the first assessment to the latest.

    Compared are those of one case, the latest one that says something about the area.
    """
    query = SQL(
        """SELECT l.client_id, l.area_id, l.case_id, l.date, l.strength, l.need
             FROM integration_assessment_line l
            WHERE l.client_id = ANY(%s) AND l.date <= %s
              AND (l.strength > 0 OR l.need > 0)
            ORDER BY l.date, l.assessment_id, l.id""",
        clients,
        days[-1],
    )
    ratings = _by_area(env, query)
    return {area: _paths(clients, days, ratings[area], _change) for area in areas}


def _change(ratings, window):
    """Return the category of somebody by the ratings of one area, the latest last."""
    known = [rating for rating in ratings if rating[1] <= window.last]
    if not known or not window.holds(known[-1][1]):
        return NOT_RATED
    known = [rating for rating in known if rating[0] == known[-1][0]]
    gain, compared = 0, False
    for position, sign in ((2, 1), (3, -1)):
        levels = [rating[position] for rating in known if rating[position]]
        if len(levels) > 1:
            compared = True
            gain += sign * (levels[-1] - levels[0])
    if not compared:
        return ONCE
    return BETTER if gain > 0 else WORSE if gain < 0 else SAME


# ------------------------------------------------------------
# Goals
# ------------------------------------------------------------
def results(env, clients, days, areas):
    """Return {area: {client: path}}: the latest result of a goal, or that there is none.

    Who has a goal without a result is not told from who has none: whoever has a plan has a goal in
    some area, so the table of plans would give away hidden numbers of these.
    """
    query = SQL(
        """SELECT m.client_id, g.area_id, g.state, g.date_result, p.date_ended
             FROM integration_plan_line g
             JOIN integration_plan p ON p.id = g.plan_id
             JOIN %s m ON m.plan_id = p.id
            WHERE m.client_id = ANY(%s) AND p.date_agreed <= %s AND g.state <> 'open'
            ORDER BY g.id""",
        _TAKE_PART,
        clients,
        days[-1],
    )
    goals = _by_area(env, query)
    return {area: _paths(clients, days, goals[area], _result) for area in areas}


def _result(goals, window):
    """Return the category of somebody by the goals of one area: the latest result counts.

    What is reached in part is still worked on, and may become another result, until the version
    of the plan has ended: till then it is none, or a table printed by then would change later.
    """
    category, latest = NO_RESULT, None
    for state, day, ended in goals:
        if state == "partly":
            day = ended and max(day or ended, ended)
        if window.holds(day) and (latest is None or day >= latest):
            category, latest = RESULTS[state], day
    return category


def _held(agreed, ended, window):
    """Whether a version of a plan was in force at some time in the window."""
    return agreed <= window.last and (ended is None or ended > window.last - WINDOW)


# ------------------------------------------------------------
# Plans and referrals
# ------------------------------------------------------------
def plans(env, clients, days, _areas):
    """Return {0: {client: path}}: a plan in force, and whether it was gone through again."""
    versions = _by_client(
        env,
        SQL(
            """SELECT m.client_id, p.date_agreed, p.date_ended, p.origin_id <> p.id,
                      ARRAY(SELECT r.date FROM integration_plan_review r WHERE r.plan_id = p.id)
                 FROM integration_plan p JOIN %s m ON m.plan_id = p.id
                WHERE m.client_id = ANY(%s) AND p.date_agreed <= %s""",
            _TAKE_PART,
            clients,
            days[-1],
        ),
    )
    return {0: _paths(clients, days, versions, _plan)}


def _plan(versions, window):
    """Return the category of somebody by the versions of plans that she takes part in."""
    held = False
    for agreed, ended, again, reviews in versions:
        if _held(agreed, ended, window):
            held = True
            if (again and window.holds(agreed)) or any(map(window.holds, reviews)):
                return REVIEWED
    return AGREED if held else NO_PLAN


def referrals(env, clients, days, _areas):
    """Return {0: {client: path}}: what is known of the latest referral of the twelve months."""
    rows = _by_client(
        env,
        SQL(
            """SELECT client_id, date, state, date_told FROM integration_referral
                WHERE client_id = ANY(%s) AND date <= %s ORDER BY date, id""",
            clients,
            days[-1],
        ),
    )
    return {0: _paths(clients, days, rows, _referral)}


def _referral(referrals, window):
    """Return the category of somebody: was she there at least once, else by the latest one."""
    answers = [
        ANSWERS.get(state, UNDER_WAY) if told and told <= window.last else UNDER_WAY
        for day, state, told in referrals
        if window.holds(day)
    ]
    if TAKEN_UP in answers:
        return TAKEN_UP
    return answers[-1] if answers else NO_REFERRAL


# ------------------------------------------------------------
# Volunteers and clubs
# ------------------------------------------------------------
def matches(env, clients, days, _areas):
    """Return {0: {client: path}}: with a volunteer or club on the last day, or in the window."""
    rows = _by_client(
        env,
        SQL(
            """SELECT client_id, date_need, date_start, date_end FROM integration_volunteer_match
                WHERE client_id = ANY(%s) AND date_need <= %s""",
            clients,
            days[-1],
        ),
    )
    return {0: _paths(clients, days, rows, _match)}


def _match(wishes, window):
    """Return the category of somebody by her wishes: an end ahead does not count yet."""
    found = NOT_ASKED
    for asked, start, end in wishes:
        if start is not None and start <= window.last:
            if end is None or end >= window.last:
                return TOGETHER
            if window.holds(end):
                found = min(found, WERE_TOGETHER)
        elif window.holds(asked):
            found = min(found, ASKED_FOR)
    return found


# ------------------------------------------------------------
# Words, as the registry names them
# ------------------------------------------------------------
def change_words(env, _used, _company_ids):
    """Return {category: words} of the change in a life area."""
    return {
        BETTER: env._("More strength or less need than at first"),
        SAME: env._("As at first"),
        WORSE: env._("Less strength or more need than at first"),
        ONCE: env._("Rated once so far"),
        NOT_RATED: env._("Not rated in the twelve months"),
    }


def result_words(env, _used, _company_ids):
    """Return {category: words} of what became of goals."""
    return {
        REACHED: env._("Goal reached"),
        PARTLY: env._("Goal partly reached"),
        MISSED: env._("Goal not reached"),
        DROPPED: env._("Goal dropped"),
        NO_RESULT: env._("No result in the twelve months"),
    }


def plan_words(env, _used, _company_ids):
    """Return {category: words} of plans."""
    return {
        REVIEWED: env._("Plan agreed and reviewed or agreed anew"),
        AGREED: env._("Plan agreed, not reviewed in the twelve months"),
        NO_PLAN: env._("No agreed plan"),
    }


def referral_words(env, _used, _company_ids):
    """Return {category: words} of referrals."""
    return {
        TAKEN_UP: env._("Referred and taken up"),
        UNDER_WAY: env._("Referred, nothing told back yet"),
        NOT_TAKEN_UP: env._("Referred, not taken up"),
        REFUSED: env._("Referred, refused by the body"),
        NO_REFERRAL: env._("Not referred"),
    }


def match_words(env, _used, _company_ids):
    """Return {category: words} of volunteers and clubs."""
    return {
        TOGETHER: env._("With a volunteer or club"),
        WERE_TOGETHER: env._("No longer with a volunteer or club"),
        ASKED_FOR: env._("Asked for one, nobody met yet"),
        NOT_ASKED: env._("No volunteer or club in the twelve months"),
    }
