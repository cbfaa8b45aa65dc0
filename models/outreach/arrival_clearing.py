from datetime import timedelta

from odoo import api, models
from odoo.fields import Command, Domain

from ...tools import local_today
from .arrival import GOING_ON

# How many are cleared between two commits of the nightly job
AT_ONCE = 500


class IntegrationArrival(models.Model):
    """Names of people who agreed to nothing do not stay (Art. 5 (1) (e) GDPR)."""

    _inherit = "integration.arrival"

    def _last_day(self):
        """Return the day on which name and address are cleared at the latest."""
        self.ensure_one()
        # sudo: res.company - a setting of the employer, who may be another one than the reader's
        days = self.company_id.sudo().integration_arrival_days
        return self.date_move + timedelta(days=days)

    def _clear(self):
        """Clear whatever says who it was; numbers, days and municipality stay."""
        self._as_system().write(
            {
                "name": False,
                "street": False,
                "zip": False,
                "city": False,
                "note": False,
                "language_ids": [Command.clear()],
                "date_cleared": local_today(self.env),
            }
        )
        self._clear_attached()

    @api.model
    def _cron_keep(self):
        """Clear what has been kept long enough, and bring back what was put off until today.

        Nobody finds a door without an address, so what is still open then is over.
        """
        for values, domain in self._nightly(local_today(self.env)):
            while arrivals := self.search(domain, limit=AT_ONCE, order="id"):
                arrivals._as_system().write(values)
                if values["state"] != "open":
                    arrivals._clear()
                self.env["ir.cron"]._commit_progress(len(arrivals))

    @api.model
    def _nightly(self, today):
        """Yield (values, domain) of what changes over night."""
        # Also of whoever is no employer any more
        employers = self.env["res.company"].with_context(active_test=False).search(Domain.TRUE)
        for days, companies in employers.grouped("integration_arrival_days").items():
            over = Domain("company_id", "in", companies.ids)
            over &= Domain("date_move", "<=", today - timedelta(days=days))
            over &= Domain("date_cleared", "=", False)
            yield ({"state": "lapsed", "date_later": False}, over & Domain("state", "in", GOING_ON))
        yield (
            {"state": "open", "date_later": False},
            Domain("state", "=", "later") & Domain("date_later", "<=", today),
        )
