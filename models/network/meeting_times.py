from odoo import api, fields, models
from odoo.tools import format_date

from ..appointment.appointment_times import local_moment


class IntegrationMeeting(models.Model):
    """Day and hours by the clocks in Germany, and the moments that follow."""

    _inherit = "integration.meeting"

    start = fields.Datetime(compute="_compute_moments", store=True)
    stop = fields.Datetime(string="End", compute="_compute_moments", store=True)
    when = fields.Char(compute="_compute_when", help="Day and hours in words.")

    @api.depends("date", "time", "time_end")
    def _compute_moments(self):
        for meeting in self:
            for name, hours in (("start", meeting.time), ("stop", meeting.time_end)):
                # The lacking hour of March is refused on saving; until then the next one stands.
                meeting[name] = meeting.date and (
                    local_moment(meeting.date, hours) or local_moment(meeting.date, hours + 1)
                )

    @api.depends("date", "time", "time_end")
    @api.depends_context("lang")
    def _compute_when(self):
        for meeting in self:
            meeting.when = meeting.date and self.env._(
                "%(day)s, %(first)s–%(last)s",
                day=format_date(self.env, meeting.date, date_format="EEE dd.MM.yyyy"),
                first=self._clock(meeting.time),
                last=self._clock(meeting.time_end),
            )

    @api.model
    def _clock(self, hours):
        minutes = round(hours * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    @api.constrains("date", "time", "time_end")
    def _check_times(self):
        for meeting in self:
            for hours in (meeting.time, meeting.time_end):
                if not 0 <= hours < 24:
                    meeting._refuse_values(
                        self.env._("times lie between 00:00 and 23:59. Correct the time.")
                    )
                if not local_moment(meeting.date, hours):
                    meeting._refuse_values(
                        self.env._(
                            "the clocks go forward on that day: %s does not exist. Choose another "
                            "time.",
                            self._clock(hours),
                        )
                    )
            if meeting.time_end <= meeting.time:
                meeting._refuse_values(
                    self.env._("it ends before it begins. Correct “From” or “Until”.")
                )
