from odoo import api, fields, models

from ...models.mixins.once import once
from ...models.plan.plan_actions import REVIEW_AFTER
from ...tools import local_today


class IntegrationPlanReviewWizard(models.TransientModel):
    """Record that a plan was reviewed, and in the same go what was said about it.

    The review itself is a bare fact that is counted; its words become a note in the file.
    """

    _name = "integration.plan.review.wizard"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Record a Review"

    plan_id = fields.Many2one("integration.plan", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id")
    date = fields.Date(
        string="Reviewed on", required=True, default=lambda self: local_today(self.env)
    )
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who held the talk; the official figures count it there.",
    )
    date_next_review = fields.Date(
        string="Next Review",
        required=True,
        compute="_compute_date_next_review",
        store=True,
        precompute=True,
        readonly=False,
    )
    note = fields.Text(help="Becomes a note in the file.")

    @api.depends("date")
    def _compute_date_next_review(self):
        for wizard in self:
            wizard.date_next_review = wizard.date and wizard.date + REVIEW_AFTER

    @once
    def action_record(self):
        """Write the review, and the note if there is one."""
        self.ensure_one()
        self.env["integration.plan.review"].create(
            {
                "plan_id": self.plan_id.id,
                "date": self.date,
                "user_id": self.user_id.id,
                "date_next_review": self.date_next_review,
            }
        )
        if (self.note or "").strip():
            self.env["integration.note"].create(
                {
                    "case_id": self.plan_id.case_id.id,
                    "date": self.date,
                    "confidentiality": "file",
                    "body": self.note,
                }
            )
        # Nothing of the words stays behind in the dialog's own table.
        self._as_system().note = False
        return {"type": "ir.actions.act_window_close"}
