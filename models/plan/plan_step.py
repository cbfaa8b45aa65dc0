from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import local_today

UNDONE = ("missed", "dropped")
# All that may still be said of a step left open by an ended plan
SETTLING = {"state", "reason"}


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
    _parent_fields = frozenset({"line_id"})

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
    owner = fields.Selection(
        [
            ("client", "Client"),
            ("worker", "Case worker"),
            ("third", "Third party"),
            ("volunteer", "Volunteer"),
        ],
        string="Who",
        required=True,
        default="client",
    )
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

    @api.depends("case_id.file_number", "name")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        """Say what is to be done on request and to whoever may read it; else the number."""
        named = self.browse()
        if self.env.context.get("integration_show_name"):
            named = self.sudo(False)._filtered_access("read")
        for step in self:
            if step in named:
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

    def action_toggle_done(self):
        """Tick the steps off, or open again those that were ticked by mistake."""
        for step in self:
            step.state = "open" if step.state == "done" else "done"
        return True

    def _settle(self, state, reason=False):
        """Say what became of open steps because their case is closed.

        Also without a valid consent: a withdrawal must never keep a case open.
        """
        self._write_ungated({"state": state, "reason": reason})

    def _frozen_parts(self, names):
        """Let go of the steps that an ended plan left open: what became of them may be said.

        Else they stay on the list of what is missing before a submission for good.
        """
        if names - SETTLING:
            return self
        left_open = self.filtered(lambda step: step.state == "open" and step.plan_id)
        return self - left_open.filtered(lambda step: step.plan_id in step.plan_id._last_agreed())

    @api.model
    def _left_open_domain(self):
        """Return what ended plans left open and somebody may still settle."""
        return (
            Domain("state", "=", "open")
            & Domain("plan_id.state", "=", "ended")
            & Domain("plan_id", "in", self.env["integration.plan"]._last_agreed_sql())
            # Without a consent nothing is written any more
            & Domain("case_id.consent_state", "=", "given")
        )

    def _action_left_open(self):
        """Open the list in which nothing but the result of the steps in ``self`` is written."""
        views = [
            (self.env.ref(f"integration_management.integration_plan_step_view_{mode}_left_open").id,
             mode) for mode in ("list", "kanban", "form")
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open steps of closed cases"),
            "res_model": self._name,
            "views": views,
            "mobile_view_mode": "kanban",
            "domain": [("id", "in", self.ids)],
            "context": {"create": False, "integration_show_name": True},
            "target": "current",
        }

    def action_open_plan(self):
        """Open the plan a step belongs to: a step alone says nothing."""
        self.ensure_one()
        return self.plan_id._get_records_action()

    def _purpose_area(self):
        return self.line_id.area_id

    def _prepare_version(self):
        """Return the values of this step in the next version of the plan."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "name": self.name,
            "owner": self.owner,
            "date_due": self.date_due,
        }
