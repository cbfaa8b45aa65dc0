from odoo import models


class IntegrationCase(models.Model):
    """Cases that submitted figures know as not yet opened, or as still open."""

    _name = "integration.case"
    _inherit = ["integration.late", "integration.case"]
    _late_date = "date_opened"
    # Responsibility and place are those of the day, whatever the case says by now
    _late_fields = ()

    def _before_write(self, change):
        super()._before_write(change)
        # The end by itself: closing a case makes no old opening late.
        if "date_end" in change.names:
            change.before["ended"] = self._filtered_submitted(self._end_span)

    def _after_write(self, change):
        super()._after_write(change)
        if "date_end" in change.names:
            (change.before["ended"] | self._filtered_submitted(self._end_span))._mark_late()

    @staticmethod
    def _end_span(case):
        """An end of a case that was counted is missed by all later figures of open cases."""
        return case.date_end, False if case.date_opened else case.date_end

    def _late_span(self):
        """A case counts as opened on its day, and as open until its end."""
        return self.date_opened, self.date_end

    def _late_scope(self, day):
        return self.env["integration.case.assignment"]._scope_on(self, day)
