from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import local_today, without_defaults

ACTIVITY_TYPE = "integration_management.mail_activity_type_copy"
# Days before the end of a copy on which the worker is told
REMIND_DAYS = 30
# Copies that are deleted at a time
SLICE = 100


class IntegrationDocument(models.Model):
    """Copies go on their day, and their worker hears of it before."""

    _inherit = "integration.document"

    def action_delete_copy(self):
        """Delete the copy before its day; also after a withdrawal, for nothing is written."""
        self.check_access("write")
        for document in self:
            if document.state != "copy":
                raise UserError(document._about_file(self.env._("there is no copy to delete.")))
        self._end_copies()

    def _end_copies(self):
        """Delete the files; the notes stay that the papers were seen."""
        self._as_system().write({"file": False, **self._ended_vals()})

    @api.model
    def _ended_vals(self):
        return {"file_name": False, "file_format": False, "date_deleted": local_today(self.env)}

    @api.model
    def _copies_until(self, day):
        """Return the domain of the copies whose day comes until ``day``."""
        return Domain("state", "=", "copy") & Domain("date_delete", "<=", day)

    # ------------------------------------------------------------
    # Every night
    # ------------------------------------------------------------

    @api.model
    def _cron_copies(self):
        """Delete the copies whose day has come, slice by slice, and tell of those that come next.

        What is done is done once: a job that breaks off or runs twice goes on where it was.
        """
        cron = self.env["ir.cron"]
        due = self._copies_until(local_today(self.env))
        while documents := self.search(due, limit=SLICE, order="date_delete, id"):
            documents._end_copies()
            if not cron._commit_progress(len(documents), remaining=self.search_count(due)):
                return
        self._remind_of_copies()

    @api.model
    def _remind_of_copies(self):
        """Tell the worker once per case and day that a copy is going to be deleted.

        The task bears the file number alone: activities are shown outside the walls.
        """
        soon = local_today(self.env) + timedelta(days=REMIND_DAYS)
        ends = {
            case: day
            for case, day in self._read_group(
                self._copies_until(soon), ["case_id"], ["date_delete:min"]
            )
            if case.user_id.active
        }
        self.env["integration.consent"]._schedule_reminders(
            ends,
            ACTIVITY_TYPE,
            lambda case: case.env._("File %s: a copy is going to be deleted", case.file_number),
        )

    def _settle_reminders(self):
        """Drop the tasks for days on which no copy is deleted any more."""
        for case in self.case_id:
            # sudo: integration.case, mail.activity - the system's own tasks of a case that may
            # be written
            present = without_defaults(case.sudo()).activity_search([ACTIVITY_TYPE])
            # sudo: integration.document - the days of all copies in the case, as above
            kept = self.sudo().search([("case_id", "=", case.id), ("state", "=", "copy")])
            days = set(kept.mapped("date_delete"))
            present.filtered(lambda task, days=days: task.date_deadline not in days).unlink()
