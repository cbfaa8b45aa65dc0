from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import sql

from ...figures.scope import Scope


class IntegrationLate(models.AbstractModel):
    """Base of what the figures count: marks entries that a submitted report no longer contains.

    Written or changed after figures were submitted that cover its day, worker and
    municipality. The mark stays: a later report of the same period may contain the entry.
    """

    _name = "integration.late"
    _inherit = ["integration.secured"]
    _description = "Entry of a Submitted Period"
    _late_date = "date"
    # What the figures read of an entry
    _late_fields = ("user_id", "municipality_id")

    is_late = fields.Boolean(
        string="After Submission",
        compute="_compute_is_late",
        store=True,
        help="Entered or changed after the figures of its period were submitted.",
    )

    def _auto_init(self):
        """Mark nothing that was there before there were marks: it was counted."""
        known = self._auto and sql.table_exists(self.env.cr, self._table)
        if known and not sql.column_exists(self.env.cr, self._table, "is_late"):
            sql.create_column(self.env.cr, self._table, "is_late", "boolean")
        return super()._auto_init()

    @api.depends(lambda self: (self._late_date, *self._late_fields))
    def _compute_is_late(self):
        late = self._filtered_submitted()
        for entry in self:
            entry.is_late = entry.is_late or entry in late

    def _before_write(self, change):
        super()._before_write(change)
        # The day it had before: whatever leaves a submitted period is late as well.
        if {self._late_date, *self._late_fields} & change.names:
            change.before["late"] = self._filtered_submitted()

    def _after_write(self, change):
        super()._after_write(change)
        change.before.get("late", self.browse())._mark_late()

    def _asks_file_consent(self, names):
        # The mark is no change of the entry, whatever the consent by now.
        return names != {"is_late"} and super()._asks_file_consent(names)

    def _mark_late(self):
        """Mark the entries, whatever else is computed of them."""
        if not self:
            return
        self.flush_recordset(["is_late"])
        # sudo: the mark follows from what was written, nobody sets it
        unmarked = self.sudo().filtered(lambda entry: not entry.is_late)
        unmarked._as_system().write({"is_late": True})

    def _filtered_submitted(self, span=None):
        """Return the entries that submitted figures count, by period and scope.

        :param span: function of an entry, ``_late_span`` by default
        """
        spans = {entry: span(entry) if span else entry._late_span() for entry in self}
        spans = {entry: span for entry, span in spans.items() if span[0]}
        if not spans:
            return self.browse()
        reports = (
            self.env["integration.report"]
            # sudo: integration.report - whether it covers the entry; nothing of it is shown
            .sudo()
            .search_fetch(
                Domain("state", "=", "submitted")
                & Domain("date_to", ">=", min(day for day, _until in spans.values()))
                & Domain("scope_company_ids", "in", self.company_id.ids),
                ["date_from", "date_to", "scope_data", "submitted_on"],
            )
        )
        late = self.browse()
        for report in reports:
            scope = Scope.from_data(report.scope_data or {})
            for entry, entry_span in spans.items():
                day = report._counts_on(*entry_span)
                if day and scope.contains(entry._late_scope(day)):
                    late |= entry
        return late

    def _late_span(self):
        """Return the day that an entry counts on, and the first on which it no longer does.

        What merely happens on a day has the same twice; nothing (False) means for good.
        """
        return self[self._late_date], self[self._late_date]

    def _late_scope(self, day):
        """Return the scope that an entry counts in on a day."""
        return Scope((self.company_id.id,), (self.user_id.id,), (self.municipality_id.id,))
