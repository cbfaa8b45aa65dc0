from odoo import api, models
from odoo.fields import Domain

from ...tools import local_today

# How many are cleared between two commits of the nightly job
AT_ONCE = 500


class IntegrationOfficeVisitor(models.Model):
    """The day after, nobody is called any more (Art. 5 (1) (e) GDPR)."""

    _inherit = "integration.office.visitor"

    @api.model
    def _cron_clear(self):
        """Clear the words of past days, and end what was not ticked off."""
        past = Domain("date", "<", local_today(self.env))
        for domain, values in (
            (Domain("name", "!=", False), {"name": False}),
            (Domain("state", "in", ["waiting", "with_me"]), {"state": "left"}),
        ):
            while visitors := self.search(past & domain, limit=AT_ONCE, order="id"):
                visitors._as_system().write(values)
                self.env["ir.cron"]._commit_progress(len(visitors))
        # Why somebody could not come is nobody's matter any more.
        over = past & Domain("cancel_words", "!=", False)
        sessions = self.env["integration.office.session"]
        while told := sessions.search(over, limit=AT_ONCE, order="id"):
            told._as_system().cancel_words = False
            self.env["ir.cron"]._commit_progress(len(told))
