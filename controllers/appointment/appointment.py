from odoo import http
from odoo.http import content_disposition, request

from ...reports.appointment.appointment_ics import appointment_ics


class IntegrationAppointmentController(http.Controller):
    """Download of one appointment for a calendar."""

    @http.route(
        "/integration/appointment/<int:appointment_id>/ics", type="http", auth="user", readonly=True
    )
    def appointment_ics(self, appointment_id, whose=None):
        """Return the file: with the file number for the worker, without it for the client.

        :param whose: “client” for a file to hand over, with the employer's name and the place
        """
        appointments = request.env["integration.appointment"]
        if not appointments.has_access("read"):
            return request.not_found()
        appointment = appointments.search([("id", "=", appointment_id)])
        if not appointment:
            # The same answer whether it does not exist or is closed.
            return request.not_found()
        request.env["integration.access.log"]._log("export", appointment._logged_clients())
        if whose == "client":
            name, (title, place) = "termin", appointment._for_the_client()
        else:
            name = title = appointment.case_id.file_number
            place = ""
        content = appointment_ics(appointment, title, place)
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{name.replace('/', '-')}.ics")),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
