from odoo import http
from odoo.http import request

from ...reports.organisation.calendar_file import calendar_file, moments
from ..answers import file_answer


class IntegrationMeetingController(http.Controller):
    """Download of a network meeting for a calendar."""

    @http.route(
        "/integration/meeting/<int:meeting_id>/ics", type="http", auth="user", readonly=True
    )
    def meeting_ics(self, meeting_id):
        """Return the file: title, hours and place; who is invited stands in no calendar."""
        meetings = request.env["integration.meeting"]
        if not meetings.has_access("read"):
            return request.not_found()
        meeting = meetings.search([("id", "=", meeting_id)])
        if not meeting:
            # The same answer whether it does not exist or is closed.
            return request.not_found()
        content = calendar_file(
            request.env,
            f"meeting-{meeting.id}",
            moments(meeting.start, meeting.stop),
            meeting.name,
            ", ".join(filter(None, [meeting.place, meeting.municipality_id.name])),
            cancelled=meeting.state == "cancelled",
            private=False,
        )
        return file_answer(content, "text/calendar; charset=utf-8", f"meeting-{meeting.date}.ics")
