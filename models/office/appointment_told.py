from odoo import api, fields, models

from ..appointment.appointment_words import day_in_words


class IntegrationAppointment(models.Model):
    """What somebody is told whose appointment fell away with the office hours.

    Nothing is sent from here: a message is worded to be copied, if the client has agreed to the
    messenger; else it says why not, and she is called or told by paper.
    """

    _inherit = "integration.appointment"

    cancel_message = fields.Text(
        compute="_compute_cancel_message",
        string="Message That It Is Cancelled",
        help="To be copied. It says neither name nor file number.",
    )
    cancel_refusal = fields.Text(
        compute="_compute_cancel_message", string="Why No Message of the Cancelling"
    )

    @api.depends("client_ids", "date", "time", "user_id", "state", "session_id")
    @api.depends_context("uid")
    def _compute_cancel_message(self):
        for appointment in self:
            client = appointment._addressee()
            appointment.cancel_message = appointment.cancel_refusal = False
            if not client or appointment.state != "cancelled" or not appointment.session_id:
                continue
            appointment.cancel_refusal = appointment._message_refusal(client)
            if not appointment.cancel_refusal:
                language = appointment._language(client)
                appointment.cancel_message = appointment._cancellation(language)

    def _cancellation(self, language):
        """Return the message in one language, signed with the worker's name."""
        texts = self.env["integration.paper.text"]._wordings(language)
        day = day_in_words(language.code, self.date)
        figures = self.date.strftime("%d.%m.%Y")
        lines = [
            texts.get("office.cancelled_message"),
            day if figures in day else f"{day} ({figures})",
            self._clock() if self.time else "",
            texts.get("office.new_time"),
            ", ".join(filter(None, self._worker_lines())),
        ]
        return "\n".join(filter(None, lines))

    def action_tell_cancelled(self):
        """Show the message to be copied, or why there is none."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("integration_management.integration_office_told_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell That It Is Cancelled"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }
