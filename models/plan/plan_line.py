from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...tools import local_today

# Who names a thing in two words has named no goal yet.
FEWEST_WORDS = 3
FAR_AHEAD = relativedelta(years=1)


class IntegrationPlanLine(models.Model):
    """One goal of a plan, in one life area (county standard 3.2.2)."""

    _name = "integration.plan.line"
    _description = "Goal of an Integration Plan"
    _inherit = ["integration.plan.part"]
    _order = "sequence, id"
    _check_company_auto = True
    _progress_fields = frozenset({"state", "reason", "step_ids"})
    _system_fields = frozenset({"former_id", "date_result"})
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
    recognised_by = fields.Text(
        string="How It Is Seen",
        help="What is there when the goal is reached: both see it, and nobody has to judge.",
    )
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
    date_result = fields.Date(
        string="Result Recorded for",
        readonly=True,
        copy=False,
        help="Day of the review, or the day on which the result was entered.",
    )
    reason = fields.Char(copy=False, help="Why the goal was not reached or was dropped.")
    step_ids = fields.One2many("integration.plan.step", "line_id", string="Steps")
    plan_state = fields.Selection(related="plan_id.state", string="State of the Plan")
    family_ids = fields.Many2many(
        "integration.client", string="Who Takes Part", compute="_compute_family_ids"
    )
    is_family = fields.Boolean(compute="_compute_family_ids", export_string_translation=False)
    former_id = fields.Many2one(
        "integration.plan.line",
        string="In the Version Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    # A helper for good goals: it asks and never refuses, for some goals are agreed with a person
    # who cannot say more yet.
    advice = fields.Text(string="Could Be Clearer", compute="_compute_advice")
    unsaid = fields.Char(string="Not Said Yet", compute="_compute_advice")

    @api.depends("case_id.file_number", "area_id")
    def _compute_display_name(self):
        # The goal's words say a lot about the person: they are no name.
        for goal in self:
            goal.display_name = self.env._(
                "%(file_number)s – %(area)s",
                file_number=goal.case_id.file_number or self.env._("New"),
                area=goal.area_id.name,
            )

    @api.depends("plan_id.client_id", "plan_id.client_ids")
    def _compute_family_ids(self):
        for goal in self:
            plan = goal.plan_id
            goal.family_ids = (plan.client_id or plan.case_id.client_id) | plan.client_ids
            goal.is_family = bool(plan.client_ids)

    @api.model
    def _prepare_create(self, vals_list):
        """Refuse a goal without an area in words; the database would log the whole row."""
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            if not (vals.get("area_id") or self.env.context.get("default_area_id")):
                self._refuse_no_area()
            if vals.get("state", "open") != "open":
                vals.setdefault("date_result", local_today(self.env))
        return vals_list

    def _before_write(self, change):
        super()._before_write(change)
        state = change.vals.get("state")
        if "date_result" not in change.names and any(goal.state != state for goal in self if state):
            change.vals["date_result"] = local_today(self.env) if state != "open" else False
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

    @api.constrains("date_target")
    def _check_date_target(self):
        self._check_not_before_case("date_target")

    @api.model
    def _compared_fields(self):
        return ["area_id", "name", "recognised_by", "date_target", *super()._compared_fields()]

    def _key_words(self):
        return (self.area_id, self.name)

    def _told_change(self, kind, former):
        told = super()._told_change(kind, former)
        formers = former.step_ids if former else self.step_ids.browse()
        steps = self.step_ids.browse() if kind == "left" else self.step_ids
        told["steps"] = steps._changes_since(formers)
        if kind == "new":
            told["details"] = self._told_fields(["recognised_by", "date_target"])
        return told

    def _title_of_change(self, kind):
        words = {"area": self.area_id.name, "words": self.name, "result": self._result()}
        if kind == "new":
            return self.env._("New goal (%(area)s): “%(words)s”", **words)
        if kind == "changed":
            return self.env._("Changed goal (%(area)s): “%(words)s”", **words)
        if kind == "same":
            return self.env._("Goal as before (%(area)s): “%(words)s”", **words)
        if not words["result"]:
            return self.env._("Goal left out (%(area)s): “%(words)s”", **words)
        return self.env._(
            "Goal no longer in the plan (%(area)s): “%(words)s” – %(result)s", **words
        )

    def _prepare_version(self):
        """Return the values of this goal in the next version, with its open steps."""
        self.ensure_one()
        steps = self.step_ids.filtered(lambda step: step.state == "open")
        return {
            "sequence": self.sequence,
            "area_id": self.area_id.id,
            "name": self.name,
            "recognised_by": self.recognised_by,
            "date_target": self.date_target,
            "former_id": self.id,
            "step_ids": [Command.create(step._prepare_version()) for step in steps],
        }

    # ------------------------------------------------------------
    # What, how is it seen, until when, who begins
    # ------------------------------------------------------------

    @api.depends("name", "recognised_by", "date_target", "step_ids.name", "step_ids.date_due")
    def _compute_advice(self):
        for goal in self:
            open_questions = goal._open_questions()
            goal.unsaid = ", ".join(short for short, _question in open_questions if short)
            goal.advice = "\n".join(question for _short, question in open_questions)

    def _open_questions(self):
        """Return (what is not said, the question that helps) for this goal."""
        asked = []
        days = [step.date_due for step in self.step_ids if step.date_due]
        if len((self.name or "").split()) < FEWEST_WORDS:
            asked.append(
                (
                    self.env._("what is reached"),
                    self.env._(
                        "What is reached in the end? A short sentence in the client's own words."
                    ),
                )
            )
        if not self.recognised_by:
            asked.append(
                (
                    self.env._("how it is seen"),
                    self.env._(
                        "How do both see that it is reached? A certificate, a signed contract, a "
                        "first day."
                    ),
                )
            )
        if not self.date_target:
            asked.append(
                (self.env._("until when"), self.env._("Until when? A review may move the day."))
            )
        elif self.date_target > local_today(self.env) + FAR_AHEAD:
            asked.append(
                (
                    "",
                    self.env._(
                        "This is more than a year away: is there a part that is reached sooner?"
                    ),
                )
            )
        if not self.step_ids:
            asked.append(
                (
                    self.env._("who does what first"),
                    self.env._("Who does what first? A goal begins with a step."),
                )
            )
        if self.date_target and any(day > self.date_target for day in days):
            asked.append(("", self.env._("A step is due only after the goal. Is that meant?")))
        return asked
