from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today

# When the worker asks how it went, unless another day is entered
FEEDBACK_DAYS = 28
# The referral is under way; of two to the same body one is enough
UNDER_WAY = ("made", "accepted")


class IntegrationReferral(models.Model):
    """A client is shown the way to a body or person: with data about her, or without.

    Without data it is advice. With data it is a disclosure: the register gets its entry in the
    same save, by the register's own rules (§ 203 StGB; county standard 2.2).
    """

    _name = "integration.referral"
    _inherit = [
        "integration.passes.on",
        "integration.in.file",
        "integration.secured",
        "integration.logged",
    ]
    _description = "Referral"
    _order = "date desc, id desc"
    _check_company_auto = True
    _needs_file_consent = True
    _content_fields = frozenset({"result"})
    _system_fields = frozenset({"disclosure_id", "user_id", "date_told"})
    # What was advised stays; it answers a guard rail of the standard.
    _fixed_fields = frozenset(
        {
            "case_id", "client_id", "contact_id", "step_id", "topic_id",
            "date", "service_id", "recipient_kind", "recipient_name",
        }
    )  # fmt: skip

    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    family_ids = fields.Many2many("integration.client", compute="_compute_family_ids")
    client_id = fields.Many2one(
        default=lambda self: self._default_client_id(), domain="[('id', 'in', family_ids)]"
    )
    contact_id = fields.Many2one(
        "integration.contact",
        string="Talk",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    step_id = fields.Many2one(
        "integration.plan.step", index="btree_not_null", ondelete="set null", check_company=True
    )
    topic_id = fields.Many2one(
        "integration.topic", index="btree_not_null", ondelete="restrict", check_company=True
    )
    possible_service_ids = fields.Many2many(
        "integration.service", compute="_compute_possible_service_ids"
    )
    all_services = fields.Boolean(
        string="Whole Directory",
        store=False,
        help="Also what serves other municipalities or life areas.",
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    user_id = fields.Many2one(
        "res.users",
        string="Referred By",
        required=True,
        readonly=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    # With or without data
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
    # What became of it
    state = fields.Selection(
        [
            ("made", "Made"),
            ("accepted", "Accepted"),
            ("done", "Done"),
            ("not_taken_up", "Not taken up"),
            ("refused", "Refused by the body"),
        ],
        required=True,
        copy=False,
        default="made",
        index=True,
    )
    feedback_from = fields.Selection(
        [
            ("client", "The client"),
            ("body", "The body"),
            ("worker", "The case worker asks"),
            ("nobody", "No feedback agreed"),
        ],
        string="Who Tells Back",
        required=True,
        default="client",
    )
    date_feedback = fields.Date(
        string="Feedback by",
        copy=False,
        compute="_compute_date_feedback",
        store=True,
        precompute=True,
        readonly=False,
    )
    date_told = fields.Date(string="Told Back on", readonly=True, copy=False)
    result = fields.Text(copy=False, help="What came of it, in a few words.")

    _one_under_way = models.UniqueIndex(
        "(case_id, client_id, lower(recipient_name)) WHERE state IN ('made', 'accepted')",
        "A referral to this body is under way already. Open it instead of making a second one.",
    )
    _company_feedback_idx = models.Index(
        "(company_id, date_feedback) WHERE state IN ('made', 'accepted')"
    )

    @api.model
    def _default_client_id(self):
        return self.env["integration.case"]._begun_at("case_id").client_id

    @api.depends("case_id")
    def _compute_family_ids(self):
        for referral in self:
            case = referral.case_id
            referral.family_ids = case.client_id | case.member_ids

    @api.depends("case_id", "topic_id", "contact_id", "all_services")
    def _compute_possible_service_ids(self):
        directory = self.env["integration.service"]
        for referral in self:
            if referral.all_services:
                domain = [("kind", "!=", "category")]
            else:
                topics = referral.topic_id or referral.contact_id.topic_ids
                domain = directory._domain_for(referral.case_id._origin, topics._origin)
            referral.possible_service_ids = directory.search(domain)

    @api.depends("date", "feedback_from")
    def _compute_date_feedback(self):
        for referral in self:
            if referral.feedback_from == "nobody":
                referral.date_feedback = False
            elif not referral.date_feedback and referral.date:
                referral.date_feedback = referral.date + timedelta(days=FEEDBACK_DAYS)

    @api.depends("client_id.file_number", "date")
    def _compute_display_name(self):
        # Never the body: that somebody goes to a doctor or a debt counsellor says enough.
        for referral in self:
            # sudo: integration.client - the neutral number
            number = referral.client_id.sudo().file_number
            referral.display_name = (
                self.env._(
                    "%(number)s: referral of %(day)s",
                    number=number,
                    day=format_date(self.env, referral.date),
                )
                if number
                else self.env._("New referral")
            )

    @api.model
    def _directory_vals(self, service):
        if service.kind == "category":
            raise ValidationError(
                self.env._(
                    "“%s” is a category. Choose the body or person the client is to go to.",
                    service.name,
                )
            )
        return super()._directory_vals(service)

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("date", "date_feedback", "case_id")
    def _check_dates(self):
        today = local_today(self.env)
        for referral in self:
            case = referral.case_id
            if referral.date > today:
                referral._refuse_date(self.env._("a referral cannot be dated in the future."))
            if referral.date < case.date_start or (case.date_end and referral.date > case.date_end):
                referral._refuse_date(self.env._("the referral lies outside the time of the case."))
            if referral.date_feedback and referral.date_feedback < referral.date:
                referral._refuse_date(
                    self.env._("the day of the feedback lies before the referral; choose a later.")
                )

    def _refuse_date(self, text):
        raise ValidationError(self._about_file(text))

    @api.constrains("client_id", "case_id")
    def _check_client(self):
        for referral in self:
            # sudo: integration.case - whose case it is; the reader of it may lack a relative's file
            case = referral.case_id.sudo()
            if referral.client_id not in case.client_id | case.member_ids:
                raise ValidationError(
                    referral._about_file(
                        self.env._("the person does not belong to this case. Use her own.")
                    )
                )

    @api.constrains("contact_id", "step_id", "case_id")
    def _check_origin(self):
        for referral in self:
            origin_cases = referral.contact_id.case_id | referral.step_id.case_id
            if origin_cases - referral.case_id:
                raise ValidationError(
                    referral._about_file(
                        self.env._("talk and step must belong to the case of the referral.")
                    )
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = [self._with_origin(self._with_recipient(vals)) for vals in vals_list]
        return super()._prepare_create(vals_list)

    @api.model
    def _with_origin(self, vals):
        """Complete ``vals`` by what talk or step say: case, client and topic."""
        given = {**self.default_get(["contact_id", "step_id", "case_id", "client_id"]), **vals}
        contact = self.env["integration.contact"].browse(given.get("contact_id") or [])
        step = self.env["integration.plan.step"].browse(given.get("step_id") or [])
        case = self.env["integration.case"].browse(given.get("case_id") or [])
        case = case or contact.case_id or step.case_id
        if not case:
            raise UserError(
                self.env._("A referral belongs to a case: choose it. Nobody else is recorded.")
            )
        vals = dict(vals, user_id=self.env.uid, case_id=case.id)
        if not given.get("client_id"):
            vals["client_id"] = case.client_id.id
        if "topic_id" not in vals and step.topic_id:
            vals["topic_id"] = step.topic_id.id
        if "topic_id" not in vals and len(contact.topic_ids) == 1:
            vals["topic_id"] = contact.topic_ids.id
        if vals.get("recipient_name") and vals.get("state", "made") in UNDER_WAY:
            client_id = vals.get("client_id") or given.get("client_id")
            self._refuse_second(case.id, client_id, vals["recipient_name"])
        return vals

    def _created(self):
        super()._created()
        for referral in self:
            if referral.case_id.state == "closed":
                raise UserError(
                    referral._about_file(
                        self.env._("the case is closed: nobody is referred from it any more.")
                    )
                )

    def _before_write(self, change):
        super()._before_write(change)
        if change.vals.get("state") in UNDER_WAY:
            for referral in self.filtered(lambda r: r.state not in UNDER_WAY):
                self._refuse_second(
                    referral.case_id.id, referral.client_id.id, referral.recipient_name
                )

    @api.model
    def _refuse_second(self, case_id, client_id, name):
        """Refuse a second referral to the same body while one is under way.

        Two people at once meet the unique index; before it, this speaks with the file number.
        """
        twin = self.search(
            self._named(name)
            & Domain("case_id", "=", case_id)
            & Domain("client_id", "=", client_id)
            & Domain("state", "in", UNDER_WAY),
            limit=1,
        )
        if twin:
            raise UserError(
                twin._about_file(
                    self.env._(
                        "a referral to this body is under way since %s. Open it instead of making "
                        "a second one.",
                        format_date(self.env, twin.date),
                    )
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_referral(self):
        raise UserError(self.env._("A referral stays in the file. Say what became of it instead."))
