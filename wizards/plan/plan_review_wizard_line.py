from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationPlanReviewWizardLine(models.TransientModel):
    """What became of one goal, as the dialog of a review asks for it."""

    _name = "integration.plan.review.wizard.line"
    _inherit = ["integration.plan.review.rated"]
    _description = "Goal in a Review"
    _rated_person = "goal_id.plan_id.client_id"
    _fixed_fields = frozenset({"wizard_id", "goal_id"})

    wizard_id = fields.Many2one(
        "integration.plan.review.wizard", required=True, index=True, ondelete="cascade"
    )
    goal_id = fields.Many2one(
        "integration.plan.line", string="Goal of the Plan", required=True, ondelete="cascade"
    )
    area_id = fields.Many2one(related="goal_id.area_id", related_sudo=False)
    name = fields.Text(related="goal_id.name", related_sudo=False)
    known_state = fields.Char(help="The result when the dialog was opened.")
    state = fields.Selection(
        [
            ("open", "Goes on"),
            ("reached", "Reached"),
            ("partly", "Partly reached"),
            ("missed", "Not reached"),
            ("dropped", "Dropped"),
        ],
        string="Result",
        required=True,
        default="open",
    )
    reason = fields.Char(help="Why the goal was not reached or was dropped.")
    date_target = fields.Date(string="Target Date")
    known_date = fields.Date()
    can_move = fields.Boolean()

    @api.depends("goal_id")
    def _compute_display_name(self):
        # The goal's words say a lot about the person: they are no name.
        for line in self:
            line.display_name = line.goal_id.display_name

    @api.model
    def _for_goals(self, goals, can_move):
        """Return the values of the lines for ``goals``."""
        return [
            {
                "goal_id": goal.id,
                "known_state": goal.state,
                "state": goal.state,
                "date_target": goal.date_target,
                "known_date": goal.date_target,
                "can_move": can_move,
            }
            for goal in goals
        ]

    def _record(self):
        """Write the results into the goals; what a colleague settled meanwhile is not overrun.

        :raises UserError: the dialog keeps what was typed; the goal left as it was goes through
        """
        for line in self:
            goal = line.goal_id
            if line.state == (line.known_state or "open"):
                continue
            if goal.state not in (line.known_state, line.state):
                raise UserError(
                    self.env._(
                        "%(goal)s: somebody has recorded “%(state)s” meanwhile. Choose that, or "
                        "leave the goal as it was before.",
                        goal=goal.display_name,
                        state=dict(goal._fields["state"]._description_selection(self.env))[
                            goal.state
                        ],
                    )
                )
            if goal.state != line.state:
                # Without a word where none is needed: words in some areas need a consent.
                words = (line.reason or "").strip()
                goal.write({"state": line.state, **({"reason": words} if words else {})})
                if line.state != "open":
                    goal._as_system().write({"date_result": line.wizard_id.date})

    def _moved(self):
        """Return the lines of goals that go on with another target date."""
        return self.filtered(
            lambda line: line.date_target != line.known_date and line.state in ("open", "partly")
        )
