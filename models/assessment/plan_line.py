from odoo import api, fields, models


class IntegrationPlanLine(models.Model):
    """What the last assessment said of the area of a goal."""

    _inherit = "integration.plan.line"

    words_missing = fields.Boolean(
        readonly=True,
        copy=False,
        help="Made from an assessment by a click; nobody has worded it yet.",
    )
    assessed_strength = fields.Integer(string="Strength", compute="_compute_assessed")
    assessed_need = fields.Integer(string="Need", compute="_compute_assessed")
    assessed_family = fields.Text(
        string="Rated of the Family",
        compute="_compute_assessed",
        help="Strength and need of the others who take part in the plan, as last assessed.",
    )

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"words_missing"}

    @api.depends("area_id", "plan_id.client_id", "plan_id.client_ids")
    @api.depends_context("lang", "uid", "integration_show_name")
    def _compute_assessed(self):
        persons = self.plan_id.client_id | self.plan_id.client_ids
        latest = self.env["integration.assessment.line"]._latest(persons, self.area_id)
        families = {plan: plan._family(plan.client_ids)._origin for plan in self.plan_id}
        for goal in self:
            line = latest.get((goal.plan_id.client_id._origin.id, goal.area_id._origin.id))
            goal.assessed_strength = line.strength if line else 0
            goal.assessed_need = line.need if line else 0
            rated = (
                latest.get((relative.id, goal.area_id._origin.id))
                for relative in families.get(goal.plan_id, ())
            )
            told = (line._told_rating() for line in rated if line)
            goal.assessed_family = "\n".join(filter(None, told))

    def _before_write(self, change):
        super()._before_write(change)
        if "name" in change.names:
            change.vals["words_missing"] = False
