from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...tools import local_today, without_defaults
from .appointment import QUIET
from .base import APPOINTMENT

# What the entries in the calendars show of a meeting
SHOWN = frozenset({"name", "date", "time", "time_end", "place", "state"})


class IntegrationMeeting(models.Model):
    """Where the calendar is installed, everybody who is invited has an entry of the meeting there.

    It is the worker's own, without guests, reminders and mails: nobody sees in a calendar who else
    is invited, and nothing is sent. It follows the meeting; the meeting does not follow it.
    """

    _inherit = "integration.meeting"

    def _after_write(self, change):
        super()._after_write(change)
        if SHOWN & change.names:
            self.attendance_ids._keep_entries()

    @api.model
    def _cron_calendar_entries(self):
        """Give entries to what was planned before the calendar was installed; once each."""
        if APPOINTMENT not in self.env:
            return
        ahead = Domain("state", "=", "planned") & Domain("date", ">=", local_today(self.env))
        workers = self.search(ahead).attendance_ids
        workers.filtered(lambda row: not row.entry_number)._keep_entries()


class IntegrationMeetingAttendance(models.Model):
    """The entry of one worker."""

    _inherit = "integration.meeting.attendance"

    entry_number = fields.Integer(
        string="Entry in the Calendar",
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"entry_number"}

    def _created(self):
        super()._created()
        self._keep_entries()

    def _after_write(self, change):
        super()._after_write(change)
        if "answer" in change.names:
            self._keep_entries()

    def _keep_entries(self):
        """Let each worker have the entry of a meeting that is planned and that she can come to."""
        if APPOINTMENT not in self.env:
            return
        # sudo: integration.meeting.attendance, calendar.event - the entry is the worker's own,
        # whoever plans the meeting
        for row in self.sudo():
            entry = row._entry()
            if row.meeting_id.state == "cancelled" or row.answer == "no":
                entry.unlink()
                row._as_system().entry_number = False
            elif entry:
                entry.write(row._entry_vals())
            elif row.meeting_id.state == "planned":
                row._as_system().entry_number = entry.create(row._entry_vals()).id

    def _entry(self):
        """Return the entry, as superuser; none if the number is another event's by now."""
        # sudo: calendar.event - of this worker, and of no file, as is checked here
        events = without_defaults(self.env[APPOINTMENT].sudo()).with_context(**QUIET)
        entry = events.with_context(active_test=False).browse(self.entry_number or []).exists()
        return entry if entry.user_id == self.user_id and not entry._tied_files() else events

    def _entry_vals(self):
        meeting = self.meeting_id
        return {
            "name": meeting.name,
            "user_id": self.user_id.id,
            "partner_ids": [Command.set(self.user_id.partner_id.ids)],
            "show_as": "busy",
            "allday": False,
            "location": ", ".join(filter(None, [meeting.place, meeting.municipality_id.name])),
            "alarm_ids": [Command.clear()],
            "active": True,
            "start": meeting.start,
            "stop": meeting.stop,
        }
