from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...tools import local_today

UNDONE = ("missed", "dropped")
OWNERS = [
    ("client", "Client"),
    ("worker", "Case worker"),
    ("third", "Third party"),
    ("volunteer", "Volunteer"),
]


class IntegrationPlanStep(models.Model):
    """What somebody does until a day, so that a goal is reached.

    Help for self-help: the client is the first to act (county standard 3.1).
    """

    _name = "integration.plan.step"
    _description = "Step of an Integration Plan"
    _inherit = ["integration.plan.part"]
    _order = "sequence, id"
    _check_company_auto = True
    _progress_fields = frozenset({"state", "reason", "date_done"})
    _system_fields = frozenset({"former_id"})
    _fixed_fields = frozenset({"line_id"})

    line_id = fields.Many2one(
        "integration.plan.line",
        string="Goal",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    # Not precomputed: that would leave unsaved doubles in the cache of the plan's steps.
    plan_id = fields.Many2one(related="line_id.plan_id", store=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="line_id.case_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(
        string="Employer", related="line_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Step", required=True)
    owner = fields.Selection(OWNERS, string="Who", required=True, default="client")
    person_ids = fields.Many2many(
        "integration.client",
        "integration_plan_step_client_rel",
        "step_id",
        "client_id",
        string="Persons",
        check_company=True,
        context={"active_test": False},
        help="Who of the family does the step, alone or together; empty: nobody in particular.",
    )
    owner_words = fields.Char(string="Who in Words", compute="_compute_owner_words")
    date_due = fields.Date(string="By")
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("missed", "Not done"), ("dropped", "Dropped")],
        required=True,
        copy=False,
        default="open",
    )
    reason = fields.Char(copy=False, help="Why the step was not done or was dropped.")
    date_done = fields.Date(
        string="Done on",
        compute="_compute_date_done",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
    )
    former_id = fields.Many2one(
        "integration.plan.step",
        string="In the Version Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    goal = fields.Text(related="line_id.name", related_sudo=False, string="Goal in Words")
    area_id = fields.Many2one(related="line_id.area_id", store=True, precompute=True)

    _company_due_idx = models.Index("(company_id, date_due) WHERE state = 'open'")

    @api.depends("state")
    def _compute_date_done(self):
        today = local_today(self.env)
        for step in self:
            # What is ticked off after the end was done before it.
            latest = min(today, step.line_id.plan_id.date_ended or today)
            step.date_done = (step.date_done or latest) if step.state == "done" else False

    @api.depends("owner", "person_ids")
    @api.depends_context("lang", "uid", "integration_show_name")
    def _compute_owner_words(self):
        for step in self:
            names = step.person_ids.mapped("display_name") if step.owner == "client" else ()
            step.owner_words = ", ".join(names) or step._told_value("owner")

    @api.depends("case_id.file_number", "name")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        """Say what is to be done on request and to anyone who may read it; else the number."""
        named = set()
        if self.env.context.get("integration_show_name"):
            named.update(self.sudo(False)._filtered_access("read")._ids)
        for step in self:
            if step.id in named:
                step.display_name = step.name
            else:
                number = step.case_id.file_number or self.env._("New")
                step.display_name = self.env._("%s – Step", number)

    @api.constrains("state", "reason")
    def _check_reason(self):
        for step in self:
            if step.state in UNDONE and not (step.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%s: please say why the step was not done or was dropped.",
                        step.display_name,
                    )
                )

    @api.constrains("date_done")
    def _check_date_done(self):
        today = local_today(self.env)
        for step in self:
            if step.date_done and step.date_done > today:
                raise ValidationError(
                    self.env._("%s cannot be done in the future.", step.display_name)
                )

    @api.constrains("person_ids")
    def _check_person_ids(self):
        self.plan_id._check_persons_of_steps()

    @api.constrains("date_due")
    def _check_date_due(self):
        self._check_not_before_case("date_due")

    @api.model
    def _compared_fields(self):
        return ["name", "owner", "person_ids", "date_due", *super()._compared_fields()]

    def _told_change(self, kind, former):
        told = super()._told_change(kind, former)
        if kind == "new":
            names = [name for name in self._compared_fields() if name != "name"]
            told["details"] = self._told_fields(names)
        return told

    def _title_of_change(self, kind):
        words = {"words": self.name, "result": self._result()}
        if kind == "new":
            return self.env._("New step: “%(words)s”", **words)
        if kind == "changed":
            return self.env._("Changed step: “%(words)s”", **words)
        if not words["result"]:
            return self.env._("Step left out: “%(words)s”", **words)
        return self.env._("Step no longer in the plan: “%(words)s” – %(result)s", **words)

    def action_tick_off(self):
        """Tick the steps off; ticked by two at once, they are done."""
        self.filtered(lambda step: step.state != "done").write({"state": "done"})
        return True

    def action_open_again(self):
        """Open again what was ticked by mistake."""
        self.filtered(lambda step: step.state == "done").write({"state": "open"})
        return True

    def action_open_plan(self):
        """Open the plan a step belongs to: a step alone says nothing."""
        self.ensure_one()
        return self.plan_id._get_records_action()

    def _prepare_version(self):
        """Return the values of this step in the next version of the plan."""
        self.ensure_one()
        plan = self.plan_id
        going_on = self.person_ids & (plan.client_id | plan._going_on_together())
        return {
            "sequence": self.sequence,
            "name": self.name,
            "owner": self.owner,
            "person_ids": [Command.set(going_on.ids)],
            "date_due": self.date_due,
            "former_id": self.id,
        }
