"""Appointments of a file, for the world of the walls."""

from datetime import timedelta

from odoo.addons.integration_management.tools import local_today


def appointments(case):
    """Return {key of the table: records} of what is planned in ``case``."""
    planned = case.env["integration.appointment"].create(
        {"case_id": case.id, "date": local_today(case.env) + timedelta(days=3), "time": 9}
    )
    return {planned._name: planned}
