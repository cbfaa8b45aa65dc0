from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ...tools import entry_day, local_today
from .concern import WAITING, WORDS

# How many are cleared between two commits of the nightly job
AT_ONCE = 500


class IntegrationConcern(models.Model):
    """Words about people who agreed to nothing do not stay (Art. 5 (1) (e) GDPR)."""

    _inherit = "integration.concern"

    def _clear(self):
        """Clear whatever says who was meant, and who told it; kind, day and answer stay."""
        self._as_system().write(
            {**dict.fromkeys(WORDS, False), "date_cleared": entry_day(self.env)}
        )
        self._clear_attached()

    @api.model
    def _cron_keep(self):
        """Clear what nobody has answered in time; a second run finds nothing left."""
        today = local_today(self.env)
        # Also of whoever is no employer any more
        employers = self.env["res.company"].with_context(active_test=False).search(Domain.TRUE)
        for days, companies in employers.grouped("integration_concern_days").items():
            over = Domain("company_id", "in", companies.ids)
            over &= Domain("date", "<=", today - timedelta(days=days))
            over &= Domain("state", "in", WAITING)
            while concerns := self.search(over, limit=AT_ONCE, order="id"):
                concerns._as_system().state = "lapsed"
                concerns._clear()
                self.env["ir.cron"]._commit_progress(len(concerns))
