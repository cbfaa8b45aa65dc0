from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.mixins.once import once
from ...models.plan.plan_actions import REVIEW_AFTER
from ...tools import local_today


class IntegrationPlanReviewWizard(models.TransientModel):
    """Record that a plan was reviewed: one screen through all goals that were open.

    The review itself is a bare fact that is counted; its words become a note in the file, new
    ratings an assessment, and new target dates a draft of the next version, for both sides hold
    the agreed dates on paper (county standard 1.3.1: “Fortschreibung”).
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
    line_ids = fields.One2many(
        "integration.plan.review.wizard.line",
        "wizard_id",
        string="Goals",
        default=lambda self: self._default_lines(),
    )
    rating_ids = fields.One2many(
        "integration.plan.review.wizard.rating",
        "wizard_id",
        string="Ratings of the Family",
        default=lambda self: self._default_ratings(),
    )
    note = fields.Text(string="Summary", help="Becomes a note in the file.")

    @api.model
    def _default_lines(self):
        plan = self.env["integration.plan"]._begun_at("plan_id")
        vals_list = self.env["integration.plan.review.wizard.line"]._for_goals(
            self._going_on(plan), can_move=not self._draft(plan)
        )
        return [Command.create(vals) for vals in vals_list]

    @api.model
    def _default_ratings(self):
        plan = self.env["integration.plan"]._begun_at("plan_id")
        vals_list = self.env["integration.plan.review.wizard.rating"]._for_family(
            plan, self._going_on(plan).area_id
        )
        return [Command.create(vals) for vals in vals_list]

    @api.model
    def _going_on(self, plan):
        """Return the goals that a review looks at."""
        return plan.line_ids.filtered(lambda goal: goal.state in ("open", "partly"))

    @api.depends("date")
    def _compute_date_next_review(self):
        for wizard in self:
            wizard.date_next_review = wizard.date and wizard.date + REVIEW_AFTER

    @once
    def action_record(self):
        """Write the review, what became of the goals, the ratings, and the note if there is one.

        :return: the draft of the next version if goals got new dates, else the dialog closes
        """
        self.ensure_one()
        close = {"type": "ir.actions.act_window_close"}
        plan = self.plan_id
        strangers = self.line_ids.goal_id - plan.line_ids
        if strangers:
            raise UserError(
                self.env._("%s: this goal is none of the plan.", strangers[0].display_name)
            )
        if self.line_ids._moved() and self._draft(plan):
            raise UserError(
                self.env._(
                    "%s: the next version is being written already. Change the dates there.",
                    plan.display_name,
                )
            )
        self.env["integration.plan.review"].create(
            {
                "plan_id": plan.id,
                "date": self.date,
                "user_id": self.user_id.id,
                "date_next_review": self.date_next_review,
            }
        )
        self.line_ids._record()
        self._record_ratings()
        if (self.note or "").strip():
            self.env["integration.note"].create(
                {
                    "case_id": plan.case_id.id,
                    "date": self.date,
                    "confidentiality": "file",
                    "body": self.note,
                }
            )
        action = self._move_goals() or close
        # Nothing of the words stays behind in the lines, as nothing stays in the dialog.
        self.line_ids.unlink()
        self.rating_ids.unlink()
        return action

    def _record_ratings(self):
        """Write what was rated into assessments of that day; the last word on an area counts."""
        case = self.plan_id.case_id
        ratings = {}
        for whose, rows in ((case.client_id, self.line_ids), (None, self.rating_ids)):
            for row in rows:
                vals = {name: row[name] for name in ("strength", "need") if row[name]}
                if vals:
                    areas = ratings.setdefault(whose or row.client_id, {})
                    areas.setdefault(row.area_id, {}).update(vals)
        # Who has got a file of her own since the dialog was opened is rated there
        taking_part = case.client_id | (self.plan_id.client_ids & case.member_ids)
        strangers = ratings.keys() - set(taking_part)
        if strangers:
            raise UserError(
                self.env._(
                    "%s takes no part in the plan, so nothing is rated for this person here.",
                    next(iter(strangers)).file_number,
                )
            )
        for client, areas in ratings.items():
            self.env["integration.assessment"]._record_ratings(case, client, self.date, areas)

    def _move_goals(self):
        """Open the next version with the new dates, if there are any."""
        moved = self.line_ids._moved()
        if not moved:
            return None
        plan = self.plan_id
        goals = self._going_on(plan)
        action = plan.action_new_version()
        draft = plan.browse(action["res_id"])
        # The next version takes the goals over in their order.
        dates = {line.goal_id: line.date_target for line in moved}
        for goal, copy in zip(goals.sorted(), draft.line_ids.sorted(), strict=True):
            if goal in dates:
                copy.date_target = dates[goal]
        return action

    @api.model
    def _draft(self, plan):
        return plan.search([("case_id", "in", plan.case_id.ids), ("state", "=", "draft")], limit=1)
