"""People, households and cases in the columns that the import reads (docs/import.md)."""

from ...models.consent.gate import GIVEN
from ...models.intake.cells import HEADERS
from ...tools import local_today

# What the import does not ask for stands behind its columns, and is left out by it.
COLUMNS = (*[name for name in HEADERS if name not in ("last_name", "first_name")], "file_number")
# Forms of a consent of which a signed paper is filed
ON_PAPER = ("paper", "screen")


def people_rows(clients):
    """Yield a row of words for each client, in the order of :data:`COLUMNS`."""
    today = local_today(clients.env)
    for client in clients.sorted("file_number"):
        said = {**_card(client), **_household(client, today), **_consent(client), **_case(client)}
        yield [said.get(column) or "" for column in COLUMNS]


def _card(client):
    names = ("name", "phone", "email", "street", "zip", "city", "file_number")
    return {
        **{name: client[name] for name in names},
        "birthdate": _day(client.birthdate),
        "gender": client.gender,
        "languages": _several(client.language_ids.mapped("code")),
        "interpreter_needed": "yes" if client.interpreter_needed else "no",
        "nationalities": _several(client.nationality_ids.mapped("code")),
        "date_arrival_country": _day(client.date_arrival_country),
    }


def _household(client, today):
    member = client.household_member_ids._valid_on(today)[:1]
    return {"household": str(member.household_id.id or ""), "household_role": member.role}


def _consent(client):
    """Return since when the consent to the file holds, if it does and somebody has signed it."""
    events = client.consent_ids.filtered(lambda event: event.purpose == "file")
    if not client._has_consent("file"):
        return {}
    ended = [event.date for event in events if event.decision not in GIVEN]
    since = max(ended, default=None)
    lasting = events.filtered(
        lambda event: event.decision in GIVEN and (not since or event.date >= since)
    ).sorted(lambda event: (event.date, event.id))[:1]
    return {
        "consent_date": _day(lasting.date),
        "consent_paper": "yes" if lasting.form in ON_PAPER else "no",
        "guardian": lasting.guardian_id._filtered_access("read").name or lasting.guardian_name,
    }


def _case(client):
    case = client.case_ids.filtered(lambda case: case.state != "closed")[:1]
    return {"case_start": _day(case.date_start), "municipality": case.municipality_id.ags}


def _day(day):
    return day.isoformat() if day else ""


def _several(words):
    return ", ".join(filter(None, words))
