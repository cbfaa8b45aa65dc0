from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today


class IntegrationMeetingDecision(models.Model):
    """What a meeting has decided, who does it, and until when."""

    _name = "integration.meeting.decision"
    _inherit = ["integration.meeting.part"]
    _description = "Decision of a Network Meeting"
    _order = "date_due, id"
    _check_company_auto = True
    _nameless_fields = frozenset({"name", "who"})
    _system_fields = frozenset({"company_id", "user_id", "date_done"})

    name = fields.Char(
        string="What Was Decided",
        required=True,
        help="All workers of the county read it: no names and no file numbers of clients.",
    )
    topic_id = fields.Many2one(
        "integration.meeting.topic",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('meeting_id', '=', meeting_id)]",
    )
    attendance_id = fields.Many2one(
        "integration.meeting.attendance",
        string="Worker",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('meeting_id', '=', meeting_id)]",
        help="Finds it on My Day.",
    )
    who = fields.Char(
        string="Who Does It",
        compute="_compute_who",
        store=True,
        precompute=True,
        readonly=False,
        help="A worker, the coordination, or a body in words.",
    )
    user_id = fields.Many2one(related="attendance_id.user_id", store=True, index="btree_not_null")
    date_due = fields.Date(string="Until", index=True)
    date_done = fields.Date(string="Done On", readonly=True, copy=False)
    is_mine = fields.Boolean(compute="_compute_is_mine", search="_search_is_mine")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")

    @api.depends("attendance_id")
    def _compute_who(self):
        for decision in self:
            attendance = decision.attendance_id
            if attendance:
                words = (attendance.name, attendance.employer_name)
                decision.who = ", ".join(filter(None, words))

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for decision in self:
            decision.is_mine = decision.user_id == self.env.user

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("user_id", "=", self.env.uid)
        return Domain.OR(mine if wanted else ~mine for wanted in value)

    @api.depends("date_due", "date_done")
    def _compute_is_overdue(self):
        today = local_today(self.env)
        for decision in self:
            due = decision.date_due
            decision.is_overdue = bool(due and due < today and not decision.date_done)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("date_due", "<", local_today(self.env)) & Domain("date_done", "=", False)
        return Domain.OR(overdue if wanted else ~overdue for wanted in value)

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("who", "attendance_id")
    def _check_who(self):
        for decision in self:
            if not (decision.who or "").strip():
                decision.meeting_id._refuse_values(
                    self.env._("say who carries out the decision: a worker, or somebody in words.")
                )

    @api.constrains("date_due", "meeting_id")
    def _check_date_due(self):
        for decision in self:
            meeting = decision.meeting_id
            if decision.date_due and decision.date_due < meeting.date:
                meeting._refuse_values(
                    self.env._(
                        "a decision is carried out after the meeting, not until %s. Enter a later "
                        "day.",
                        format_date(self.env, decision.date_due),
                    )
                )

    @api.constrains("attendance_id", "topic_id", "meeting_id")
    def _check_same_meeting(self):
        for decision in self:
            if (decision.attendance_id.meeting_id | decision.topic_id.meeting_id) - (
                decision.meeting_id
            ):
                decision.meeting_id._refuse_values(
                    self.env._("worker and topic are those of this meeting. Choose them again.")
                )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_done(self):
        """Note that the decision was carried out; its worker or the coordination says so."""
        self._set_done(local_today(self.env))

    def action_undo(self):
        """Take back that the decision was carried out."""
        self._set_done(False)

    def _set_done(self, day):
        self.check_access("read")
        theirs = self.filtered(lambda decision: decision.user_id != self.env.user)
        if theirs and not self._by_coordination():
            raise UserError(
                self.env._(
                    "Whoever carries out a decision says that it is done, or the coordination."
                )
            )
        if theirs:
            theirs.check_access("write")
        # sudo: integration.meeting.decision - one day, by the worker who carries it out, or by
        # whoever writes it anyway, as was asked above
        self.sudo()._as_system().date_done = day
