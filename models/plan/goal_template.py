from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...tools import local_today

MOST_MONTHS = 60


class IntegrationGoalTemplate(models.Model):
    """A frequent goal of a life area, with the steps that usually lead to it.

    A plan takes over the words and never refers to where they came from: what both sides hold
    on paper stays as it is when the library changes (county standard 1.3.1, 3.2.2).
    """

    _name = "integration.goal.template"
    _inherit = ["integration.master"]
    _description = "Goal of the Library"
    _order = "area_id, sequence, name, id"
    _check_company_auto = True

    name = fields.Char(string="Goal")
    area_id = fields.Many2one(
        "integration.area",
        string="Life Area",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    recognised_by = fields.Char(
        string="How It Is Seen",
        translate=True,
        help="What is there when the goal is reached, e.g. a certificate or a signed contract.",
    )
    months = fields.Integer(
        string="Until (Months)",
        default=6,
        aggregator=None,
        help="The target date that is proposed, so many months after the goal is taken over. "
        "0: none.",
    )
    step_ids = fields.One2many(
        "integration.goal.template.step",
        "template_id",
        string="Steps",
        copy=True,
        context={"active_test": False},
    )
    step_summary = fields.Char(string="Steps in Words", compute="_compute_step_summary")

    _months_in_range = models.Constraint(
        "CHECK(months BETWEEN 0 AND 60)", "A goal is reached within five years (60 months)."
    )

    @api.constrains("months")
    def _check_months(self):
        for entry in self:
            if not 0 <= entry.months <= MOST_MONTHS:
                raise ValidationError(
                    self.env._(
                        "“%(goal)s”: a goal is reached within %(most)s months; 0 proposes no day.",
                        goal=entry.name,
                        most=MOST_MONTHS,
                    )
                )

    @api.depends("step_ids.name", "step_ids.active")
    def _compute_step_summary(self):
        for entry in self:
            names = entry.step_ids.filtered("active").mapped("name")
            entry.step_summary = " · ".join(filter(None, names))

    @api.model
    def _referring_fields(self):
        """Leave its own steps aside: plans hold copies, so nothing else refers to an entry."""
        own = self.env["integration.goal.template.step"]._name
        return [pair for pair in super()._referring_fields() if pair[0] != own]

    def _goal_words(self):
        """Return what a goal takes over of this entry, as it reads today; its area aside."""
        self.ensure_one()
        steps = self.step_ids.filtered("active")
        return {
            "name": self.name,
            "recognised_by": self.recognised_by,
            "date_target": self.months > 0
            and local_today(self.env) + relativedelta(months=self.months),
            "step_ids": [Command.create(step._step_words()) for step in steps],
        }
