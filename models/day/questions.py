"""What a tile of My Day asks: of which records, under which condition, with which day.

The number on a tile and the list that it opens come from the same question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from odoo.fields import Domain

from ...tools import local_today

# How far ahead a tile looks, in days
SOON = {"steps": 7, "reviews": 14, "deadlines": 60, "consents": 30, "of_age": 90, "away": 14}
GLASS_DAYS = 14
# A plan is drawn up once the client has found some ground; until then nobody is asked for it.
PLAN_AFTER_DAYS = 90


@dataclass(frozen=True)
class Question:
    """A condition on a model, the day that makes it urgent, and how its list is opened."""

    model: str
    domain: Callable
    action: str
    day: str | None = None
    group_by: str | None = None


def _in(env, days):
    return local_today(env) + timedelta(days=days)


def _mine(env, path="user_id"):
    return Domain(path, "=", env.uid)


def _open_cases(env):
    return Domain("state", "=", "open") & Domain("company_id", "in", env.companies.ids)


def _my_cases(env):
    return _mine(env) & Domain("state", "!=", "closed")


def _my_clients(env):
    """Return the clients whose case, their own or the family's, is the user's and runs."""
    cases = Domain("user_id", "=", env.uid) & Domain("state", "!=", "closed")
    return Domain("case_ids", "any", cases) | Domain("family_case_id", "any", cases)


def _appointments(env):
    return _mine(env) & Domain("state", "=", "planned") & Domain("date", "<=", local_today(env))


def _office_hours(env):
    return _mine(env) & env["integration.office.session"]._today_domain()


def _meetings(env):
    """Return what was planned as Odoo's activity, beside our appointments."""
    meetings = env.ref("mail.mail_activity_data_meeting")
    return (
        _mine(env)
        & Domain("res_model", "=", "integration.case")
        & Domain("activity_type_id", "=", meetings.id)
        & Domain("date_deadline", "<=", local_today(env))
    )


def _drafts(env):
    """Return what the user was writing and has not saved; the day is the one it is deleted on."""
    return _mine(env) & Domain("is_done", "=", False) & Domain("date_until", "!=", False)


def _arrivals(env):
    """Return the arrivals that the user is to visit, and those that nobody has taken over."""
    return Domain("state", "in", ["new", "open"]) & Domain("user_id", "in", [env.uid, False])


def _concerns(env):
    """Return the concerns that the user is to answer, and those that nobody has taken over."""
    return Domain("state", "in", ["new", "read"]) & Domain("user_id", "in", [env.uid, False])


def _decisions(env):
    """Return what network meetings gave the user to do, and she has not done yet."""
    return _mine(env) & Domain("date_done", "=", False)


def _steps(env):
    return (
        _mine(env, "case_id.user_id")
        & Domain("state", "=", "open")
        & Domain("plan_id.state", "=", "agreed")
        & Domain("date_due", "<=", _in(env, SOON["steps"]))
    )


def _deadlines(env):
    return (
        _mine(env)
        & Domain("state", "=", "open")
        & Domain("case_id.state", "!=", "closed")
        & Domain("date", "<=", _in(env, SOON["deadlines"]))
    )


def _consents(env):
    """Return the clients whose consent is missing the day after soon."""
    return (
        _my_clients(env)
        & Domain("consent_state", "=", "given")
        & Domain("consent_valid_until", "<=", _in(env, SOON["consents"]))
    )


def _of_age(env):
    """Return who comes of age soon, and who is and was not asked herself yet."""
    return _my_clients(env) & env["integration.client"]._coming_of_age_domain(SOON["of_age"])


def _referrals(env):
    return (
        _mine(env, "case_id.user_id")
        & Domain("state", "in", ["made", "accepted"])
        & Domain("date_feedback", "<=", local_today(env))
    )


def _matches(env):
    """Return the volunteers and clubs of whom somebody is to ask whether it still goes on."""
    return _mine(env, "case_id.user_id") & env["integration.volunteer.match"]._to_be_asked()


def _recipients(env):
    """Return who is to be told of a withdrawal, in the files that the user reads."""
    return Domain("date_told", "=", False)


def _handed_over(env):
    """Return the cases that somebody else had before, and that the user has not yet spoken in."""
    mine = _mine(env) & Domain("date_to", "=", False) & Domain("date_from", ">=", _in(env, -30))
    others = Domain("user_id", "!=", env.uid)
    talks = Domain("is_talk", "=", True) & Domain("user_id", "=", env.uid)
    return (
        _my_cases(env)
        & Domain("assignment_ids", "any", mine)
        & Domain("assignment_ids", "any", others)
        & ~Domain("presence_ids", "any", talks)
    )


def _emergencies(env):
    return Domain("kind", "=", "glass") & Domain("date_from", ">=", _in(env, -GLASS_DAYS))


def _silence(state):
    return lambda env: (
        _mine(env) & Domain("state", "=", "open") & Domain("silence_state", "=", state)
    )


def _team_silence(env):
    return _open_cases(env) & Domain("silence_state", "=", "silent")


def _without_consent(env):
    return Domain("consent_state", "not in", ["given", "refused", "withdrawn"])


def _without_plan(env):
    return (
        _open_cases(env)
        & Domain("consent_state", "=", "given")
        & Domain("has_plan", "=", False)
        & Domain("date_start", "<=", _in(env, -PLAN_AFTER_DAYS))
    )


CASES = "integration_management.integration_case_action"
TEAM = "integration_management.integration_case_action_team"
CLIENTS = "integration_management.integration_client_action"

QUESTIONS = {
    "appointments": Question(
        "integration.appointment",
        _appointments,
        "integration_management.integration_appointment_action",
        "date",
    ),
    "office": Question(
        "integration.office.session",
        _office_hours,
        "integration_management.integration_office_session_action",
    ),
    "meetings": Question("mail.activity", _meetings, "mail.mail_activity_action", "date_deadline"),
    "drafts": Question(
        "integration.contact.draft",
        _drafts,
        "integration_management.integration_contact_draft_action",
        "date_until",
    ),
    "silent": Question(
        "integration.case", _silence("silent"), CASES, "next_contact_date", "stage_id"
    ),
    "due": Question("integration.case", _silence("due"), CASES, "next_contact_date", "stage_id"),
    "arrivals": Question(
        "integration.arrival",
        _arrivals,
        "integration_management.integration_arrival_action",
        "date_move",
    ),
    "concerns": Question(
        "integration.concern",
        _concerns,
        "integration_management.integration_concern_action",
        "date",
    ),
    "decisions": Question(
        "integration.meeting.decision",
        _decisions,
        "integration_management.integration_meeting_decision_action",
        "date_due",
    ),
    "handed_over": Question("integration.case", _handed_over, CASES),
    "steps": Question(
        "integration.plan.step",
        _steps,
        "integration_management.integration_plan_step_action",
        "date_due",
    ),
    "reviews": Question(
        "integration.case",
        lambda env: _my_cases(env) & Domain("date_next_review", "<=", _in(env, SOON["reviews"])),
        CASES,
        "date_next_review",
    ),
    "deadlines": Question(
        "integration.deadline",
        _deadlines,
        "integration_management.integration_deadline_action",
        "date",
    ),
    "referrals": Question(
        "integration.referral",
        _referrals,
        "integration_management.integration_referral_action",
        "date_feedback",
    ),
    "matches": Question(
        "integration.volunteer.match",
        _matches,
        "integration_management.integration_volunteer_match_action",
        "date_check",
    ),
    "no_consent": Question(
        "integration.case", lambda env: _my_cases(env) & _without_consent(env), CASES, "date_start"
    ),
    "consents": Question("integration.client", _consents, CLIENTS, "consent_valid_until"),
    "of_age": Question("integration.client", _of_age, CLIENTS),
    "recipients": Question(
        "integration.withdrawal.recipient",
        _recipients,
        "integration_management.integration_withdrawal_recipient_action",
        "date_withdrawn",
    ),
    "team_silent": Question(
        "integration.case", _team_silence, TEAM, "next_contact_date", "user_id"
    ),
    "team_no_consent": Question(
        "integration.case",
        lambda env: _open_cases(env) & _without_consent(env),
        TEAM,
        "date_start",
        "user_id",
    ),
    "team_no_plan": Question("integration.case", _without_plan, TEAM, "date_start", "user_id"),
    "team_reviews": Question(
        "integration.case",
        lambda env: _open_cases(env) & Domain("date_next_review", "<", local_today(env)),
        TEAM,
        "date_next_review",
        "user_id",
    ),
    "team_emergencies": Question(
        "integration.case.access",
        _emergencies,
        "integration_management.integration_case_access_action",
    ),
    "team_away": Question(
        "integration.worker",
        lambda env: (
            env["integration.worker"]._away_between(local_today(env), _in(env, SOON["away"]))
            & Domain("company_id", "in", env.companies.ids)
        ),
        "integration_management.integration_worker_action",
        "date_away_from",
    ),
    "privacy_recipients": Question(
        "integration.withdrawal.recipient",
        _recipients,
        "integration_management.integration_withdrawal_recipient_action",
        "date_withdrawn",
    ),
    "privacy_emergencies": Question(
        "integration.case.access",
        _emergencies,
        "integration_management.integration_case_access_action",
    ),
    "privacy_roles": Question(
        "integration.role.change",
        lambda env: Domain("kind", "=", "asked"),
        "integration_management.integration_role_change_action",
        "date",
    ),
}
