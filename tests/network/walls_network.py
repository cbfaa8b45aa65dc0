"""A meeting with all its parts and network contacts, for the world of the walls."""

from datetime import timedelta

from odoo.fields import Command

from ..volunteer.walls_volunteer import group_offers

PDF = "JVBERi0xLjQK"
OF_EMPLOYER = ("integration.group.offer", "integration.group.offer.date")


def network_rows(world):
    """Return the rows of the county's own meeting, of one elsewhere, and of network contacts."""
    day = world.today + timedelta(days=10)
    own = _meeting(world._as(world.county_user), world.town_a, day)
    for worker in (world.worker_a, world.colleague_a):
        world._as(worker)["integration.meeting.topic"].create(
            {"meeting_id": own.id, "name": "Topic"}
        )
    far = _meeting(world.env, world.far_town, day)
    near = _meeting(world.env, _where_the_office_works(world), day)
    for meeting in far | near:
        meeting.topic_ids = [Command.create({"name": "Topic"})]
    meetings = own.sudo() | far | near
    contacts = world.env["integration.network.contact"]
    for worker, town in (
        (world.worker_a, world.town_a),
        (world.colleague_a, world.town_a),
        (world.worker_b, world.town_b),
    ):
        contacts |= world._as(worker)["integration.network.contact"].create(
            {"municipality_id": town.id, "partner_name": "Somebody of an office"}
        ).sudo()  # fmt: skip
    return [
        *meetings, *meetings.topic_ids, *meetings.guest_ids, *meetings.attendance_ids,
        *meetings.decision_ids, *meetings.material_ids, *contacts, *group_offers(world),
    ]  # fmt: skip


def _where_the_office_works(world):
    """Return a town of another county, in which the county office has a mandate as an employer.

    Its coordinators read the meetings there, as every employer does, and write none of them.
    """
    office = world.env["res.company"].create(
        {"name": "Near County Office", "integration_employer_type": "county"}
    )
    county = world.env["integration.county"].create(
        {"name": "Near", "ags": "08996", "company_id": office.id}
    )
    town = world.env["integration.municipality"].create(
        {"name": "Naheim", "ags": "08996001", "county_id": county.id}
    )
    world.env["integration.mandate"].create(
        {
            "company_id": world.company_county.id,
            "municipality_id": town.id,
            "mode": "own",
            "date_start": world.start,
        }
    )
    # Somebody to invite
    world._new_user("near", "integration_management.group_caseworker", world.company_county)
    return town


def _meeting(env, town, day):
    meeting = env["integration.meeting"].create(
        {
            "county_id": town.county_id.id,
            "date": day,
            "municipality_id": town.id,
            "guest_ids": [Command.create({"name": "Guest"})],
            "material_ids": [Command.create({"name": "Slides", "file": PDF})],
        }
    )
    meeting.decision_ids = [
        Command.create({"name": "Decision", "attendance_id": meeting.attendance_ids[:1].id})
    ]
    return meeting


def network_situation(user, row):
    """Return own, employer, county or other."""
    employer = user.company_id
    if row._name in ("integration.network.contact", *OF_EMPLOYER):
        if row.company_id != employer:
            return "other"
        return "own" if row.create_uid == user else "employer"
    office = row.company_id == employer
    if office and user.has_group("integration_management.group_county"):
        return "own"
    if not office and employer not in row.company_id.env["integration.county"].search(
        [("company_id", "=", row.company_id.id)]
    ).employer_ids:  # fmt: skip
        return "other"
    mine = row._name == "integration.meeting.topic" and row.create_uid == user
    return "own" if mine else "county"
