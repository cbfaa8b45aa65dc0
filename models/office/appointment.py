from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import local_today
from .office_hour import clock


class IntegrationAppointment(models.Model):
    """A time at office hours that a worker has given to a client."""

    _inherit = "integration.appointment"

    session_id = fields.Many2one(
        "integration.office.session",
        string="At Office Hours",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
        domain="[('state', '=', 'planned'), ('slot_minutes', '!=', '0')]",
    )

    @api.onchange("session_id")
    def _onchange_session_id(self):
        """Propose the first time that is free, and the room as place."""
        session = self.session_id
        if not session:
            return
        self.date = session.date
        self.duration = int(session.slot_minutes) or self.duration
        self.time = next(iter(session._free_slots()), session.time_from)
        self.place_kind = "elsewhere"
        if self.case_id.consent_state == "given":
            self.place = ", ".join(session._place_lines()) or self.place

    # Also on the day: whoever is moved away from the session is asked.
    @api.constrains("session_id", "date", "time", "duration", "state")
    def _check_session(self):
        for appointment in self:
            if appointment.session_id and appointment.state == "planned":
                appointment._check_fits_session()

    def _check_fits_session(self):
        """Refuse a time outside of the session, or one that somebody else has been given.

        :raises ValidationError: with the times that are free; never whose the others are
        """
        session = self.session_id
        # sudo: integration.office.session - its turn alone: two who book, one who books and one
        # who cancels come one after the other
        session.sudo()._take_turns()
        begins, ends = self.time, self.time + self.duration / 60
        if session.state == "cancelled":
            self._refuse_values(self.env._("these office hours are cancelled. Choose others."))
        inside = session.time_from <= begins and ends <= session.time_to + 0.001
        if self.date != session.date or not inside:
            self._refuse_values(
                self.env._(
                    "the time lies outside of the office hours (%s). Choose another one, or empty "
                    "“At Office Hours”.",
                    session.when,
                )
            )
        # sudo: integration.appointment - times alone, of whosever file
        taken = self.sudo().search(
            Domain("session_id", "=", session.id)
            & Domain("state", "=", "planned")
            & Domain("id", "!=", self.id)
        )
        if any(o.time < ends - 0.001 and begins + 0.001 < o.time + o.duration / 60 for o in taken):
            self._refuse_values(
                self.env._(
                    "%(time)s is given away. Still free: %(free)s.",
                    time=clock(begins),
                    free=", ".join(map(clock, session._free_slots(self.ids))) or self.env._("none"),
                )
            )

    def action_plan_again(self):
        """Plan it anew, by itself where its office hours are cancelled."""
        appointment = self._writable()
        if appointment.session_id.state == "cancelled":
            appointment._as_system().session_id = False
        return super().action_plan_again()

    def action_arrived(self):
        """Put whoever had booked on the list of the day; a second time nothing happens.

        :raises UserError: on another day than that of the session
        """
        appointment = self._writable()
        session = appointment.session_id
        if not session:
            raise UserError(
                appointment._about_file(self.env._("it is no appointment at office hours."))
            )
        appointment._check_planned()
        if session.date != local_today(self.env):
            raise UserError(
                appointment._about_file(self.env._("the list is kept on the day of the session."))
            )
        visitors = self.env["integration.office.visitor"]
        for client in appointment._addressee():
            known = visitors.search(
                Domain("session_id", "=", session.id) & Domain("appointment_id", "=", self.id)
            )
            if not known:
                visitor = visitors.create({"session_id": session.id, "client_id": client.id})
                visitor._as_system().appointment_id = appointment
        return session.action_waiting_list()
