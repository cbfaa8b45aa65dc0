"""Volunteers of two families, and a language café with how many came."""

from datetime import timedelta

from odoo.fields import Command

from ..workdays import workday

# First of the family -> days ago it was asked for, days until they met (None: nobody yet), purpose,
# entry of the directory, what is wanted, how it goes
WISHES = {
    "Yonas Haile": (
        40, 12, "language", "helferkreis",
        "Einmal in der Woche Deutsch sprechen, am liebsten nachmittags in der Bücherei",
        "Beide zufrieden; treffen sich dienstags.",
    ),
    "Omar Sabbagh": (
        120, 20, "school", "helferkreis", "Hilfe bei den Hausaufgaben in der zweiten Klasse",
        "Läuft gut, die Lehrkraft ist einbezogen.",
    ),
    "Selam Tesfay": (35, None, "leisure", None, "Ein Chor oder eine Laufgruppe für Frauen", ""),
}  # fmt: skip
CAFE_WEEKS = 10
CAME = (9, 12, 7, 14, 11, 8, 13, 10, 6, 12)


def find_volunteers(family):
    """Note what somebody of the family looks for, and whom was found."""
    wish = WISHES.get(family.members[0].client.name)
    if not wish:
        return
    ago, met, purpose, code, need, feedback = wish
    county = family.county
    own = family.cases[0].case
    if own.state == "closed" or own.consent_state != "given":
        return
    asked = max(county.day(ago), own.date_start)
    vals = {"case_id": own.id, "date_need": asked, "purpose": purpose, "need": need}
    if met is not None:
        vals["service_id"] = county.code("service", code)
        vals["date_start"] = min(asked + timedelta(days=met), county.day(1))
    match = own.env["integration.volunteer.match"].create(vals)
    if feedback:
        match.feedback = feedback


def open_language_cafe(county):
    """Let the café take place once a week, once with nobody there to open."""
    offer = county.env_of("anna")["integration.group.offer"].create(
        {
            "name": "Sprachcafé im Bürgertreff",
            "kind": "cafe",
            "municipality_id": county.municipality("Friedrichshafen"),
            "service_id": county.code("service", "helferkreis"),
            "place": "Bürgertreff, Erdgeschoss",
            "note": "Für alle, ohne Anmeldung; Kinder willkommen.",
        }
    )
    dates = []
    for week, count in zip(range(CAFE_WEEKS, 0, -1), CAME, strict=True):
        day = workday(county.day(7 * week), county.day(7 * week + 3), county.day(1))
        came = {"state": "cancelled"} if week == 4 else {"participant_count": count}
        dates.append({"date": day, "duration": 120, **came})
    ahead = workday(county.day(-6), county.day(-4), county.day(-12))
    offer.date_ids = [Command.create(vals) for vals in [*dates, {"date": ahead, "duration": 120}]]
