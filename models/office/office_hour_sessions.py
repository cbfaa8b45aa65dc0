import logging
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import local_today, without_defaults
from .office_session import TAKEN_OVER

_logger = logging.getLogger(__name__)

# How many regular hours are looked at between two commits of the nightly job
AT_ONCE = 100
# What says on which days the sessions are
WHEN = {"weekday", "interval", "date_from", "date_to", "active"}


class IntegrationOfficeHour(models.Model):
    """The sessions of the coming weeks follow from the regular hours, by night and on saving.

    Each is made once: a second run finds nothing to do. What was changed by hand, booked,
    visited or cancelled stays as it is.
    """

    _inherit = "integration.office.hour"

    def _created(self):
        super()._created()
        self._make_sessions()

    def _after_write(self, change):
        super()._after_write(change)
        if WHEN & change.names or set(TAKEN_OVER) & change.names:
            self._untouched_sessions()._as_system().unlink()
            self._make_sessions(leave_collisions=self._is_system())

    def _untouched_sessions(self):
        """Return, as superuser, the sessions ahead of which nobody has made anything yet."""
        # sudo: integration.office.session - those of the hours that were just written
        sessions = self.env["integration.office.session"].sudo()
        ahead = Domain("hour_id", "in", self.ids) & Domain("date", ">", local_today(self.env))
        ahead &= Domain("state", "=", "planned") & Domain("is_changed", "=", False)
        ahead &= Domain("appointment_ids", "=", False) & Domain("visitor_ids", "=", False)
        return sessions.search(ahead)

    def _make_sessions(self, leave_collisions=False):
        """Make what is missing of the coming weeks.

        :param leave_collisions: whether days are left out on which the worker has another session
        :returns: number of sessions that were made
        """
        today = local_today(self.env)
        # sudo: integration.office.session - they follow from hours that the user may write
        sessions = without_defaults(self.env["integration.office.session"].sudo())
        known = {
            (hour.id, day)
            for hour, day in sessions._read_group(
                Domain("hour_id", "in", self.ids) & Domain("pattern_date", ">=", today),
                ["hour_id", "pattern_date:day"],
            )
        }
        made = 0
        for hour in self.filtered("active"):
            last = today + timedelta(weeks=hour.company_id.integration_office_weeks)
            vals_list = [
                {"hour_id": hour.id, "date": day, "pattern_date": day}
                for day in hour._days(today, last)
                if (hour.id, day) not in known
                and not (leave_collisions and hour._collides(sessions, day))
            ]
            made += len(sessions._as_system().create(vals_list))
        return made

    def _collides(self, sessions, day):
        span = (self.time_from, self.time_to)
        if not sessions._overlapping(self.user_id, day, span, sessions.browse()):
            return False
        _logger.info("Office hours %s: no session on %s, the worker has another", self.id, day)
        return True

    @api.model
    def _cron_make_sessions(self):
        """Make the sessions of the coming weeks, of some regular hours between two commits."""
        domain = Domain("date_to", "=", False) | Domain("date_to", ">=", local_today(self.env))
        hours = self.search(domain, order="id")
        for number in range(0, len(hours), AT_ONCE):
            batch = hours[number : number + AT_ONCE]
            for hour in batch:
                try:
                    with self.env.cr.savepoint():
                        hour._make_sessions(leave_collisions=True)
                except UserError:
                    # What cannot be held any more keeps nobody else's from being made. The
                    # reason would name the worker.
                    _logger.warning("Office hours %s: no sessions can be made", hour.id)
            self.env["ir.cron"]._commit_progress(len(batch))
