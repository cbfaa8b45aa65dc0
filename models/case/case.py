from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import local_today

# The client does not want a file: no contact is due, and nothing is written any more.
DECLINED = ("refused", "withdrawn")
# Set by the wizards through _set_internal() alone. A plain object cannot come in by RPC.
INTERNAL = object()
INTERNAL_FIELDS = {
    "state",
    "date_opened",
    "date_end",
    "closure_reason_id",
    "previous_case_id",
    "client_id",
    "pause_reason",
    "date_paused",
    "pause_until",
}


class IntegrationCase(models.Model):
    """One episode of accompanying a client, from the door to the end."""

    _name = "integration.case"
    _inherit = [
        "integration.filed",
        "integration.secured",
        "integration.logged",
        "integration.quiet.thread",
    ]
    _description = "Case"
    _order = "next_contact_date, id desc"
    _rec_names_search = ["file_number", "client_id.complete_name"]
    _check_company_auto = True

    client_id = fields.Many2one(
        "integration.client", required=True, index=True, ondelete="restrict", check_company=True
    )
    file_number = fields.Char(
        related="client_id.file_number", store=True, precompute=True, index="trigram"
    )
    episode = fields.Integer(default=1, readonly=True, copy=False)
    company_id = fields.Many2one(
        related="client_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    # Organisation
    municipality_id = fields.Many2one(
        "integration.municipality", required=True, index=True, ondelete="restrict"
    )
    mandate_id = fields.Many2one(
        "integration.mandate",
        compute="_compute_mandate_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user,
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("integration_management.group_caseworker").ids)
        ],
    )
    # Course
    stage_id = fields.Many2one(
        "integration.case.stage",
        string="Phase",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        group_expand="_read_group_stage_ids",
        default=lambda self: self._default_stage_id(),
    )
    state = fields.Selection(
        [("open", "Open"), ("paused", "Paused"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    date_start = fields.Date(
        string="Start", required=True, default=lambda self: local_today(self.env)
    )
    date_opened = fields.Date(
        string="Counted From",
        readonly=True,
        copy=False,
        help="First day with consent; from then on the case is counted.",
    )
    date_end = fields.Date(string="End", readonly=True, copy=False)
    closure_reason_id = fields.Many2one(
        "integration.closure.reason",
        readonly=True,
        copy=False,
        ondelete="restrict",
        check_company=True,
    )
    previous_case_id = fields.Many2one(
        "integration.case", readonly=True, copy=False, check_company=True, index="btree_not_null"
    )
    # Words of a file: a lead reads the case without them.
    reopening_reason = fields.Char(
        string="Reopening Reason (Stored)", readonly=True, copy=False,
        groups=fields.NO_ACCESS, export_string_translation=False,
    )
    reopening_note = fields.Char(
        string="Reopening Reason", compute="_compute_reopening_note",
        help="For whoever has a current access entry.",
    )
    color = fields.Integer()
    # People
    member_ids = fields.One2many(
        "integration.client", "family_case_id", string="Family Members in this Case"
    )
    household_id = fields.Many2one(
        related="client_id.household_id", store=True, index="btree_not_null"
    )
    consent_state = fields.Selection(related="client_id.consent_state", store=True)
    # Content
    access_ids = fields.One2many("integration.case.access", "case_id")
    assignment_ids = fields.One2many(
        "integration.case.assignment", "case_id", string="Responsible Workers"
    )
    contact_ids = fields.One2many("integration.contact", "case_id", string="Contacts")
    presence_ids = fields.One2many("integration.contact.person", "case_id", string="Presences")
    note_ids = fields.One2many("integration.note", "case_id", string="Notes")
    plan_ids = fields.One2many("integration.plan", "case_id", string="Plans")
    # Silence and plan, stored for kanban, filters and groupings
    last_talk_date = fields.Date(string="Last Talk", compute="_compute_last_talk_date", store=True)
    next_contact_date = fields.Date(
        string="Contact Due",
        compute="_compute_next_contact_date",
        store=True,
        help="Last talk (or start) plus the rhythm of the phase (county standard 3.3); empty "
        "while the case is paused or the client has refused or withdrawn the consent.",
    )
    silence_state = fields.Selection(
        [("on_time", "On time"), ("due", "Due"), ("silent", "Silent"), ("paused", "Paused")],
        string="Silence",
        compute="_compute_silence_state",
        store=True,
    )
    has_plan = fields.Boolean(compute="_compute_plan", store=True)
    date_next_review = fields.Date(string="Plan Review", compute="_compute_plan", store=True)

    _one_open = models.UniqueIndex(
        "(client_id) WHERE state <> 'closed'", "The client has an open case already."
    )
    _dates = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "A case cannot end before it starts."
    )
    # The worker's kanban: her open cases by phase, the most urgent first.
    _user_state_idx = models.Index("(user_id, state, stage_id, next_contact_date)")
    _company_state_idx = models.Index("(company_id, state, next_contact_date)")

    @api.model
    def _default_stage_id(self):
        return self.env["integration.case.stage"].search([], limit=1)

    @api.model
    def _in_my_files_domain(self):
        return Domain("id", "in", self.env["integration.case.access"]._readable("case_id"))

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("company_id", "municipality_id", "date_start")
    def _compute_mandate_id(self):
        Mandate = self.env["integration.mandate"]
        for case in self:
            case.mandate_id = case.date_start and case.municipality_id and Mandate._find(
                case.company_id, case.municipality_id, case.date_start
            ) or False

    @api.depends("presence_ids.date", "presence_ids.is_talk")
    def _compute_last_talk_date(self):
        dates = dict(
            self.env["integration.contact.person"]._read_group(
                [("case_id", "in", self.ids), ("is_talk", "=", True)], ["case_id"], ["date:max"]
            )
        )
        for case in self:
            case.last_talk_date = dates.get(case._origin)

    @api.depends(
        "last_talk_date", "date_start", "stage_id.rhythm_days", "state", "consent_state",
        "pause_until",
    )
    def _compute_next_contact_date(self):
        for case in self:
            # Whoever said no is not sought out again: counselling is voluntary (3.1).
            declined = case.consent_state in DECLINED
            if case.state != "open" or declined or not case.date_start:
                case.next_contact_date = False
            else:
                begun = [case.last_talk_date, case.date_start, case.pause_until]
                since = max(day for day in begun if day)
                case.next_contact_date = since + timedelta(days=case.stage_id.rhythm_days)

    @api.depends("next_contact_date", "state")
    def _compute_silence_state(self):
        today = local_today(self.env)
        for case in self:
            due = case.next_contact_date
            if case.state != "open" or not due:
                case.silence_state = "paused" if case.state == "paused" else False
            elif due >= today:
                case.silence_state = "on_time"
            elif today <= due + timedelta(days=case.stage_id.rhythm_days):
                case.silence_state = "due"
            else:
                case.silence_state = "silent"

    @api.depends("reopening_reason")
    @api.depends_context("uid")
    def _compute_reopening_note(self):
        for case in self:
            # sudo: integration.case - the words, for whoever may read the file
            case.reopening_note = case.in_my_files and case.sudo().reopening_reason

    @api.depends("plan_ids.state", "plan_ids.date_next_review")
    def _compute_plan(self):
        for case in self:
            agreed = case.plan_ids.filtered(lambda plan: plan.state == "agreed")[:1]
            case.has_plan = bool(agreed)
            case.date_next_review = agreed.date_next_review

    @api.depends("file_number", "episode", "client_id")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        for case in self:
            name = case.client_id.display_name or self.env._("New case")
            case.display_name = f"{name} / {case.episode}" if case.episode > 1 else name

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Show every phase as a column, empty ones too."""
        return stages.search([("active", "=", True)])

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("mandate_id", "municipality_id", "date_start")
    def _check_mandate(self):
        for case in self:
            if not case.mandate_id:
                raise ValidationError(
                    self.env._(
                        "File %(number)s: %(employer)s has no mandate for %(municipality)s on "
                        "%(date)s. "
                        "Choose another municipality or start, or have the mandate entered.",
                        number=case.file_number,
                        employer=case.company_id.name,
                        municipality=case.municipality_id.name,
                        date=case.date_start,
                    )
                )

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        today = local_today(self.env)
        for case in self:
            if case.date_end and case.date_end < case.date_start:
                raise ValidationError(
                    self.env._(
                        "File %(number)s: the end (%(end)s) lies before the start (%(start)s).",
                        number=case.file_number,
                        end=case.date_end,
                        start=case.date_start,
                    )
                )
            if case.date_start > today or (case.date_end and case.date_end > today):
                raise ValidationError(
                    self.env._(
                        "File %s: start and end of a case cannot lie in the future.",
                        case.file_number,
                    )
                )

    @api.constrains("user_id")
    def _check_user(self):
        for case in self.filtered(lambda c: c.state != "closed"):
            worker = case.user_id
            if not worker.has_group("integration_management.group_caseworker"):
                raise ValidationError(
                    self.env._(
                        "File %(number)s: %(user)s is no case worker and cannot be responsible.",
                        number=case.file_number,
                        user=worker.name,
                    )
                )

    # ------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------

    @api.model
    def _never_default_fields(self):
        return super()._never_default_fields() | (INTERNAL_FIELDS - {"client_id"})

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_internal(vals.keys() - {"client_id"})
        # First, for the next check speaks of clients the user may not know.
        self._check_references(vals_list)
        client_ids = [vals.get("client_id") for vals in vals_list]
        self._check_none_open(client_ids)
        clients = self.env["integration.client"].browse(client_ids)
        self.env["integration.case.access"]._check_may_take_over(clients)
        cases = super().create(vals_list)
        for case in cases:
            case._check_stage_gate({"stage_id": case.stage_id.id})
        cases._ensure_opened_for()
        cases._open_access()
        return cases

    def write(self, vals):
        self._refuse_internal(vals)
        self._check_only_reassigned(vals)
        self._check_stage_gate(vals)
        reassigned = self.filtered(lambda c: "user_id" in vals and c.user_id.id != vals["user_id"])
        if reassigned:
            reassigned._check_may_reassign()
            user = self.env["res.users"].browse(vals["user_id"])
            reassigned._ensure_transfer(user)
            reassigned._tell_opened(user)
        places = {case: case.municipality_id for case in self if "municipality_id" in vals}
        result = super().write(vals)
        if reassigned:
            reassigned._hand_to(user)
        self._record_moves(places)
        return result

    def copy_data(self, default=None):
        raise UserError(self.env._("A case cannot be duplicated. Reopen it instead."))
