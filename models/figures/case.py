from odoo import models


class IntegrationCase(models.Model):
    """Cases that submitted figures know as not yet opened, or as still open."""

    _name = "integration.case"
    _inherit = ["integration.case", "integration.late"]
    _late_date = "date_opened"
    # Responsibility and place are those of the day, whatever the case says by now
    _late_fields = ()

    def write(self, vals):
        """Look at the end by itself: closing a case makes no old opening late."""
        ends = "date_end" in vals
        late = self._filtered_submitted(self._end_span) if ends else self.browse()
        result = super().write(vals)
        if ends:
            (late | self._filtered_submitted(self._end_span))._mark_late()
        return result

    @staticmethod
    def _end_span(case):
        """An end that also ended a plan is missed by all later figures of active plans."""
        lasts = any(plan.date_agreed for plan in case.plan_ids)
        return case.date_end, False if lasts else case.date_end

    def _late_scope(self, day):
        return self.env["integration.case.assignment"]._scope_on(self, day)
