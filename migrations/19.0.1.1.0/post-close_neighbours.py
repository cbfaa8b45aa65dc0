"""What Odoo kept beside files before it was closed: shared filters, pinned views, messages."""

import logging

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# Filters on these carry names as well, if somebody with a role of ours saved them.
BESIDE = ("res.partner", "mail.activity", "ir.attachment", "calendar.event")


def migrate(cr, version):
    """Give filters and views on files to the employer of their author; drop waiting messages.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    ours = tuple(sorted(env["ir.rule"]._file_models()))
    roles = env.ref("integration_management.group_base").all_user_ids.ids or [0]
    for table, column in (("ir_filters", "model_id"), ("ir_embedded_actions", "parent_res_model")):
        cr.execute(
            SQL(
                """
                UPDATE %(table)s AS kept SET integration_company_id = author.company_id
                  FROM res_users author
                 WHERE author.id = kept.create_uid AND author.id != %(root)s
                   AND kept.integration_company_id IS NULL
                   AND (%(column)s IN %(ours)s OR (%(column)s IN %(beside)s
                                                   AND author.id IN %(roles)s))
                """,
                table=SQL.identifier(table),
                column=SQL.identifier("kept", column),
                root=SUPERUSER_ID,
                ours=ours,
                beside=BESIDE,
                roles=tuple(roles),
            )
        )
    waiting = env["mail.scheduled.message"].search([("model", "in", ours)])
    if waiting:
        # They would be posted by a job, and mailed to their authors when that fails.
        _logger.warning("%s scheduled messages beside files were dropped.", len(waiting))
        waiting.unlink()
    if "calendar.event" in env:
        close_appointments(env, ours)


def close_appointments(env, ours):
    """Keep appointments about files private and in their file, also those made of an activity."""
    events = env["calendar.event"].with_context(active_test=False, dont_notify=True)
    tied = events.search([("res_model", "in", ours), ("res_id", "!=", False)])
    tied.write({"privacy": "private"})
    tied._end_openness()
    planned = env["mail.activity"].with_context(active_test=False, dont_notify=True)
    planned = planned.search([("res_model", "in", ours), ("calendar_event_id", "!=", False)])
    for event in planned.calendar_event_id - tied:
        event.privacy = "private"
        places = {(activity.res_model, activity.res_id) for activity in event.activity_ids}
        if len(places) == 1:
            event._tie_to_file(*places.pop())
