from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import local_today, without_defaults

# How somebody is spoken to who is met there; channels are master data, found by their code.
CHANNELS = {
    "office": "appointment",
    "home": "home_visit",
    "elsewhere": "outreach_elsewhere",
    "phone": "telephone",
    "video": "video",
}


class IntegrationAppointment(models.Model):
    """What became of an appointment. Each button may be pressed twice: it works once."""

    _inherit = "integration.appointment"

    def _settle(self, state, **values):
        """Say what became of them, also where the file is closed to writing by now."""
        self.filtered(lambda a: a.state != state)._as_system().write({"state": state, **values})

    def _writable(self):
        """Let two requests on one appointment happen one after the other."""
        self.ensure_one()
        self.check_access("write")
        self._take_turns()
        return self

    def action_held(self):
        """Open the dialog that documents the contact, with what is known of it."""
        appointment = self._writable()
        appointment._check_planned()
        channel = appointment._channel()
        context = {
            "default_appointment_id": appointment.id,
            "default_date": min(appointment.date, local_today(self.env)),
            "default_client_ids": [Command.set(appointment.client_ids.ids)],
            "default_duration": appointment.duration,
        }
        if channel:
            context["default_channel_id"] = channel.id
        return appointment.case_id._dialog("integration_contact_quick_action", **context)

    def action_missed(self):
        """Note that nobody came, or nobody was there."""
        appointment = self._writable()
        if appointment.state != "missed":
            appointment._check_planned()
            appointment._settle("missed")
        return True

    def action_count_attempt(self):
        """Count a missed appointment as an attempt: a contact without anybody reached.

        :raises UserError: what the contact itself is refused for
        """
        appointment = self._writable()
        if appointment.state != "missed":
            raise UserError(
                appointment._about_file(self.env._("only a missed appointment is an attempt."))
            )
        if not appointment.contact_id:
            appointment._check_has_begun()
            channel = appointment._channel()
            if not channel:
                raise UserError(
                    appointment._about_file(
                        self.env._(
                            "the channel of this place is archived. Enter the attempt as a contact."
                        )
                    )
                )
            contact = without_defaults(self.env["integration.contact"]).create(
                {
                    "case_id": appointment.case_id.id,
                    "municipality_id": appointment.case_id._municipality_on(appointment.date).id,
                    "date": appointment.date,
                    "channel_id": channel.id,
                    "reached": False,
                    "duration": 0,
                }
            )
            appointment._as_system().contact_id = contact
        return True

    def action_cancel(self):
        """Cancel what is planned; a withdrawal of the consent does not keep anybody from it."""
        appointment = self._writable()
        if appointment.state != "cancelled":
            appointment._check_planned()
            appointment._settle("cancelled")
        return True

    def action_slip(self):
        """Print the slip that the client takes along."""
        self.ensure_one()
        report = self.env.ref("integration_management.integration_appointment_slip_report")
        return report.report_action(self)

    def action_remind(self):
        """Show a message in the client's language to be copied, or why there is none."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("integration_management.integration_appointment_view_form_remind")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remind"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_calendar_file(self):
        """Download the appointment for the worker's own calendar."""
        return self._download("")

    def action_client_calendar_file(self):
        """Download it for the client's calendar: without the file number."""
        return self._download("?whose=client")

    def _download(self, whose):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/integration/appointment/{self.id}/ics{whose}",
            "target": "download",
        }

    def action_plan_again(self):
        """Take back that it was missed or cancelled."""
        appointment = self._writable()
        if appointment.state == "planned":
            return True
        if appointment.contact_id:
            raise UserError(
                appointment._about_file(
                    self.env._("a contact documents this appointment. Plan another one instead.")
                )
            )
        appointment._check_case_runs()
        appointment._ensure_agreed(set())
        appointment._settle("planned")
        return True

    def _document(self, contact):
        """Say that ``contact`` is what came of it, in the save that creates the contact."""
        appointment = self._writable()
        appointment._check_planned()
        state = "held" if contact.reached else "missed"
        appointment._settle(state, contact_id=contact.id)

    def _channel(self):
        channels = self.env["integration.channel"]
        return channels.search(
            [("code", "=", CHANNELS[self.place_kind])], order="company_id, id", limit=1
        )

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _check_planned(self):
        if self.state != "planned":
            raise UserError(
                self._about_file(
                    self.env._("somebody has said already what became of this appointment.")
                )
            )

    def _check_has_begun(self):
        if self.date > local_today(self.env):
            raise UserError(
                self._about_file(self.env._("the day of this appointment has not come yet."))
            )

    def _check_case_runs(self):
        if self.case_id.state == "closed":
            raise UserError(
                self._about_file(self.env._("the case is closed. Reopen it, if the work goes on."))
            )
