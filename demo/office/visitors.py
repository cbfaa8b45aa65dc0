"""Who came to the sessions of the past quarter, who waits today, and who has booked."""

from datetime import timedelta
from random import Random

from ..organisation.county import moment

WORDS = ("Rote Mütze", "Kinderwagen", "Blaue Jacke", "Fahrradhelm")


def create_visitors(county, sessions):
    """Put those who were talked to on the lists, a few who left, and who waits today."""
    for (worker, day), session in sessions.items():
        own = session.with_env(county.env_of(worker))
        if own.state == "cancelled":
            continue
        rng = Random(f"visitors-{worker}-{day}")
        if day == county.today:
            _wait(county, own)
            continue
        # sudo: integration.contact - the talks of that day, of the worker herself
        for talk in own.sudo().contact_ids.sorted("time_start"):
            visitor = _come(county, own, rng, person_count=max(1, talk.unnamed_count))
            visitor._settle("done", talk)
        if rng.random() < 0.35:
            _come(county, own, rng).action_left()
    for worker in ("anna", "clara", "elif"):
        _visit_with_file(county, worker, sessions)
    _book(county)


def _come(county, session, rng, **values):
    """Put somebody on the list, at a time of that afternoon."""
    visitor = session.env["integration.office.visitor"].create({"session_id": session.id, **values})
    came = moment(session.date, 14) + timedelta(minutes=rng.randrange(0, 120, 5))
    visitor._as_system().arrived_at = came
    return visitor


def _clients(county, worker):
    """Return clients of the worker with consent and an open case that was spoken with lately."""
    env = county.env_of(worker)
    cases = env["integration.case"].search(
        [
            ("user_id", "=", env.uid),
            ("state", "=", "open"),
            ("consent_state", "=", "given"),
            ("last_talk_date", ">=", county.day(20)),
        ],
        order="id",
        limit=3,
    )
    return cases.client_id


def _visit_with_file(county, worker, sessions):
    """Let a client have come to the worker's latest session, and left again."""
    days = [day for name, day in sessions if name == worker and day < county.today]
    session = sessions[worker, max(days)].with_env(county.env_of(worker))
    for client in _clients(county, worker)[:1] if session.state == "planned" else ():
        _come(county, session, Random(worker), client_id=client.id).action_left()


def _wait(county, session):
    """Let three wait today: one with a file, one by a word, and one is with the worker."""
    rng = Random(f"waiting-{session.id}")
    first = _come(county, session, rng, name=WORDS[session.id % len(WORDS)])
    for client in _clients(county, session.user_id.login)[:1]:
        _come(county, session, rng, client_id=client.id)
    _come(county, session, rng, person_count=2)
    first.action_call()


def _book(county):
    """Give a time of the next sessions to two clients, and let one session fall away."""
    for number, worker in enumerate(("anna", "clara")):
        env = county.env_of(worker)
        ahead = env["integration.office.session"].search(
            [("user_id", "=", env.uid), ("date", ">", county.today)], limit=3
        )
        for session, client in zip(ahead, _clients(county, worker)[:2], strict=False):
            env["integration.appointment"].create(
                {
                    "case_id": client.case_ids.filtered(lambda c: c.state == "open")[:1].id,
                    "session_id": session.id,
                    "date": session.date,
                    "time": session._free_slots()[number],
                    "duration": 30,
                    "place_kind": "elsewhere",
                    "place": ", ".join(session._place_lines()),
                }
            )
        if worker == "clara" and len(ahead) > 2:
            ahead[2]._cancel("room", "Das Zimmer wird gestrichen")
