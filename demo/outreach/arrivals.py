"""Moves of the last months: entered by the accommodation, visited, answered or still open."""

from datetime import timedelta
from random import Random

from odoo.fields import Command

from ..organisation.county import MODULE
from ..workdays import workday

STAFF = f"{MODULE}.demo_user_miriam"
# Days ago, municipality, persons, language, street, name, worker,
# visits as (days after the move, result), what became of it
MOVES = (
    (96, "Friedrichshafen", 1, "ti", "Keplerstraße 12", "", "ahmet", [(3, "talked")], "declined"),
    (91, "Überlingen", 4, "uk", "Aufkircher Straße 3", "", "david", [(5, "talked")], "accepted"),
    (84, "Friedrichshafen", 5, "ar", "Ailinger Straße 40", "", "anna",
     [(6, "nobody"), (9, "talked")], "accepted"),
    (77, "Markdorf", 2, "prs", "Gehrenbergstraße 8", "", "felix", [(2, "talked")], "accepted"),
    (70, "Salem", 1, "so", "Bodenseestraße 21", "", "elif",
     [(12, "nobody"), (15, "came"), (20, "talked")], "declined"),
    (62, "Friedrichshafen", 3, "tr", "Keplerstraße 12", "", "ahmet", [(4, "talked")], "accepted"),
    (55, "Meckenbeuren", 1, "ar", "Hauptstraße 70", "", "felix", [(33, "nobody")], ""),
    (48, "Überlingen", 2, "fa", "Nußdorfer Straße 55", "", "clara", [(8, "talked")], "declined"),
    (41, "Immenstaad am Bodensee", 1, "ti", "Seestraße 5", "", "elif", [(6, "talked")], "accepted"),
    (30, "Friedrichshafen", 2, "uk", "Allmandstraße 9", "Familie Demchuk", "anna",
     [(3, "came")], "later"),
    (21, "Friedrichshafen", 4, "prs", "Ailinger Straße 40", "Familie Rahimi", "ahmet",
     [(2, "nobody"), (7, "talked")], ""),
    (14, "Markdorf", 6, "ar", "Gehrenbergstraße 8", "Familie Haddad", "felix", [(5, "nobody")], ""),
    (9, "Friedrichshafen", 1, "ti", "Keplerstraße 14", "", "ahmet", [(6, "nobody")], ""),
    (5, "Überlingen", 3, "ru", "Aufkircher Straße 3", "", "", [], ""),
    (3, "Friedrichshafen", 1, "so", "Keplerstraße 14", "", "", [], ""),
    (2, "Friedrichshafen", 2, "fr", "Allmandstraße 9", "", "", [], ""),
    (1, "Salem", 5, "tr", "Bodenseestraße 23", "", "", [], ""),
)  # fmt: skip


def create_arrivals(county):
    """Enter the moves as the accommodation staff, and let the workers go there."""
    staff = county.env.ref(STAFF)
    env = county.env(
        user=staff.id,
        su=False,
        context={"allowed_company_ids": staff.company_id.ids, "lang": "de_DE"},
    )
    for ago, town, persons, language, street, name, worker, visits, result in MOVES:
        arrival = env["integration.arrival"].create(
            {
                "municipality_id": county.municipality(town),
                "date_move": county.day(ago),
                "person_count": persons,
                "language_ids": [Command.set([county.code("language", language)])],
                "street": street,
                "city": town,
                "name": name,
            }
        )
        # sudo: integration.arrival - the lead gives it to whoever goes there
        arrival.sudo().user_id = county.users[worker] if worker else False
        if worker:
            _visit(county, arrival.with_env(county.env_of(worker)), visits, result)


def _visit(county, arrival, visits, result):
    """Let the worker of the arrival go there and note what became of it."""
    day = arrival.date_move
    for days, outcome in visits:
        day = workday(arrival.date_move + timedelta(days=days), arrival.date_move, county.day(1))
        visit = arrival.env["integration.arrival.visit"].create(
            {"arrival_id": arrival.id, "date": day, "result": outcome}
        )
        # sudo: integration.arrival.visit - the time of its own talk, in the worker's diary
        for talk in visit.sudo().contact_id:
            rng = Random(f"{day}-{days}")
            talk.time_start = county.diary.book(rng, arrival.env.uid, day, talk.duration)
    if result == "later":
        arrival.date_later = county.day(-12)
    elif result:
        # What the dialog for a new family does of an arrival that says yes
        arrival._answer(result)
        # sudo: integration.arrival - that it was on that day, and not today
        arrival.sudo()._as_system().write({"date_result": day, "date_cleared": day})
