from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import local_today

# What may still change once a plan is agreed; the goals guard themselves.
AGREED_FIELDS = {"date_next_review", "line_ids", "review_ids"}


class IntegrationPlan(models.Model):
    """What client and case worker agreed on: goals and who does what by when.

    An agreed plan is never edited (both hold a signed copy of it): a change makes a new
    version of the same chain. The chain is what the official figures count.
    Source: county standard 3.2.2.
    """

    _name = "integration.plan"
    _description = "Integration Plan"
    _inherit = ["integration.in.file", "integration.secured"]
    _order = "case_id desc, id desc"
    _rec_names_search = ["case_id.file_number"]
    _check_company_auto = True
    _needs_file_consent = True
    _system_fields = frozenset(
        {"state", "version", "origin_id", "date_agreed", "date_ended", "user_id"}
    )
    _fixed_fields = frozenset({"case_id"})

    # Whose plan
    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        string="Employer", related="case_id.company_id", store=True, precompute=True, index=True
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        compute="_compute_municipality_id",
        store=True,
        precompute=True,
        index=True,
    )
    client_id = fields.Many2one(
        related="case_id.client_id", store=True, precompute=True, index=True
    )
    household_id = fields.Many2one(related="case_id.household_id")
    client_ids = fields.Many2many(
        "integration.client",
        "integration_plan_client_rel",
        "plan_id",
        "client_id",
        string="Further Family Members",
        check_company=True,
        domain="[('id', '!=', client_id), '|', ('family_case_id', '=', case_id),"
        " '&', ('household_id', '!=', False), ('household_id', '=', household_id)]",
        help="Members of the household who plan together with the client.",
        context={"active_test": False},
    )
    user_id = fields.Many2one(
        "res.users",
        string="Agreed by",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        check_company=True,
        default=lambda self: self.env.user,
        help="The case worker who agreed the plan; the official figures count it there.",
    )
    # Chain of versions
    version = fields.Integer(required=True, readonly=True, copy=False, default=1)
    origin_id = fields.Many2one(
        "integration.plan",
        string="First Version",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The first version of this plan; a first version points to itself.",
    )
    # Agreement
    state = fields.Selection(
        [("draft", "Draft"), ("agreed", "Agreed"), ("ended", "Ended")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    date_agreed = fields.Date(string="Agreed on", readonly=True, copy=False)
    date_ended = fields.Date(
        string="Ended on",
        readonly=True,
        copy=False,
        help="First day on which this version no longer holds.",
    )
    date_next_review = fields.Date(string="Next Review", copy=False)
    # Content
    line_ids = fields.One2many("integration.plan.line", "plan_id", string="Goals")
    step_ids = fields.One2many("integration.plan.step", "plan_id", string="Steps", readonly=True)
    review_ids = fields.One2many("integration.plan.review", "plan_id", string="Reviews")

    _origin_version_uniq = models.UniqueIndex(
        "(origin_id, version)", "This version of the plan exists already."
    )
    _one_draft = models.UniqueIndex(
        "(case_id) WHERE state = 'draft'", "A case has one draft of a plan at most."
    )
    _one_agreed = models.UniqueIndex(
        "(case_id) WHERE state = 'agreed'", "A case has one agreed plan at most."
    )
    _agreed_has_dates = models.Constraint(
        "CHECK(state != 'agreed' OR (date_agreed IS NOT NULL AND date_next_review IS NOT NULL))",
        "An agreed plan has the day of the agreement and of the next review.",
    )
    # Figures look for these dates alone: a draft must never be taken for an agreement.
    _draft_has_no_dates = models.Constraint(
        "CHECK(state != 'draft' OR (date_agreed IS NULL AND date_ended IS NULL))",
        "A draft is neither agreed nor ended.",
    )
    _ended_has_date = models.Constraint(
        "CHECK((state = 'ended') = (date_ended IS NOT NULL))",
        "An ended plan has the day of its end.",
    )
    _end_after_agreed = models.Constraint(
        "CHECK(date_ended >= date_agreed)", "A plan cannot end before it was agreed."
    )
    _company_agreed_idx = models.Index("(company_id, date_agreed) WHERE date_agreed IS NOT NULL")

    @api.depends("case_id")
    def _compute_municipality_id(self):
        # Not on case_id.municipality_id: a later move must not change past figures.
        for plan in self:
            plan.municipality_id = plan.case_id.municipality_id

    @api.depends("case_id.file_number", "version")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = self.env._(
                "%(file_number)s – Plan v%(version)s",
                file_number=plan.case_id.file_number or self.env._("New"),
                version=plan.version,
            )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("date_agreed", "date_next_review")
    def _check_dates(self):
        today = local_today(self.env)
        for plan in self.filtered("date_agreed"):
            if plan.date_agreed > today:
                raise ValidationError(
                    self.env._("%s: a plan cannot be agreed in the future.", plan.display_name)
                )
            if plan.date_agreed < plan._first_possible_day():
                raise ValidationError(
                    self.env._(
                        "%s: the agreement lies before the start of the case or the consent.",
                        plan.display_name,
                    )
                )
            if plan.date_next_review and plan.date_next_review <= plan.date_agreed:
                raise ValidationError(
                    self.env._("%s: the next review follows the agreement.", plan.display_name)
                )

    @api.constrains("client_ids")
    def _check_client_ids(self):
        for plan in self:
            strangers = plan.client_ids - plan._family(plan.client_ids)
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(plan)s: %(numbers)s is not a further member of the client's household.",
                        plan=plan.display_name,
                        numbers=", ".join(strangers.mapped("file_number")),
                    )
                )

        self._check_persons_of_steps()

    def _check_persons_of_steps(self):
        """Refuse steps of somebody who does not take part: alone or with others."""
        for plan in self:
            strangers = plan.step_ids.person_ids - plan.client_id - plan.client_ids
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(plan)s: %(numbers)s takes no part in the plan but has a step in it. "
                        "Name somebody else for the step, or add the person to the plan.",
                        plan=plan.display_name,
                        numbers=", ".join(strangers.mapped("file_number")),
                    )
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        self._check_one_chain(vals_list)
        return vals_list

    def _created(self):
        super()._created()
        # Not while somebody else closes the case
        self.case_id._take_turns()
        for plan in self:
            if plan.case_id.state == "closed":
                raise UserError(
                    self.env._("%s is closed: it gets no new plan.", plan.case_id.file_number)
                )
            if not plan.origin_id:
                plan._as_system().write({"origin_id": plan.id})

    def _locked_fields(self):
        """Lock an agreed plan: client and worker hold it on paper; the goals guard themselves."""
        if self.state == "draft":
            return frozenset()
        names = frozenset(self._fields)
        return names - AGREED_FIELDS if self.state == "agreed" else names

    def _locked_message(self, names):
        return self.env._(
            "%s was agreed and is no longer edited. Make a new version.", self.display_name
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        for plan in self:
            if plan.state != "draft":
                raise UserError(
                    self.env._("%s was agreed and stays in the file.", plan.display_name)
                )

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _agreed_version(self):
        """Return the version of this chain that is in force."""
        self.ensure_one()
        return self.search([("origin_id", "=", self.origin_id.id), ("state", "=", "agreed")])

    def _family(self, clients):
        """Return those of ``clients`` who may plan together with the client of the case."""
        self.ensure_one()
        # sudo: integration.client - compares households only; a member's file may be elsewhere
        plan, others = self.sudo(), clients.sudo()
        family = others.filtered(
            lambda client: (
                client.family_case_id == plan.case_id
                or (client.household_id and client.household_id == plan.household_id)
            )
        )
        return family.with_env(self.env) - self.client_id

    def _first_possible_day(self):
        """Return the first day of the case with consent: there is no plan before it."""
        self.ensure_one()
        case = self.case_id
        return max(day for day in (case.date_start, case.date_opened) if day)

    def _check_one_chain(self, vals_list):
        """Refuse a second plan in a case before the database does, and in clear words."""
        by_case = {vals.get("case_id"): vals.get("origin_id") or False for vals in vals_list}
        running = self.search([("case_id", "in", list(by_case)), ("state", "!=", "ended")])
        for plan in running:
            if plan.state == "draft" or plan.origin_id.id != by_case[plan.case_id.id]:
                raise ValidationError(
                    self.env._(
                        "%s has a plan already. Continue it with a new version.",
                        plan.case_id.file_number,
                    )
                )
