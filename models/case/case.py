from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_today

# Nobody knows a longer pause in advance: then the case is closed, and reopened one day.
LONGEST_PAUSE = 366


class IntegrationCase(models.Model):
    """One episode of accompanying a client, from the door to the end."""

    _name = "integration.case"
    _inherit = ["integration.in.file", "integration.secured", "mail.thread", "mail.activity.mixin"]
    _description = "Case"
    _own_key = "case_id"
    _rec_names_search = ["file_number", "client_id.complete_name"]
    _check_company_auto = True
    _system_fields = frozenset(
        {
            "state",
            "episode",
            "date_opened",
            "date_end",
            "closure_reason_id",
            "previous_case_id",
            "reopening_reason",
            "pause_reason",
            "date_paused",
            "pause_until",
        }
    )
    _fixed_fields = frozenset({"client_id"})
    _days_ahead = {"pause_until": LONGEST_PAUSE}

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
        string="Reopening Reason (Stored)",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    reopening_note = fields.Char(
        string="Reopening Reason",
        compute="_compute_reopening_note",
        help="For anyone who has a current access entry.",
    )
    color = fields.Integer()
    pause_reason = fields.Selection(
        [("away", "Away for a while"), ("wish", "Wish of the client"), ("other", "Other")],
        readonly=True,
        copy=False,
        help="Without personal words: the team lead sees it too.",
    )
    date_paused = fields.Date(string="Paused Since", readonly=True, copy=False)
    pause_until = fields.Date(
        readonly=True,
        copy=False,
        help="On this day the case is open again and the rhythm of its phase begins anew.",
    )
    # People
    member_ids = fields.One2many(
        "integration.client", "family_case_id", string="Family Members in this Case"
    )
    household_id = fields.Many2one(
        related="client_id.household_id", store=True, index="btree_not_null"
    )
    assignment_ids = fields.One2many(
        "integration.case.assignment", "case_id", string="Responsible Workers"
    )

    _one_open = models.UniqueIndex(
        "(client_id) WHERE state <> 'closed'", "The client has an open case already."
    )
    _dates = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "A case cannot end before it starts."
    )

    @api.model
    def _default_stage_id(self):
        stages = self.env["integration.case.stage"]
        return stages.search([("is_intake", "=", True)], limit=1) or stages.search([], limit=1)

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("company_id", "municipality_id", "date_start")
    def _compute_mandate_id(self):
        Mandate = self.env["integration.mandate"]
        for case in self:
            case.mandate_id = (
                case.date_start
                and case.municipality_id
                and Mandate._find(case.company_id, case.municipality_id, case.date_start)
                or False
            )

    @api.depends("reopening_reason", "episode")
    @api.depends_context("uid")
    def _compute_reopening_note(self):
        for case in self:
            again = case.episode > 1 and case.in_my_files
            # sudo: integration.case - the words, for anyone who may read the file
            case.reopening_note = again and case.sudo().reopening_reason

    @api.depends("file_number", "episode", "client_id")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        for case in self:
            name = case.client_id.display_name or self.env._("New case")
            case.display_name = f"{name} / {case.episode}" if case.episode > 1 else name

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Show every phase as a column, empty ones too unless a view does not ask for them."""
        if self.env.context.get("integration_filled_columns"):
            return stages
        return stages.search_fetch([("active", "=", True)])

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
                        date=format_date(self.env, case.date_start),
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
                        end=format_date(self.env, case.date_end),
                        start=format_date(self.env, case.date_start),
                    )
                )
            if case.date_start > today or (case.date_end and case.date_end > today):
                raise ValidationError(
                    self.env._(
                        "File %s: start and end of a case cannot lie in the future.",
                        case.file_number,
                    )
                )

    @api.constrains("date_start", "previous_case_id")
    def _check_follows_last_episode(self):
        for case in self:
            # sudo: integration.case - a day of the same file
            last = case.previous_case_id.sudo().date_end
            if last and case.date_start < last:
                case._refuse_start_before(last)

    @api.constrains("user_id")
    def _check_user(self):
        for case in self:
            worker = case.user_id
            is_worker = worker.has_group("integration_management.group_caseworker")
            if not (worker.active and is_worker):
                raise ValidationError(
                    self.env._(
                        "File %(number)s: %(user)s is no case worker and cannot be responsible.",
                        number=case.file_number,
                        user=worker.name,
                    )
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        # Written out: whose case it is must not depend on where it was entered.
        vals_list = [{**self.default_get(["client_id"]), **vals} for vals in vals_list]
        clients = [vals.get("client_id") for vals in vals_list]
        self._check_none_open(clients)
        if not self._is_system():
            self._check_none_closed(clients)
        return vals_list

    def _created(self):
        super()._created()
        for case in self:
            case._open()

    def _before_write(self, change):
        super()._before_write(change)
        if "user_id" in change.names:
            user = self.env["res.users"].browse(change.vals["user_id"])
            reassigned = self.filtered(lambda case: case.user_id != user)
            reassigned._before_reassigned(user)
            change.before["reassigned"] = reassigned
        if "municipality_id" in change.names:
            change.before["places"] = {case: case.municipality_id for case in self}

    def _after_write(self, change):
        super()._after_write(change)
        reassigned = change.before.get("reassigned")
        if reassigned:
            reassigned._hand_to(self.env["res.users"].browse(change.vals["user_id"]))
        if "date_start" in change.names:
            self._correct_first_day()
        self._record_moves(change.before.get("places", {}))

    # Nothing of a case is tracked: messages stay readable after the file is lost.
    def _for_create(self):
        return super()._for_create().with_context(tracking_disable=True)

    def _for_write(self):
        return super()._for_write().with_context(tracking_disable=True)

    def copy_data(self, default=None):
        raise UserError(self.env._("A case cannot be duplicated. Reopen it instead."))
