"""Rooms and regular office hours of each worker, with the sessions of the past quarter."""

from odoo.fields import Command

from ..contact.office_hours import OFFICE_HOURS
from ..organisation.county import INTRODUCED_DAYS

PAST_DAYS = 91
BEGIN, END = 14.0, 16.5
# Room, address, provided by, persons, without steps, private, note
ROOMS = {
    "Friedrichshafen": ("Rathaus, Zimmer 012", "Adenauerplatz 1", "municipality", 5, True, True,
                        ""),
    "Überlingen": ("Beratungszimmer im 1. Stock", "Münsterstraße 40", "employer", 4, False, True,
                   "Die Stadt sucht einen Raum im Erdgeschoss."),
    "Markdorf": ("Rathaus, Besprechungszimmer", "Rathausplatz 1", "municipality", 6, True, True,
                 "Schlüssel an der Pforte"),
    "Salem": ("Altes Schulhaus, 2. Stock", "Schlossseeallee 20", "municipality", 4, False, True,
              ""),
    "Immenstaad am Bodensee": ("Bürgerhaus, Foyer", "Dr.-Zimmermann-Straße 1", "municipality", 4,
                               True, False, "Offener Durchgang, Trennwand ist zugesagt"),
    "Oberteuringen": ("Gemeindehaus St. Martin", "Kirchstraße 2", "other", 8, True, True, ""),
    "Meckenbeuren": ("Rathaus, Zimmer 3", "Theodor-Heuss-Platz 1", "municipality", 5, True, True,
                     ""),
    "Uhldingen-Mühlhofen": ("Rathaus, kleines Büro", "Aachstraße 4", "municipality", 2, True, True,
                            ""),
}  # fmt: skip
SPOKEN = {
    "anna": ("de", "en"), "ahmet": ("de", "tr", "ar"), "clara": ("de", "fr"),
    "david": ("de", "en"), "elif": ("de", "tr"), "felix": ("de", "en"),
}  # fmt: skip
INTERPRETERS = {"anna": ("uk",), "clara": ("ti",), "felix": ("prs",)}
COVERS = {"anna": "ahmet", "ahmet": "anna", "clara": "david", "elif": "felix"}
# Who gives times away, by minutes
SLOTS = {"clara": "30", "anna": "30"}
PUBLIC = ("friedrichshafen", "linzgau")
# Worker, how many sessions back
CANCELLED = ("felix", 3)


def create_hours(county):
    """Enter rooms and regular hours as the workers.

    :returns: {(worker, day): session} of the past quarter and today, without what is cancelled
    """
    for key in PUBLIC:
        county.companies[key].integration_office_public = True
    sessions = {}
    for worker, (weekday, towns) in OFFICE_HOURS.items():
        own = county.env["integration.office.session"]
        for number, town in enumerate(towns):
            own |= _past_sessions(county, worker, weekday, number, town)
        held = own.sorted("date", reverse=True)
        if worker == CANCELLED[0]:
            cancelled = held[CANCELLED[1]]
            cancelled.with_env(county.env_of(worker))._cancel(
                "worker", "Fortbildung, ohne Vertretung"
            )
        sessions.update({(worker, session.date): session for session in held})
    return sessions


def _past_sessions(county, worker, weekday, number, town):
    """Enter the regular hours in one town, and what took place since the quarter began."""
    env, (_weekday, towns) = county.env_of(worker), OFFICE_HOURS[worker]
    # The same days as those of the talks, which go from town to town week by week
    days = [
        county.day(ago)
        for index, ago in enumerate(range(INTRODUCED_DAYS, -1, -1))
        if county.day(ago).weekday() == weekday and index // 7 % len(towns) == number
    ]
    first = next(day for day in days if day >= county.day(PAST_DAYS))
    cover = COVERS.get(worker)
    hour = env["integration.office.hour"].create(
        {
            "municipality_id": county.municipality(town),
            "room_id": _room(county, env, town).id,
            "weekday": str(weekday),
            "interval": str(len(towns)),
            "time_from": BEGIN,
            "time_to": END,
            "date_from": first,
            "user_id": env.uid,
            "cover_id": county.users[cover].id if cover else False,
            "language_ids": [Command.set([county.code("language", c) for c in SPOKEN[worker]])],
            "interpreter_ids": [
                Command.set([county.code("language", c) for c in INTERPRETERS.get(worker, ())])
            ],
            "slot_minutes": SLOTS.get(worker, "0"),
        }
    )
    env["integration.office.session"]._as_system().create(
        [
            {"hour_id": hour.id, "date": day, "pattern_date": day}
            for day in hour._days(first, county.day(1))
        ]
    )
    return hour.session_ids.filtered(lambda session: session.date <= county.today).sudo()


def _room(county, env, town):
    """Return the room of the employer in a town, entered by whoever comes first."""
    rooms = env["integration.office.room"]
    known = rooms.search([("municipality_id", "=", county.municipality(town))], limit=1)
    if known:
        return known
    name, address, provider, seats, accessible, private, note = ROOMS[town]
    return rooms.create(
        {
            "municipality_id": county.municipality(town),
            "name": name,
            "address": f"{address}, {town}",
            "provider": provider,
            "seats": seats,
            "accessible": accessible,
            "private_talk": private,
            "note": note,
        }
    )
