from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class IntegrationPlanLine(models.Model):
    """One goal of a plan, in one life area (county standard 3.2.2)."""

    _name = "integration.plan.line"
    _description = "Goal of an Integration Plan"
    _inherit = ["integration.plan.part"]
    _order = "sequence, id"
    _check_company_auto = True
    _progress_fields = frozenset({"state", "reason", "step_ids"})
    _fixed_fields = frozenset({"plan_id"})

    plan_id = fields.Many2one(
        "integration.plan", required=True, index=True, ondelete="cascade", check_company=True
    )
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(
        string="Employer", related="plan_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    area_id = fields.Many2one(
        "integration.area",
        string="Life Area",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    name = fields.Text(string="Goal", required=True)
    date_target = fields.Date(string="Target Date")
    state = fields.Selection(
        [
            ("open", "Open"),
            ("reached", "Reached"),
            ("partly", "Partly reached"),
            ("missed", "Not reached"),
            ("dropped", "Dropped"),
        ],
        string="Result",
        required=True,
        copy=False,
        default="open",
    )
    reason = fields.Char(copy=False, help="Why the goal was not reached or was dropped.")
    step_ids = fields.One2many("integration.plan.step", "line_id", string="Steps")
    plan_state = fields.Selection(related="plan_id.state", string="State of the Plan")

    @api.depends("case_id.file_number", "area_id")
    def _compute_display_name(self):
        # The goal's words say a lot about the person: they are no name.
        for goal in self:
            goal.display_name = self.env._(
                "%(file_number)s – %(area)s",
                file_number=goal.case_id.file_number or self.env._("New"),
                area=goal.area_id.name,
            )

    @api.model
    def _prepare_create(self, vals_list):
        """Refuse a goal without an area in words; the database would log the whole row."""
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            if not (vals.get("area_id") or self.env.context.get("default_area_id")):
                self._refuse_no_area()
        return vals_list

    def _before_write(self, change):
        super()._before_write(change)
        if "area_id" in change.names and not change.vals["area_id"]:
            self._refuse_no_area()

    def _refuse_no_area(self):
        raise UserError(self.env._("A goal belongs to a life area. Choose one."))

    @api.constrains("state", "reason")
    def _check_reason(self):
        for goal in self:
            if goal.state in ("missed", "dropped") and not (goal.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%s: please say why the goal was not reached or was dropped.",
                        goal.display_name,
                    )
                )

    @api.constrains("name")
    def _check_name(self):
        for goal in self:
            if not goal.name.strip():
                raise ValidationError(self.env._("%s: a goal needs words.", goal.display_name))

    def _prepare_version(self):
        """Return the values of this goal in the next version, with its open steps."""
        self.ensure_one()
        steps = self.step_ids.filtered(lambda step: step.state == "open")
        return {
            "sequence": self.sequence,
            "area_id": self.area_id.id,
            "name": self.name,
            "date_target": self.date_target,
            "step_ids": [Command.create(step._prepare_version()) for step in steps],
        }
