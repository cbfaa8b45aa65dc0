from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...tools import local_today, without_defaults
from ..mixins.door import SYSTEM
from .base import APPOINTMENT

# What the entry in the calendar shows of an appointment
SHOWN = frozenset({"date", "time", "start", "stop", "duration", "user_id", "state"})
# In the context: what is written to an entry follows from its appointment.
FOLLOWING = "integration_entry_follows"
QUIET = {
    # What stands on the screen is taken for what the entry is about, else.
    "active_model": False,
    "active_id": False,
    "active_ids": False,
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class IntegrationAppointment(models.Model):
    """Where the calendar is installed, each planned appointment has one entry of the worker there.

    The entry lies in the file by Odoo's own tie (``base_appointments.py``): private, with the file
    number alone, without guests and reminders. The calendar may be missing or be installed later,
    so the entry is known by its number and not by a reference.
    """

    _inherit = "integration.appointment"

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
        if SHOWN & change.names:
            self._keep_entries()

    # ------------------------------------------------------------
    # The entry follows the appointment
    # ------------------------------------------------------------

    def _keep_entries(self):
        """Let each have its entry where it is planned, and none where it was cancelled."""
        if APPOINTMENT not in self.env:
            return
        # sudo: integration.appointment, calendar.event - the entry is the worker's, whoever plans
        for appointment in self.sudo():
            entry = appointment._entry()
            if appointment.state == "planned":
                appointment._keep_entry(entry)
            elif appointment.state == "cancelled":
                entry.unlink()
                appointment._as_system().entry_number = False

    def _entry(self):
        """Return the entry, as superuser; none if the number is another event's by now."""
        # sudo: calendar.event - of this appointment's own file, as is checked here
        events = without_defaults(self.env[APPOINTMENT].sudo()).with_context(
            **QUIET, **{FOLLOWING: SYSTEM}
        )
        entry = events.with_context(active_test=False).browse(self.entry_number or []).exists()
        tie = (self.case_id._name, self.case_id.id)
        return entry if entry._tied_files().get(entry) == tie else events

    def _keep_entry(self, entry):
        vals = self._entry_vals()
        if entry:
            entry.write(vals)
            return
        # Tied afterwards: of what is tied at once, Odoo makes an activity besides.
        entry = entry.create(vals)
        model_id = self.env["ir.model"]._get_id(self.case_id._name)
        entry.write({"res_model_id": model_id, "res_id": self.case_id.id})
        self._as_system().entry_number = entry.id

    def _entry_vals(self):
        """Return what the calendar shows: when somebody is busy, and the file number."""
        vals = {
            "name": self.case_id.file_number,
            "user_id": self.user_id.id,
            "partner_ids": [Command.set(self.user_id.partner_id.ids)],
            "privacy": "private",
            "show_as": "busy",
            "allday": self.time_open,
            "alarm_ids": [Command.clear()],
            "active": True,
        }
        if self.time_open:
            return {**vals, "start_date": self.date, "stop_date": self.date,
                    "start": self.date, "stop": self.date}  # fmt: skip
        return {**vals, "start": self.start, "stop": self.stop}

    @api.model
    def _cron_calendar_entries(self):
        """Give entries to what was planned before the calendar was installed."""
        if APPOINTMENT not in self.env:
            return
        ahead = Domain("state", "=", "planned") & Domain("date", ">=", local_today(self.env))
        for appointment in self.search(ahead):
            if not appointment._entry():
                appointment._keep_entries()

    @api.model
    def _collisions(self, user, start, stop, but):
        """Add what else stands in the worker's calendar; others' words are not told."""
        lines = super()._collisions(user, start, stop, but)
        if APPOINTMENT not in self.env:
            return lines
        # sudo: integration.appointment - which entries stand for appointments, said above
        numbers = self.sudo().search(self._planned_for(user)).mapped("entry_number")
        # Nothing but times is fetched past the worker, see _tied_to()
        calendar = self.env[APPOINTMENT].with_context(prefetch_fields=False)
        # sudo: calendar.event - times; titles are told to the worker herself alone
        events = calendar.sudo().search(
            Domain("partner_ids", "in", user.partner_id.ids)
            & Domain("start", "<", stop) & Domain("stop", ">", start)
            & Domain("show_as", "=", "busy") & Domain("id", "not in", numbers),
            limit=3, order="start, id",
        )  # fmt: skip
        mine = user == self.env.user
        lines += [
            self._collision(event.start, event.stop, event.sudo(False).display_name if mine else "")
            for event in events
        ]
        return lines

    # ------------------------------------------------------------
    # The appointment follows the entry
    # ------------------------------------------------------------

    @api.model
    def _behind(self, events):
        """Return {event: the planned appointment whose entry it is}, as superuser."""
        # sudo: integration.appointment - of entries that the user may write
        found = self.sudo().search(
            Domain("entry_number", "in", events.ids) & Domain("state", "=", "planned")
        )
        by_number = {appointment.entry_number: appointment for appointment in found}
        pairs = {event: by_number[event.id] for event in events if event.id in by_number}
        return {event: own for event, own in pairs.items() if own._entry().id == event.id}

    def _follow_entry(self, event):
        """Move with the entry, or be cancelled with it.

        :raises UserError: what a request to move the appointment is refused for
        """
        # sudo: calendar.event - when it is; the user has just written it
        event = event.sudo()
        if not event.active:
            self._settle("cancelled")
        elif event.allday:
            if not self.time_open or event.start_date != self.date:
                self.write({"date": event.start_date, "time": 0})
        else:
            moved = self._from_moments(event.start, event.stop)
            if any(self[name] != value for name, value in moved.items()):
                self.write(moved)


def following(env):
    """Return whether an entry is written because its appointment has changed."""
    return env.context.get(FOLLOWING) is SYSTEM
