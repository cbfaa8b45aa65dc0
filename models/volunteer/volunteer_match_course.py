from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import local_today
from .volunteer_match import CHECK_MONTHS

# How many are ended between two commits of the nightly job
AT_ONCE = 200


class IntegrationVolunteerMatch(models.Model):
    """How a match ends: on its day, by hand, with the case or with the consent."""

    _inherit = "integration.volunteer.match"

    def action_end(self):
        """End the match today."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self._about_file(self.env._("it is not running. Reload the page.")))
        # As the user: the gate asks as for anything else that is written by hand.
        self.write({"date_end": local_today(self.env)})
        if self.state == "running":
            self._end("hand")

    def action_drop(self):
        """Note that nobody was found, or that the wish has passed."""
        self.check_access("write")
        for match in self:
            if match.state != "wanted":
                raise UserError(
                    match._about_file(self.env._("they have met already. End it instead."))
                )
        self.write({"date_check": False})
        self._as_system().state = "dropped"

    def action_still_going(self):
        """Note that it goes on, and ask again half a year later."""
        self.ensure_one()
        self.check_access("write")
        self.write({"date_check": local_today(self.env) + relativedelta(months=CHECK_MONTHS)})

    def _end(self, reason, day=None):
        """End what is running.

        :param reason: a value of ``end_reason``
        :param day: the last day, today by default; one that was agreed earlier stays
        """
        day = day or local_today(self.env)
        for match in self:
            last = max(min(filter(None, [match.date_end, day])), match.date_start)
            match._as_system().write(
                {"state": "ended", "end_reason": reason, "date_end": last, "date_check": False}
            )

    def _end_if_over(self):
        """End what has had its last day."""
        today = local_today(self.env)
        over = self.filtered(lambda m: m.state == "running" and m.date_end and m.date_end < today)
        over._end("day")

    def _end_with(self, reason, day=None):
        """End with the case or the consent: what runs is ended, what is wanted is dropped."""
        self.filtered(lambda match: match.state == "running")._end(reason, day)
        self.filtered(lambda match: match.state == "wanted")._as_system().write(
            {"state": "dropped", "end_reason": reason}
        )

    @api.model
    def _cron_end(self):
        """End what has had its last day; a second run finds nothing."""
        over = Domain("state", "=", "running") & Domain("date_end", "<", local_today(self.env))
        while matches := self.search(over, limit=AT_ONCE, order="id"):
            matches._end("day")
            self.env["ir.cron"]._commit_progress(len(matches))
