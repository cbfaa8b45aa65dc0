from datetime import timedelta

from odoo import api, fields, models

from ...tools import local_today, without_defaults


class IntegrationCaseAssignment(models.Model):
    """Who was responsible for a case from which day to which day (both inclusive).

    Written by the case itself; the figures of past periods rest on it, so that a
    hand-over changes no report of the time before.
    """

    _name = "integration.case.assignment"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Responsibility for a Case"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", store=True, precompute=True, index=True
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        compute="_compute_municipality_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one("res.users", string="Case Worker", required=True, index=True)
    date_from = fields.Date(required=True)
    date_to = fields.Date(help="Last day; empty while it holds.")

    _one_current = models.UniqueIndex(
        "(case_id) WHERE date_to IS NULL", "A case has one responsible worker at a time."
    )

    @api.depends("case_id")
    def _compute_municipality_id(self):
        # Not on case_id.municipality_id: a later move or correction must not change past figures.
        for assignment in self:
            assignment.municipality_id = assignment.case_id.municipality_id

    @api.depends("case_id.file_number", "user_id")
    def _compute_display_name(self):
        for assignment in self:
            assignment.display_name = f"{assignment.case_id.file_number}: {assignment.user_id.name}"

    @api.model
    def _held_on(self, case, day):
        """Return the responsibility for ``case`` on a day; of two on one day, the later one."""
        held = case.assignment_ids.filtered(
            lambda row: row.date_from <= day and (not row.date_to or row.date_to >= day)
        )
        return held.sorted(lambda row: (row.date_from, row.id))[-1:]

    @api.model
    def _assign(self, case, user, date_from=None):
        """Make ``user`` responsible for ``case``, in its municipality, from ``date_from`` (today).

        An assignment that began the same day is corrected instead of ended, for nobody
        was responsible for less than a day.
        """
        day = date_from or local_today(self.env)
        current = case.assignment_ids.filtered(lambda assignment: not assignment.date_to)
        if current and current.date_from >= day:
            current.write({"user_id": user.id, "municipality_id": case.municipality_id.id})
            return
        current.date_to = day - timedelta(days=1)
        current.flush_recordset()  # the unique index must see the end before the new row
        without_defaults(self).create({"case_id": case.id, "user_id": user.id, "date_from": day})
