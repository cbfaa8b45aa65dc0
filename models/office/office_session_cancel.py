from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today, without_defaults
from .office_session import REASONS

TASK = "integration_management.mail_activity_type_office_cancelled"


class IntegrationOfficeSession(models.Model):
    """A session that is cancelled takes along what was booked, and somebody tells those people."""

    _inherit = "integration.office.session"

    def action_cancel(self):
        """Ask why; see the dialog."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_office_cancel_action"
        )
        return dict(action, context={"default_session_id": self.id})

    def _cancel(self, reason, words):
        """Cancel it with everything that was booked in it; a second time nothing happens.

        :raises UserError: without a reason, or once somebody was talked to
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "cancelled":
            return
        if reason not in dict(REASONS):
            raise UserError(self.env._("%s: say why it is cancelled.", self.display_name))
        if self._talks().filtered("is_talk"):
            raise UserError(
                self.env._(
                    "%s: talks of this session are documented, so it has taken place.",
                    self.display_name,
                )
            )
        booked = self._booked()
        booked._settle("cancelled")
        self._as_system().write(
            {"state": "cancelled", "cancel_reason": reason, "cancel_words": words}
        )
        self._let_others_tell(booked)

    def _booked(self):
        """Return, as superuser, the appointments that are planned in it."""
        # sudo: integration.appointment - of whosever file: all of them fall away
        appointments = self.env["integration.appointment"].sudo()
        return appointments.search(
            Domain("session_id", "in", self._origin.ids) & Domain("state", "=", "planned")
        )

    def _teller(self, appointment):
        """Return who tells it: not the one who cannot come, if somebody else has the file."""
        worker = appointment.user_id
        if self.cancel_reason == "worker" and worker == self.user_id:
            for user in (appointment.case_id.user_id | self.hour_id.cover_id) - worker:
                if user.active and appointment.case_id.with_user(user)._filtered_in_my_files():
                    return user
        return worker

    def _let_others_tell(self, booked):
        """Give a task to whoever has made appointments that the user cannot tell of herself.

        The task bears the file number alone, and lies behind the file as all tasks of a case do.
        """
        tellers = {appointment: self._teller(appointment) for appointment in booked}
        others = booked.filtered(lambda a: tellers[a] != self.env.user)
        if not others:
            return
        # sudo: mail.activity - fixed words, for whoever has the file
        activities = without_defaults(self.env["mail.activity"].sudo())
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id("integration.case"),
                    "res_id": appointment.case_id.id,
                    "user_id": tellers[appointment].id,
                    "activity_type_id": self.env.ref(TASK).id,
                    "date_deadline": local_today(self.env),
                    "automated": True,
                    "summary": self.with_context(lang=tellers[appointment].lang).env._(
                        "File %(number)s: tell that the office hours of %(day)s are cancelled",
                        number=appointment.case_id.file_number,
                        day=format_date(self.env, self.date),
                    ),
                }
                for appointment in others
            ]
        )

    def action_cancelled_appointments(self):
        """List what was booked and is cancelled, to tell those people by what they agreed to."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_office_told_action"
        )
        return dict(action, domain=[("session_id", "=", self.id), ("state", "=", "cancelled")])
