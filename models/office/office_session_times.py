from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..appointment.appointment_times import local_moment
from .holiday import holiday_name
from .office_hour import clock, times_refusal


class IntegrationOfficeSession(models.Model):
    """When a session is: by the clocks in Germany, never on a holiday, one at a time."""

    _inherit = "integration.office.session"

    start = fields.Datetime(compute="_compute_moments", store=True)
    stop = fields.Datetime(string="End", compute="_compute_moments", store=True)
    when = fields.Char(compute="_compute_when", help="Day and times in words.")

    @api.depends("date", "time_from", "time_to")
    def _compute_moments(self):
        for session in self:
            session.start = session._moment(session.time_from)
            session.stop = session._moment(session.time_to)

    def _moment(self, hours):
        if not self.date:
            return False
        day = self.date
        if hours >= 24:
            day, hours = day + timedelta(days=1), 0
        # The lacking hour of March is refused on saving; until then the next one stands there.
        return local_moment(day, hours) or local_moment(day, hours + 1)

    @api.depends("date", "time_from", "time_to")
    @api.depends_context("lang")
    def _compute_when(self):
        for session in self:
            day = format_date(self.env, session.date, date_format="EEE dd.MM.yyyy")
            session.when = f"{day}, {session._times()}" if day else ""

    def _times(self):
        return f"{clock(self.time_from)}–{clock(self.time_to)}"  # noqa: RUF001

    @api.constrains("date", "time_from", "time_to")
    def _check_times(self):
        for session in self:
            refusal = times_refusal(self.env, session.time_from, session.time_to)
            if refusal:
                words = f"{session.display_name}: {refusal}"
                raise ValidationError(words)
            for hours in (session.time_from, session.time_to):
                if hours < 24 and not local_moment(session.date, hours):
                    raise ValidationError(
                        self.env._(
                            "on %(day)s the clocks go forward: %(time)s does not exist. Choose "
                            "another time.",
                            day=format_date(self.env, session.date),
                            time=clock(hours),
                        )
                    )

    @api.constrains("date")
    def _check_holiday(self):
        for session in self:
            name = holiday_name(session.date, self.env.lang)
            if name:
                raise ValidationError(
                    self.env._(
                        "%(session)s: this day is a holiday (%(holiday)s). Choose another day.",
                        session=session.display_name,
                        holiday=name,
                    )
                )

    @api.constrains("date", "time_from", "time_to", "user_id", "state")
    def _check_one_at_a_time(self):
        for session in self.filtered(lambda s: s.state == "planned"):
            if self._overlapping(session.user_id, session.date, session._span(), session):
                raise ValidationError(
                    self.env._(
                        "%(session)s: %(user)s has other office hours at that time. Choose another "
                        "time, or let somebody stand in.",
                        session=session.display_name,
                        user=session.user_id.name,
                    )
                )

    def _span(self):
        return (self.time_from, self.time_to)

    @api.model
    def _overlapping(self, user, day, span, but):
        """Return, as superuser, the sessions of ``user`` on ``day`` that overlap with ``span``.

        :param but: sessions that are not meant
        """
        begins, ends = span
        domain = Domain("user_id", "=", user.id) & Domain("date", "=", day)
        domain &= Domain("state", "=", "planned") & Domain("id", "not in", but.ids)
        domain &= Domain("time_from", "<", ends) & Domain("time_to", ">", begins)
        # sudo: integration.office.session - whether there is any, also at another employer
        return self.sudo().search(domain, limit=1)

    # ------------------------------------------------------------
    # Times that are given away
    # ------------------------------------------------------------

    def _slots(self):
        """Return the times that can be given away, as hours; none without slots."""
        length = int(self.slot_minutes)
        if not length:
            return []
        first, last = round(self.time_from * 60), round(self.time_to * 60)
        return [minute / 60 for minute in range(first, last - length + 1, length)]

    def _free_slots(self, but=()):
        """Return those of the times that nobody has been given.

        By whole minutes: thirds of an hour do not add up.

        :param but: ids of appointments that are not meant
        """
        length = int(self.slot_minutes)
        taken = [
            (round(booked.time * 60), round(booked.time * 60) + booked.duration)
            for booked in self._booked()
            if booked.id not in but
        ]
        return [
            begin
            for begin in self._slots()
            if all(
                round(begin * 60) + length <= first or round(begin * 60) >= last
                for first, last in taken
            )
        ]
