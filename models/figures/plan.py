from odoo import models


class IntegrationPlan(models.Model):
    """Plans that submitted figures do not know of."""

    _name = "integration.plan"
    _inherit = ["integration.late", "integration.plan"]
    _late_date = "date_agreed"

    def _late_span(self):
        """A first version counts as active until its case ends; a further one continues it."""
        day = self.date_agreed
        return day, self.case_id.date_end if self.origin_id == self else day

    def _late_scope(self, day):
        if day == self.date_agreed:
            return super()._late_scope(day)
        return self.env["integration.case.assignment"]._scope_on(self.case_id, day)
