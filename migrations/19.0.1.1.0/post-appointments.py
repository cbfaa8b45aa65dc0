"""What the contact dialog had planned as activities becomes appointments, their time still open."""

from odoo import SUPERUSER_ID, api

# The words of the dialog in the languages it was shipped in; anything else was typed.
NEUTRAL = ("Next appointment", "Nächster Termin")


def migrate(cr, version):
    """Turn the activities that the dialog made, and nobody has added to, into appointments.

    What somebody planned or worded by hand stays an activity, and so does what stands in the
    calendar already. Nothing is said that was not said: the day, the case, the worker.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    meetings = env.ref("mail.mail_activity_data_meeting", raise_if_not_found=False)
    if not meetings:
        return
    planned = env["mail.activity"].search(
        [("res_model", "=", "integration.case"), ("activity_type_id", "=", meetings.id)], order="id"
    )
    # Odoo puts the name of the type, in the user's language, where nothing is said.
    names = {
        meetings.with_context(lang=code).name for code, _name in env["res.lang"].get_installed()
    }
    neutral = {*NEUTRAL, *names, meetings.summary, False, ""}
    planned = planned.filtered(lambda activity: activity.summary in neutral and not activity.note)
    if "calendar_event_id" in planned._fields:
        planned = planned.filtered(lambda activity: not activity.calendar_event_id)
    for activity in planned:
        case = env["integration.case"].browse(activity.res_id).exists()
        # After a no nothing is arranged: what was, stays where it is for the worker to delete.
        said_no = case.client_id.consent_state in ("refused", "withdrawn")
        if not case or case.state == "closed" or said_no or not activity.user_id:
            continue
        env["integration.appointment"]._as_system().create(
            {"case_id": case.id, "date": activity.date_deadline, "user_id": activity.user_id.id}
        )
        activity.unlink()
