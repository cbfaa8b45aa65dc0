from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import entry_day, local_today

# When somebody asks whether it still goes on, where no end was agreed
CHECK_MONTHS = 6
# What becomes an entry of the register, and stands there from then on
PASSED_ON = frozenset({"basis", "kind_ids", "release_id", "special_agreed", "reason"})
GOING_ON = ("wanted", "running")


class IntegrationVolunteerMatch(models.Model):
    """A client looks for a volunteer or a club, and one of the directory is found for her.

    Clients are linked to volunteers and clubs (county standard 3.2.2). The volunteer is an entry of
    the directory: she is no user, sees nothing here, and hears of the client what the register says
    (§ 203 StGB holds towards volunteers). Without data it is advice: the client goes there herself.
    """

    _name = "integration.volunteer.match"
    _inherit = [
        "integration.passes.on",
        "integration.in.file",
        "integration.secured",
        "integration.logged",
    ]
    _description = "Volunteer Match"
    _order = "date_need desc, id desc"
    _check_company_auto = True
    _needs_file_consent = True
    _content_fields = frozenset({"need", "feedback"})
    _system_fields = frozenset({"disclosure_id", "user_id", "state", "end_reason"})
    _fixed_fields = frozenset({"case_id", "client_id"})
    # What a withdrawal brings about: it ends
    _ending_fields = frozenset({"state", "date_end", "date_check", "end_reason"})

    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    family_ids = fields.Many2many("integration.client", compute="_compute_family_ids")
    client_id = fields.Many2one(
        compute="_compute_client_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', family_ids)]",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Entered By",
        required=True,
        readonly=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    # What is wanted
    purpose = fields.Selection(
        [
            ("language", "Practising German"),
            ("everyday", "Finding the way in everyday life"),
            ("school", "Help with school and training"),
            ("leisure", "Club, sports, leisure"),
            ("family", "Support for the family"),
            ("other", "Something else"),
        ],
        required=True,
        default="language",
    )
    need = fields.Text(string="What Is Wanted", help="In the words of the client.")
    date_need = fields.Date(
        string="Asked For on", required=True, default=lambda self: local_today(self.env)
    )
    # Who was found; nobody yet, as long as it is empty
    recipient_name = fields.Char(string="Volunteer or Club", required=False)
    service_id = fields.Many2one(
        domain=[("kind", "!=", "category")],
        help="Volunteers and clubs are entries of the directory; they have no access to anything.",
    )
    basis = fields.Selection(
        [
            ("advice", "Nothing: advice alone"),
            ("present", "Client was present"),
            ("release", "Release from confidentiality"),
            ("duty", "Legal duty"),
            ("emergency", "Emergency"),
        ],
        string="Data Passed On",
        required=True,
        default="advice",
        help="What is passed on about the client enters the register of disclosures.",
    )
    date_start = fields.Date(string="Together Since", copy=False)
    date_end = fields.Date(
        string="Until", copy=False, help="Last day. Empty: as long as it goes on."
    )
    date_check = fields.Date(
        string="Ask Again on",
        compute="_compute_date_check",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        help="Where no end was agreed, somebody asks whether it still goes on.",
    )
    feedback = fields.Text(copy=False, help="How it goes, by the client and by the volunteer.")
    state = fields.Selection(
        [
            ("wanted", "Wanted"),
            ("running", "Running"),
            ("ended", "Ended"),
            ("dropped", "Not Found"),
        ],
        default="wanted",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    end_reason = fields.Selection(
        [
            ("day", "On the day agreed"),
            ("hand", "Earlier"),
            ("case", "Case closed"),
            ("consent", "Consent withdrawn"),
        ],
        string="Ended How",
        readonly=True,
        copy=False,
    )

    _company_end_idx = models.Index("(company_id, date_end) WHERE state = 'running'")

    @api.depends("case_id")
    def _compute_family_ids(self):
        for match in self:
            match.family_ids = match.case_id.client_id | match.case_id.member_ids

    @api.depends("case_id")
    def _compute_client_id(self):
        for match in self:
            match.client_id = match.client_id or match.case_id.client_id

    @api.depends("date_start", "date_end")
    def _compute_date_check(self):
        for match in self:
            if match.date_end or not match.date_start:
                match.date_check = False
            elif not match.date_check:
                match.date_check = match.date_start + relativedelta(months=CHECK_MONTHS)

    @api.depends("client_id.file_number", "date_need")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # Never the club: a choir of a parish or a group for women says enough.
        for match in self:
            # sudo: integration.client - the neutral number
            number = match.client_id.sudo().file_number
            match.display_name = (
                self.env._(
                    "%(number)s: volunteer wanted on %(day)s",
                    number=number,
                    day=format_date(self.env, match.date_need),
                )
                if number
                else self.env._("New match")
            )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = [self._with_recipient(vals) for vals in vals_list]
        return super()._prepare_create(vals_list)

    @api.model
    def _directory_vals(self, service):
        if service.kind == "category":
            raise ValidationError(
                self.env._(
                    "“%s” is a category. Choose the volunteer or club the client is to meet.",
                    service.name,
                )
            )
        if not service.active:
            raise ValidationError(
                self.env._(
                    "“%s” is archived in the directory. Choose another entry, or take it up again.",
                    service.name,
                )
            )
        return super()._directory_vals(service)

    def _created(self):
        super()._created()
        for match in self:
            if match.case_id.state == "closed":
                match._refuse_values(
                    self.env._("the case is closed. Reopen it, if the work goes on.")
                )
        self._ensure_purposes()
        for match in self:
            match._begin(match.date_start)

    def _before_write(self, change):
        super()._before_write(change)
        service = self.env["integration.service"].browse(change.vals.get("service_id") or [])
        if service._filtered_access("read"):
            change.vals = {**self._directory_vals(service), **change.vals}
        started = self.filtered("date_start")
        if "date_start" in change.names and not change.vals["date_start"] and started:
            started[0]._refuse_values(
                self.env._("they have met already. End it, and enter a new wish.")
            )
        change.before["wanted"] = self.filtered(lambda match: match.state == "wanted")

    def _after_write(self, change):
        super()._after_write(change)
        if "service_id" in change.names:
            self._ensure_purposes()
        if "date_start" in change.names:
            for match in change.before["wanted"]:
                match._begin(entry_day(self.env))
        elif change.names & PASSED_ON:
            for match in self.filtered(lambda match: match.state == "running"):
                match._pass_on(entry_day(self.env), "referral")
        if "date_end" in change.names:
            self._end_if_over()

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state not in GOING_ON:
            locked |= frozenset(self._fields) - {"feedback"}
        if self.state != "wanted":
            # Whom she has met stays; somebody else is another match.
            locked |= {"service_id", "recipient_kind", "recipient_name", "date_need", "purpose"}
        return locked | PASSED_ON if self.disclosure_id else locked

    def _locked_message(self, names):
        if self.disclosure_id and names & PASSED_ON:
            return self._about_file(
                self.env._(
                    "what was passed on stands in the register. Correct it there by a further "
                    "entry."
                )
            )
        return self._about_file(
            self.env._("this match stays as it was. Enter a new wish for anything else.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_match(self):
        raise UserError(self.env._("A match stays in the file. Say what became of it instead."))

    # ------------------------------------------------------------
    # The gates
    # ------------------------------------------------------------

    def _gate_clients(self):
        """Ask the client of the case too: into a file that is closed nobody is written."""
        # sudo: integration.client - the gate also asks for whom the user may not read
        return self.client_id | self.case_id.sudo().client_id.with_env(self.env)

    def _ensure_purposes(self):
        """Refuse a body that is there for health alone, if the client did not agree to that."""
        for match in self:
            for purpose in match.service_id._purposes():
                match.client_id._ensure_purpose(purpose)

    def _begin(self, day):
        """Begin with the day on which they have met first, and enter what was passed on.

        :raises UserError: nobody was found, or no basis holds (§ 203 StGB)
        """
        self.ensure_one()
        if not self.date_start:
            return
        if not (self.recipient_name or "").strip():
            self._refuse_values(
                self.env._("say whom the client has met: an entry of the directory, or words.")
            )
        self._pass_on(day, "referral")
        self._as_system().state = "running"
        self._end_if_over()

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("client_id", "case_id")
    def _check_client(self):
        for match in self:
            # sudo: integration.case - whose case it is; the reader of it may lack a relative's file
            case = match.case_id.sudo()
            if match.client_id not in case.client_id | case.member_ids:
                match._refuse_values(
                    self.env._("the person does not belong to this case. Use her own.")
                )

    @api.constrains("date_need", "date_start", "date_end", "date_check")
    def _check_order_of_days(self):
        today = local_today(self.env)
        for match in self:
            start, end, check = match.date_start, match.date_end, match.date_check
            if match.date_need > today:
                match._refuse_values(self.env._("a wish cannot be dated in the future."))
            if start and start > today:
                match._refuse_values(
                    self.env._("they have not met yet. Enter the first meeting on that day.")
                )
            # One that ends is not held up by a first day that was corrected meanwhile.
            going_on = match.state in GOING_ON
            if start and going_on and start < match.case_id.date_start:
                match._refuse_values(self.env._("they met before the case began. Correct the day."))
            if end and not start:
                match._refuse_values(self.env._("it ends before anybody was met. Empty the end."))
            if end and end < start:
                match._refuse_values(
                    self.env._("it ends before it begins. Correct “Together Since” or “Until”.")
                )
            if start and not end and not check and match.state in GOING_ON:
                match._refuse_values(
                    self.env._("agree on an end, or on a day on which somebody asks again.")
                )
            if check and start and check < start:
                match._refuse_values(
                    self.env._("the day on which somebody asks lies before the beginning.")
                )

    def _refuse_values(self, text):
        raise ValidationError(self._about_file(text))

    @api.model
    def _to_be_asked(self):
        """Return the domain of the matches that somebody is to ask about today."""
        return Domain("state", "=", "running") & Domain("date_check", "<=", local_today(self.env))
