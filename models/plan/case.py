from odoo import api, fields, models


class IntegrationCase(models.Model):
    """The integration plan of a case, and what of it the screen shows."""

    _inherit = "integration.case"

    plan_ids = fields.One2many("integration.plan", "case_id", string="Plans")
    deadline_ids = fields.One2many("integration.deadline", "case_id", string="Deadlines")
    has_plan = fields.Boolean(compute="_compute_plan", store=True)
    date_next_review = fields.Date(string="Plan Review", compute="_compute_plan", store=True)
    next_step_id = fields.Many2one("integration.plan.step", compute="_compute_next_step_id")

    @api.depends(
        "plan_ids.state",
        "plan_ids.date_next_review",
        "client_id.family_plan_ids.state",
        "client_id.family_plan_ids.date_next_review",
        "client_id.family_plan_ids.household_id",
        "client_id.household_id",
        "client_id.family_case_id",
    )
    def _compute_plan(self):
        """Count the plan of the family as well: who is named in it has one.

        After a separation it is the other side's, whose review is not for the new readers.
        """
        for case in self:
            # sudo: integration.plan - whether there is one, also in a colleague's file
            file = case.sudo()
            plans = file.plan_ids | file.client_id.family_plan_ids.filtered(
                lambda plan, file=file: plan._family(file.client_id)
            )
            agreed = plans.filtered(lambda plan: plan.state == "agreed")
            # Her own first, then the family's
            agreed = agreed.sorted(lambda plan, file=file: plan.case_id != file)[:1]
            case.has_plan = bool(agreed)
            case.date_next_review = agreed.date_next_review

    @api.depends("plan_ids")
    def _compute_next_step_id(self):
        cases = self.filtered("may_work")
        # sudo: integration.plan.step - of cases whose content the reader may read, as just
        # asked; the rules would ask the same again for a page of cards
        steps = self.env["integration.plan.step"].sudo()
        steps = steps.search_fetch(
            [
                ("case_id", "in", cases.ids),
                ("state", "=", "open"),
                ("plan_id.state", "=", "agreed"),
            ],
            order="date_due desc, id desc",
        )
        # Reversed, so that the most urgent step of a case is the one that stays.
        next_steps = {step.case_id.id: step.sudo(False) for step in steps}
        self.next_step_id = False
        for case in self:
            if step := next_steps.get(case._origin.id):
                case.next_step_id = step

    def _taking_deadlines(self):
        """Return those of the cases into which deadlines may be written."""
        return self

    def _told_of_deadlines(self):
        """Return those of the cases whose workers are reminded of what runs out."""
        return self

    def action_new_plan(self):
        """Open the agreed or drafted plan of the case, or a new draft."""
        self.ensure_one()
        plan = self.plan_ids.filtered(lambda p: p.state != "ended")[:1]
        if not plan:
            plan = self.env["integration.plan"].create({"case_id": self.id})
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_plan_action"
        )
        return dict(action, res_id=plan.id, views=[(False, "form")], view_mode="form")

    def _close(self, reason, date_end):
        """End the plans with their case; see the base for the rest."""
        super()._close(reason, date_end)
        self.plan_ids._end(date_end)

    def _undo_close(self):  # pylint: disable=missing-return
        """Let the plans go on that ended with their case; see the base for the rest."""
        ended = {case: case.date_end for case in self}
        super()._undo_close()
        for case, day in ended.items():
            case.plan_ids._undo_end(day)
