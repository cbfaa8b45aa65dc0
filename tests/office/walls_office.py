"""Office hours for the world of the walls: rooms and sessions, and who came."""

from datetime import timedelta

from odoo.addons.integration_management.models.office.holiday import holiday_name
from odoo.addons.integration_management.tools import local_today


def working_day(env, days=0):
    """Return the first day from today + ``days`` back that is no holiday."""
    day = local_today(env) + timedelta(days=days)
    while holiday_name(day):
        day -= timedelta(days=1)
    return day


def session_of(env, municipality, **values):
    """Return a session of today, or of the last day that was no holiday."""
    return env["integration.office.session"].create(
        {"municipality_id": municipality.id, "date": working_day(env), **values}
    )


def office_visit(case, client):
    """Return {key of the table: records} of a visit of ``client`` at the owner's office hours."""
    env = case.env
    session = env["integration.office.session"].search(
        [("user_id", "=", env.uid), ("date", "=", working_day(env))], limit=1
    ) or session_of(env, case.municipality_id)
    visitor = env["integration.office.visitor"].create(
        {"session_id": session.id, "client_id": client.id}
    )
    return {visitor._name: visitor}


def office_rows(world):
    """Return rooms, hours, sessions and visitors without a file of both employers."""
    rows = []
    for worker, town in ((world.colleague_a, world.town_a), (world.worker_b, world.town_b)):
        env = world._as(worker)
        room = env["integration.office.room"].create({"name": "Room 1", "municipality_id": town.id})
        hour = env["integration.office.hour"].create(
            {
                "municipality_id": town.id,
                "room_id": room.id,
                "date_from": local_today(env) + timedelta(days=14),
            }
        )
        session = hour.session_ids[:1]
        past = session_of(env, town, time_from=6, time_to=7)
        visitor = env["integration.office.visitor"].create({"session_id": past.id, "name": "Nod"})
        rows += [room.sudo(), hour.sudo(), session.sudo(), past.sudo(), visitor.sudo()]
    return rows
