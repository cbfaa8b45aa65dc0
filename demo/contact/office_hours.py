"""Unnamed talks in the weekly office hours of each worker: counted, nobody is named."""

from odoo.fields import Command

from ..organisation.county import INTRODUCED_DAYS, WORKERS
from ..workdays import is_workday
from .topics import UNNAMED

# Weekday and municipalities in turn
OFFICE_HOURS = {
    "anna": (1, ("Friedrichshafen",)),
    "ahmet": (3, ("Friedrichshafen",)),
    "clara": (0, ("Überlingen",)),
    "david": (2, ("Überlingen",)),
    "elif": (3, ("Markdorf", "Salem", "Immenstaad am Bodensee", "Oberteuringen")),
    "felix": (1, ("Meckenbeuren", "Markdorf", "Uhldingen-Mühlhofen", "Salem")),
}


EARLY_DAYS = 240


def create_office_hours(county, rng, sessions):
    """Create the unnamed talks of eighteen months, one batch per worker.

    :param sessions: {(worker, day): session} of those days whose lists are kept
    """
    days = [county.day(ago) for ago in range(INTRODUCED_DAYS, -1, -1)]
    for worker in WORKERS:
        weekday, towns = OFFICE_HOURS[worker]
        env = county.env_of(worker)
        vals_list = []
        for index, day in enumerate(days):
            if day.weekday() != weekday or not is_workday(day) or rng.random() < 0.12:
                continue
            town = towns[(index // 7) % len(towns)]
            # At first few had a file, and more of those who came were unknown.
            busy = [1, 1, 1, 2, 2] if index < EARLY_DAYS else [0, 0, 1, 1, 1, 2]
            for _person in range(rng.choice(busy)):
                vals = _unnamed(county, rng, env.uid, day, town)
                session = sessions.get((worker, day))
                if session is None:
                    vals_list.append(vals)
                elif session.state != "cancelled" and day < county.today:
                    vals_list.append({**vals, "session_id": session.id})
        env["integration.contact"].create(vals_list)


def _unnamed(county, rng, user_id, day, town):
    minutes = rng.randrange(5, 30, 5)
    return {
        "municipality_id": county.municipality(town),
        "date": day,
        "time_start": county.diary.book(rng, user_id, day, minutes, 14.0, 16.5),
        "duration": minutes,
        "channel_id": county.code("channel", "office_hours"),
        "unnamed_count": rng.choice([1, 1, 1, 2, 3]),
        "topic_ids": [Command.set([county.code("topic", rng.choice(UNNAMED))])],
    }
