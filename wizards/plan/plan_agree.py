from odoo import api, fields, models

from ...models.mixins.once import once
from ...models.plan.plan_actions import REVIEW_AFTER
from ...tools import local_today


class IntegrationPlanAgree(models.TransientModel):
    """Agree a plan: from when it holds and when both look at it again."""

    _name = "integration.plan.agree"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Agree an Integration Plan"

    plan_id = fields.Many2one("integration.plan", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(
        string="Agreed on", required=True, default=lambda self: local_today(self.env)
    )
    date_next_review = fields.Date(
        string="Next Review",
        required=True,
        compute="_compute_date_next_review",
        store=True,
        precompute=True,
        readonly=False,
    )

    @api.depends("date", "plan_id")
    def _compute_date_next_review(self):
        for wizard in self:
            planned = wizard.plan_id.date_next_review
            wizard.date_next_review = planned or (wizard.date and wizard.date + REVIEW_AFTER)

    @once
    def action_agree(self):
        """Agree the plan and close the dialog; the plan checks access, consent and dates."""
        self.ensure_one()
        self.plan_id.action_agree(self.date, self.date_next_review)
        return {"type": "ir.actions.act_window_close"}

    @once
    def action_agree_and_sign(self):
        """Agree the plan and go on to its sheet: it is signed while client and worker are there."""
        self.ensure_one()
        self.plan_id.action_agree(self.date, self.date_next_review)
        return self.plan_id.action_make_sheet()
