from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...tools import local_today

# A plan is looked at again twice a year unless both agree on something else.
REVIEW_AFTER = relativedelta(months=6)

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
    _inherit = ["integration.plan.guard", "integration.logged"]
    _order = "case_id desc, id desc"
    _rec_names_search = ["case_id.file_number"]
    _check_company_auto = True
    _flow_fields = frozenset(
        {"state", "version", "origin_id", "date_agreed", "date_ended", "user_id"}
    )
    _parent_fields = frozenset({"case_id"})

    # Whose plan
    case_id = fields.Many2one(
        "integration.case",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
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
    version_count = fields.Integer(compute="_compute_version_count", string="Versions")
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
    line_count = fields.Integer(compute="_compute_line_count", string="Number of Goals")
    line_reached_count = fields.Integer(compute="_compute_line_count", string="Goals Reached")

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

    @api.depends("origin_id")
    def _compute_version_count(self):
        counts = dict(
            self._read_group([("origin_id", "in", self.origin_id.ids)], ["origin_id"], ["__count"])
        )
        for plan in self:
            plan.version_count = counts.get(plan.origin_id, 1)

    @api.depends("line_ids.state")
    def _compute_line_count(self):
        for plan in self:
            plan.line_count = len(plan.line_ids)
            plan.line_reached_count = len(plan.line_ids.filtered(lambda g: g.state == "reached"))

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

    # ------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_one_chain(vals_list)
        plans = super().create(vals_list)
        for plan in plans:
            if plan.case_id.state == "closed":
                raise UserError(
                    self.env._("%s is closed: it gets no new plan.", plan.case_id.file_number)
                )
            if not plan.origin_id:
                plan._write_ungated({"origin_id": plan.id})
        return plans

    def write(self, vals):
        self._check_frozen(vals.keys())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        for plan in self:
            if plan.state != "draft":
                raise UserError(
                    self.env._("%s was agreed and stays in the file.", plan.display_name)
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_agree(self, date=None, date_next_review=None):
        """Agree the drafts in ``self``; the version in force before ends that day.

        :param date: day of the agreement, today by default
        :param date_next_review: six months later by default
        """
        self.check_access("write")
        date = fields.Date.to_date(date) or local_today(self.env)
        for plan in self:
            plan._check_can_agree(date)
            previous = plan._agreed_version()
            # Not gated: a family member who withdrew is why there is a new version.
            previous._write_ungated({"state": "ended", "date_ended": date})
            previous.flush_recordset()  # the unique index must see this row first
            plan._with_flow().write(
                {
                    "state": "agreed",
                    "date_agreed": date,
                    "date_next_review": date_next_review
                    or plan.date_next_review
                    or date + REVIEW_AFTER,
                    "municipality_id": plan.case_id.municipality_id.id,
                    # Imports and the demo name the worker themselves.
                    "user_id": plan.user_id.id if self.env.su else self.env.uid,
                }
            )
        return True

    def action_new_version(self):
        """Open the next version: a draft with the goals that are still worked on."""
        self.ensure_one()
        self.check_access("write")
        chain = self.search([("origin_id", "=", self.origin_id.id)], order="version desc")
        draft = chain.filtered(lambda p: p.state == "draft")
        if not draft:
            if self.state != "agreed":
                raise UserError(
                    self.env._("%s is not in force: start a new plan instead.", self.display_name)
                )
            draft = self._with_flow().create(self._prepare_version(chain[0].version + 1))
        return draft.with_env(self.env)._get_records_action()

    def action_review(self):
        """Open the dialog in which a review talk is recorded."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "integration_management.integration_plan_review_wizard_action"
        )
        return action | {"context": {"default_plan_id": self.id}}

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _end(self, date):
        """End the versions still running, because their case is closed on ``date``.

        Also without a valid consent: a withdrawal must never keep a case open.
        """
        running = self.filtered(lambda p: p.state != "ended")
        for plan in running:
            if plan.date_agreed and plan.date_agreed > date:
                raise UserError(self.env._("%s was agreed only after that day.", plan.display_name))
        running._write_ungated({"state": "ended", "date_ended": date})

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

    def _gate_clients(self):
        # sudo: integration.client - the gate also asks for members the user may not read
        return self.case_id.client_id | self.sudo().client_ids

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

    def _check_frozen(self, names):
        """Refuse a user's change of an agreed plan: client and worker hold it on paper."""
        if self._in_flow():
            return
        for plan in self:
            if plan.state == "ended" or (plan.state == "agreed" and names - AGREED_FIELDS):
                raise UserError(
                    self.env._(
                        "%s was agreed and is no longer edited. Make a new version.",
                        plan.display_name,
                    )
                )

    def _check_can_agree(self, date):
        """Refuse to agree what is no plan: nothing to reach, or due before it begins."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("%s is no draft.", self.display_name))
        if not self.line_ids:
            raise UserError(self.env._("%s has no goal yet.", self.display_name))
        previous = self._agreed_version()
        if previous and date < previous.date_agreed:
            raise UserError(
                self.env._(
                    "%(plan)s cannot be agreed before %(previous)s.",
                    plan=self.display_name,
                    previous=previous.display_name,
                )
            )
        days = self.line_ids.filtered(lambda g: g.state == "open").mapped("date_target")
        days += self.step_ids.filtered(lambda s: s.state == "open").mapped("date_due")
        if any(day and day < date for day in days):
            raise UserError(
                self.env._(
                    "%s: a goal or step is due before the agreement. Set new dates first.",
                    self.display_name,
                )
            )

    def _prepare_version(self, version):
        """Return the values of the next version of this plan.

        Whoever left the household or withdrew the consent is no longer part of it.
        """
        family = self._family(self.client_ids)
        goals = self.line_ids.filtered(lambda goal: goal.state in ("open", "partly"))
        return {
            "case_id": self.case_id.id,
            "client_ids": [Command.set(family.filtered(lambda c: c.consent_state == "given").ids)],
            "origin_id": self.origin_id.id,
            "version": version,
            "line_ids": [Command.create(goal._prepare_version()) for goal in goals],
        }
