"""The county's network: a meeting with minutes, the next one with topics, contacts on the spot."""

from datetime import timedelta

from odoo.fields import Command

from ..organisation.county import MODULE
from ..workdays import workday

COORDINATOR = f"{MODULE}.demo_user_karin"
ROOM = "Landratsamt, Großer Sitzungssaal"
# Who brings in which topic, and what came of it
TOPICS_HELD = (
    ("anna", "Wartezeiten auf Integrationskurse",
     "In mehreren Gemeinden warten Angemeldete länger als ein halbes Jahr.",
     "Die Koordinierungsstelle schickt monatlich eine Liste der freien Plätze. Wer im Alphakurs "
     "wartet, kann das Sprachcafé besuchen."),
    ("david", "Wohnungssuche nach der Anerkennung",
     "Wie gehen andere mit befristeten Mietangeboten um?",
     "Erfahrungen wurden ausgetauscht. Die Mietersprechstunde in Überlingen steht allen offen."),
    ("felix", "Zuständigkeit bei Umzug im Landkreis", "",
     "Die Übergabe läuft über die Gemeinde, in die jemand zieht; vorher wird telefoniert."),
)  # fmt: skip
TOPICS_AHEAD = (
    ("ahmet", "Kita-Plätze im neuen Jahr", "Welche Gemeinden nehmen noch auf?", 20),
    ("elif", "Fahrten zu Terminen im ländlichen Raum",
     "Bürgerbus, Fahrdienste von Ehrenamtlichen: was gibt es wo?", 15),
    ("clara", "Neues Formular des Jobcenters", "", 10),
)  # fmt: skip
# What was decided, by whom, how many days after the meeting, whether it is done
DECISIONS = (
    ("Liste der Mietersprechstunden zusammenstellen und herumschicken", "clara", 21, True),
    ("Bei der Volkshochschule nach einem zweiten Alphakurs fragen", "anna", 120, False),
    ("Ablauf der Übergabe bei Umzug auf einer Seite aufschreiben", "felix", 130, False),
)
# Days ago, worker, municipality, kind, with whom, minutes, what about
CONTACTS = (
    (75, "anna", "Friedrichshafen", "round", "Runder Tisch Integration der Stadt", 90,
     "Räume für Sprechstunden, Termine des Sprachcafés"),
    (68, "elif", "Salem", "volunteers", "Helferkreis Salem", 60, "Fahrdienste im Winter"),
    (52, "ahmet", "Friedrichshafen", "exchange", "Jobcenter, Leistungsabteilung", 30,
     "Ansprechpersonen nach der Umstellung"),
    (40, "clara", "Überlingen", "project", "Volkshochschule Überlingen", 45,
     "Lernwerkstatt am Nachmittag"),
    (33, "felix", "Markdorf", "event", "Informationsabend der Gemeinde", 120,
     "Mülltrennung und Hausordnung"),
    (26, "david", "Überlingen", "exchange", "Migrationsberatung für Erwachsene", 40, ""),
    (12, "anna", "Friedrichshafen", "exchange", "Ausländerbehörde", 25, "Terminvergabe online"),
    (6, "elif", "Immenstaad am Bodensee", "volunteers", "Fahrradwerkstatt des Sportvereins", 45,
     "Fahrradkurs für Frauen im Frühjahr"),
)  # fmt: skip


def create_network(county):
    """Let the coordinator hold a meeting and plan the next; let workers be out in the network."""
    karin = county.env.ref(COORDINATOR)
    env = county.env(
        user=karin.id,
        su=False,
        context={"allowed_company_ids": karin.company_id.ids, "lang": "de_DE"},
    )
    quarter = county.today.replace(month=(county.today.month - 1) // 3 * 3 + 1, day=1)
    held = quarter - timedelta(days=40)
    _hold(county, env, workday(held, held - timedelta(days=9), held + timedelta(days=9)))
    ahead = county.today + timedelta(days=31)
    if (ahead.month, ahead.day) > (12, 18) or ahead.month == 1 and ahead.day < 8:
        ahead += timedelta(days=20)  # nobody meets between the years
    _plan(county, env, workday(ahead, county.today + timedelta(days=14), ahead + timedelta(days=9)))
    for ago, worker, town, kind, partner, minutes, note in CONTACTS:
        county.env_of(worker)["integration.network.contact"].create(
            {
                "date": workday(county.day(ago), county.day(ago + 5), county.day(1)),
                "municipality_id": county.municipality(town),
                "kind": kind,
                "partner_name": partner,
                "duration": minutes,
                "note": note,
            }
        )


def _meeting(county, env, day, note, guests):
    return env["integration.meeting"].create(
        {
            "name": "Netzwerktreffen Integrationsmanagement",
            "date": day,
            "time": 9,
            "time_end": 12,
            "place": ROOM,
            "municipality_id": county.municipality("Friedrichshafen"),
            "note": note,
            "guest_ids": [Command.create(guest) for guest in guests],
        }
    )


def _hold(county, env, day):
    """Hold a meeting of the last quarter and write its minutes."""
    meeting = _meeting(
        county, env, day, "Bitte offene Fragen zu den Integrationskursen mitbringen.",
        [{
            "name": "Sandra Held",
            "organisation": "Koordinierungsstelle Sprachkurse",
            "subject": "Anmeldung und freie Plätze",
            "remark": "Freie Plätze gibt es derzeit vor allem am Vormittag.",
        }],
    )  # fmt: skip
    for login, name, about, _outcome in TOPICS_HELD:
        _bring_in(county, meeting, login, {"name": name, "description": about})
    for login in ("anna", "ahmet", "clara", "david", "felix"):
        meeting.with_env(county.env_of(login)).action_come()
    meeting.with_env(county.env_of("elif")).action_stay_away()
    meeting.action_held()
    for topic, (_login, _name, _about, outcome) in zip(meeting.topic_ids, TOPICS_HELD, strict=True):
        topic.outcome = outcome
    meeting.minutes = (
        "Neu im Kreis: zwei Stellen werden ausgeschrieben. Nächstes Treffen im Winter."
    )
    by_login = {row.user_id.login: row for row in meeting.attendance_ids}
    for name, login, days, _done in DECISIONS:
        env["integration.meeting.decision"].create(
            {
                "meeting_id": meeting.id,
                "name": name,
                "attendance_id": by_login[login].id,
                "date_due": day + timedelta(days=days),
            }
        )
    for decision in meeting.decision_ids:
        if any(decision.name == name and done for name, _login, _days, done in DECISIONS):
            decision._as_system().date_done = day + timedelta(days=14)
    meeting.action_close()


def _plan(county, env, day):
    """Plan the next meeting; some have answered, and some have brought in a topic."""
    meeting = _meeting(
        county, env, day, "Mit Gast aus dem Jugendamt. Themen bitte bis eine Woche vorher nennen.",
        [{"name": "Martin Keller", "organisation": "Jugendamt", "subject": "Frühe Hilfen"}],
    )  # fmt: skip
    for login, name, about, minutes in TOPICS_AHEAD:
        _bring_in(county, meeting, login, {"name": name, "description": about, "duration": minutes})
    for login in ("ahmet", "elif", "clara"):
        meeting.with_env(county.env_of(login)).action_come()
    meeting.with_env(county.env_of("david")).action_stay_away()


def _bring_in(county, meeting, login, values):
    topics = county.env_of(login)["integration.meeting.topic"]
    topics.create({"meeting_id": meeting.id, **values})
