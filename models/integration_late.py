from odoo import api, fields, models
from odoo.fields import Domain

from ..reports.figures_scope import Scope


class IntegrationLate(models.AbstractModel):
    """Base of what the figures count: marks entries that a submitted report no longer contains.

    Written or changed after figures were submitted that cover its day, worker and
    municipality. The mark stays: a later report of the same period may contain the entry.
    """

    _name = "integration.late"
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

    @api.depends(lambda self: (self._late_date, *self._late_fields))
    def _compute_is_late(self):
        late = self._filtered_submitted()
        for entry in self:
            entry.is_late = entry.is_late or entry in late

    def write(self, vals):
        # The day it had before: whatever leaves a submitted period is late as well.
        moved = self.browse()
        if {self._late_date, *self._late_fields} & vals.keys():
            moved = self._filtered_submitted()
        result = super().write(vals)
        if moved:
            self.flush_recordset(["is_late"])
            # sudo: the mark follows from what was written, nobody sets it
            unmarked = moved.sudo().filtered(lambda entry: not entry.is_late)
            super(IntegrationLate, unmarked).write({"is_late": True})
        return result

    def _filtered_submitted(self):
        """Return the entries that lie in period and scope of submitted figures."""
        days = [day for day in self.mapped(self._late_date) if day]
        if not days:
            return self.browse()
        # sudo: integration.report - whether it covers the entry; nothing of it is shown
        reports = self.env["integration.report"].sudo().search_fetch(
            Domain("state", "=", "submitted")
            & Domain("date_from", "<=", max(days))
            & Domain("date_to", ">=", min(days))
            & Domain("scope_company_ids", "in", self.company_id.ids),
            ["date_from", "date_to", "scope_data"],
        )
        spans = [(r.date_from, r.date_to, Scope.from_data(r.scope_data or {})) for r in reports]
        return self.filtered(lambda entry: any(
            start <= entry[self._late_date] <= stop and scope.contains(entry._late_scope())
            for start, stop, scope in spans if entry[self._late_date]
        ))

    def _late_scope(self):
        """Return the scope that an entry counts in."""
        return Scope((self.company_id.id,), (self.user_id.id,), (self.municipality_id.id,))
