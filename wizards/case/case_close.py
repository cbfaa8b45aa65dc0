from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...models.mixins.once import once
from ...tools import local_today


class IntegrationCaseClose(models.TransientModel):
    """Closes a case for one of the reasons of the county standard (3.2.3)."""

    _name = "integration.case.close"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Close Case"
    _check_company_auto = True

    case_id = fields.Many2one("integration.case", required=True, readonly=True)
    company_id = fields.Many2one(related="case_id.company_id")
    consent_state = fields.Selection(related="case_id.consent_state")
    closure_reason_id = fields.Many2one(
        "integration.closure.reason", required=True, check_company=True
    )
    date_end = fields.Date(string="End", required=True, default=lambda self: local_today(self.env))
    open_step_ids = fields.Many2many("integration.plan.step", compute="_compute_open_step_ids")
    open_step_count = fields.Integer(compute="_compute_open_step_ids", string="Open Steps")
    done_step_ids = fields.Many2many(
        "integration.plan.step",
        "integration_case_close_step_rel",
        "wizard_id",
        "step_id",
        string="Done",
        domain="[('id', 'in', open_step_ids)]",
        check_company=True,
    )
    rest_state = fields.Selection(
        [("dropped", "Dropped"), ("missed", "Not done")],
        string="Other Open Steps",
        required=True,
        default="dropped",
    )
    rest_reason = fields.Char(
        string="Why", help="Why they were not done; if empty, the reason for closing the case."
    )
    other_case_ids = fields.Many2many("integration.case", compute="_compute_other_case_ids")
    also_case_ids = fields.Many2many(
        "integration.case",
        "integration_case_close_also_rel",
        string="Close as Well",
        check_company=True,
        domain="[('id', 'in', other_case_ids)]",
    )
    planned = fields.Text(
        compute="_compute_planned", help="Appointments and tasks that end with the case."
    )
    note = fields.Text(
        string="Closing Note", help="What was reached and what comes next; goes into the file."
    )

    @api.depends("case_id")
    def _compute_open_step_ids(self):
        for wizard in self:
            wizard.open_step_ids = self._open_steps(wizard.case_id)
            wizard.open_step_count = len(wizard.open_step_ids)

    @api.depends("case_id")
    def _compute_other_case_ids(self):
        for wizard in self:
            wizard.other_case_ids = wizard.case_id._of_household()._filtered_access("write")

    @api.depends("case_id", "also_case_ids")
    def _compute_planned(self):
        """Name by day what ends with the cases, for anyone who may read it."""
        for wizard in self:
            cases = (wizard.case_id | wizard.also_case_ids)._origin
            activities = self.env["mail.activity"].search(
                [("id", "in", cases._planned().ids)], order="date_deadline, id"
            )
            lines = [
                (activity.date_deadline, activity.summary or activity.activity_type_id.name or "")
                for activity in activities
            ]
            planned = cases._planned_appointments().sudo(False)._filtered_access("read")
            lines += [(appointment.date, self.env._("Appointment")) for appointment in planned]
            wizard.planned = "\n".join(
                f"{format_date(self.env, day)}: {what}" for day, what in sorted(lines)
            )

    @once
    def action_close(self):
        """Write the closing note, say what became of open steps, and close the case.

        Of the household's other cases, those that were ticked are closed for the same reason.
        """
        self.ensure_one()
        others = self.also_case_ids
        (self.case_id | others).check_access("write")
        self.case_id._check_of_household(others)
        if self.note:
            self.env["integration.note"].create({"case_id": self.case_id.id, "body": self.note})
        steps = self.open_step_ids
        left = {case: self._open_steps(case) for case in others}
        (self.case_id | others)._close(self.closure_reason_id, self.date_end)
        self._settle(steps)
        for case, rest in left.items():
            self._settle_rest(case, rest)
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _open_steps(self, case):
        return self.env["integration.plan.step"].search(
            [("case_id", "=", case.id), ("state", "=", "open"), ("plan_id.state", "=", "agreed")]
        )

    def _settle(self, steps):
        """Leave no step open: nobody works on it any more."""
        done = self.done_step_ids
        if done - steps:
            raise UserError(
                self.env._("File %s: only open steps of this case.", self.case_id.file_number)
            )
        if self.case_id.consent_state == "given":
            done._settle("done")
            steps -= done
        self._settle_rest(self.case_id, steps)

    def _settle_rest(self, case, steps):
        """Say that the steps were not done, and why.

        Without a valid consent nothing new is said of the client: then the steps are dropped.
        """
        reason = self.closure_reason_id.name
        if case.consent_state != "given":
            steps._settle("dropped", reason)
            return
        steps._settle(self.rest_state, (self.rest_reason or "").strip() or reason)
