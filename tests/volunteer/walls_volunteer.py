"""A volunteer match in a file, and group offers beside it, for the world of the walls."""

from datetime import timedelta

from odoo.fields import Command


def volunteer_rows(case):
    """Return {key of the table: records} of a match in ``case``."""
    match = case.env["integration.volunteer.match"].create(
        {
            "case_id": case.id,
            "need": "Words",
            "recipient_name": "Club",
            "date_need": case.date_start,
            "date_start": case.date_start,
        }
    )
    return {match._name: match}


def group_offers(world):
    """Return offers of both employers with a date each."""
    rows = []
    for worker, town in (
        (world.worker_a, world.town_a),
        (world.colleague_a, world.town_a),
        (world.worker_b, world.town_b),
    ):
        offer = world._as(worker)["integration.group.offer"].create(
            {
                "name": "Café",
                "municipality_id": town.id,
                "date_ids": [Command.create({"date": world.today + timedelta(days=1)})],
            }
        )
        rows += [offer.sudo(), offer.sudo().date_ids]
    return rows
