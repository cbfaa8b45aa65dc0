from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import LOCAL_ZONE, local_midnight, local_today

TIMES = frozenset({"date", "time", "start", "stop", "duration"})


def local_moment(day, hours):
    """Return the moment of a time by the clocks in Germany, as the database stores it.

    Of the hour that comes twice in October the first is meant.

    :param hours: since midnight, by the clock
    :returns: None for a time that the clocks leave out in March
    """
    zone = pytz.timezone(LOCAL_ZONE)
    minutes = round(hours * 60)
    naive = datetime.combine(day, time()) + timedelta(minutes=minutes)
    try:
        moment = zone.localize(naive, is_dst=None)
    except pytz.AmbiguousTimeError:
        moment = zone.localize(naive, is_dst=True)
    except pytz.NonExistentTimeError:
        return None
    return moment.astimezone(pytz.utc).replace(tzinfo=None)


class IntegrationAppointment(models.Model):
    """Day and time by the clocks in Germany, the moments that follow, and what collides."""

    _inherit = "integration.appointment"

    start = fields.Datetime(
        compute="_compute_start", inverse="_inverse_start", store=True, readonly=False
    )
    stop = fields.Datetime(
        string="End", compute="_compute_stop", inverse="_inverse_stop", store=True, readonly=False
    )
    time_open = fields.Boolean(string="Time Still Open", compute="_compute_start", store=True)
    when = fields.Char(compute="_compute_when", help="Day and time in words.")
    collisions = fields.Text(compute="_compute_collisions", string="At the Same Time")

    @api.model
    def default_get(self, fields):
        """Begin at the moment that was tapped in a calendar."""
        defaults = super().default_get(fields)
        tapped = self.env.context.get("default_start")
        if tapped:
            defaults.update(self._from_moments(tapped, self.env.context.get("default_stop")))
        return {name: value for name, value in defaults.items() if name in fields}

    @api.model
    def _from_moments(self, start, stop=None):
        """Return day, time and minutes of two moments, as values."""
        start = self._local(fields.Datetime.to_datetime(start))
        vals = {"date": start.date(), "time": start.hour + start.minute / 60}
        stop = fields.Datetime.to_datetime(stop) if stop else None
        if stop:
            minutes = round((self._local(stop) - start).total_seconds() / 60)
            # A tap on a day of the month begins at midnight and means no time.
            if 5 <= minutes <= 720:
                vals["duration"] = minutes
        return vals

    @api.model
    def _local(self, moment):
        return pytz.utc.localize(moment).astimezone(pytz.timezone(LOCAL_ZONE))

    @api.depends("date", "time")
    def _compute_start(self):
        for appointment in self:
            day, hours = appointment.date, appointment.time or 0
            appointment.time_open = not hours
            # The lacking hour of March is refused on saving; until then the next one stands there.
            appointment.start = day and (local_moment(day, hours) or local_moment(day, hours + 1))

    def _inverse_start(self):
        """Take day and time from the moment to which somebody has moved it."""
        for appointment in self.filtered("start"):
            appointment.update(self._from_moments(appointment.start))

    @api.depends("start", "duration", "time_open")
    def _compute_stop(self):
        for appointment in self:
            if not appointment.start:
                appointment.stop = False
            elif appointment.time_open:
                next_day = appointment.date + timedelta(days=1)
                appointment.stop = local_midnight(next_day) - timedelta(minutes=1)
            else:
                appointment.stop = appointment.start + timedelta(minutes=appointment.duration)

    def _inverse_stop(self):
        for appointment in self.filtered(lambda a: a.start and a.stop and not a.time_open):
            appointment.duration = (
                round((appointment.stop - appointment.start).total_seconds()) // 60
            )

    @api.depends("date", "time", "duration")
    def _compute_when(self):
        for appointment in self:
            parts = [format_date(self.env, appointment.date, date_format="EEE dd.MM.yyyy")]
            if appointment.date and appointment.time:
                parts.append(appointment._clock())
            appointment.when = ", ".join(filter(None, parts))

    def _clock(self, hours=None):
        """Return a time as clocks show it in Germany."""
        minutes = round((self.time if hours is None else hours) * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    @api.constrains("date", "time", "duration")
    def _check_times(self):
        today = local_today(self.env)
        for appointment in self:
            if not 0 <= appointment.time < 24:
                appointment._refuse_values(
                    self.env._("the time lies between 00:00 and 24:00. Leave it empty if open.")
                )
            if appointment.time and not local_moment(appointment.date, appointment.time):
                appointment._refuse_values(
                    self.env._(
                        "on %(day)s the clocks go forward: %(time)s does not exist. Choose another "
                        "time.",
                        day=format_date(self.env, appointment.date),
                        time=appointment._clock(),
                    )
                )
            if not 5 <= appointment.duration <= 720:
                appointment._refuse_values(
                    self.env._("an appointment takes from 5 minutes to 12 hours.")
                )
            if appointment.date < today and not self._is_system():
                appointment._refuse_values(
                    self.env._(
                        "%s is over. What has taken place is entered as a contact.",
                        format_date(self.env, appointment.date),
                    )
                )

    def _refuse_values(self, text):
        raise ValidationError(self._about_file(text))

    # ------------------------------------------------------------
    # What collides
    # ------------------------------------------------------------

    @api.depends("date", "time", "duration", "user_id")
    @api.depends_context("uid")
    def _compute_collisions(self):
        for appointment in self:
            lines = []
            if appointment.start and not appointment.time_open and appointment.state == "planned":
                lines = self._collisions(
                    appointment.user_id, appointment.start, appointment.stop, appointment._origin
                )
            appointment.collisions = "\n".join(lines)

    @api.model
    def _collisions(self, user, start, stop, but):
        """Return what else ``user`` has at that time: a hint, never a refusal.

        Of what is closed to the reader, the time alone.

        :param but: the appointment that is asked for
        """
        domain = self._planned_for(user) & Domain("time_open", "=", False)
        domain &= Domain("start", "<", stop) & Domain("stop", ">", start)
        # sudo: integration.appointment - times; the number is told to readers of the file alone
        found = self.sudo().search(domain & Domain("id", "not in", but.ids), limit=3)
        readable = found.sudo(False)._filtered_access("read")
        return [
            self._collision(
                other.start,
                other.stop,
                other.case_id.file_number if other.sudo(False) in readable else "",
            )
            for other in found
        ]

    @api.model
    def _collision(self, start, stop, what):
        """Return one collision in words."""
        first, last = (f"{self._local(moment):%H:%M}" for moment in (start, stop))
        return self.env._(
            "%(first)s–%(last)s: %(what)s", first=first, last=last, what=what or self.env._("busy")
        )
