from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import keep_local_changes, local_today
from .plan_step import OWNERS

MOST_WEEKS = 260


class IntegrationGoalTemplateStep(models.Model):
    """A step that usually leads to a goal of the library: what, who, after how many weeks."""

    _name = "integration.goal.template.step"
    _inherit = ["integration.door"]
    _description = "Step of the Library"
    _order = "sequence, id"
    _fixed_fields = frozenset({"template_id"})

    template_id = fields.Many2one(
        "integration.goal.template",
        string="Goal of the Library",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    # A shipped row that was deleted would come back with the next update.
    active = fields.Boolean(string="Offered", default=True)
    name = fields.Char(string="Step", required=True, translate=True)
    owner = fields.Selection(OWNERS, string="Who", required=True, default="client")
    weeks = fields.Integer(
        string="By (Weeks)",
        aggregator=None,
        help="The day that is proposed, so many weeks after the goal is taken over. 0: none.",
    )

    _weeks_in_range = models.Constraint(
        "CHECK(weeks BETWEEN 0 AND 260)", "A step is done within five years (260 weeks)."
    )

    @api.constrains("weeks")
    def _check_weeks(self):
        for step in self:
            if not 0 <= step.weeks <= MOST_WEEKS:
                raise ValidationError(
                    self.env._(
                        "“%(step)s”: a step is done within %(most)s weeks; 0 proposes no day.",
                        step=step.name,
                        most=MOST_WEEKS,
                    )
                )

    @api.model
    def _keep_local_changes(self):
        """Let an update of the module leave shipped steps as the county has edited them."""
        keep_local_changes(self.env, [self._name])

    def _step_words(self):
        """Return what the step of a plan takes over of this row, as it reads today."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "name": self.name,
            "owner": self.owner,
            "date_due": self.weeks > 0 and local_today(self.env) + timedelta(weeks=self.weeks),
        }
