from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .rating import LEVELS

RUNNING = [("draft", "In the draft of the plan"), ("agreed", "In the agreed plan")]


class IntegrationAssessmentLine(models.Model):
    """One life area of an assessment: how strong, how much need, what is there already.

    There is a line only for what was talked about. Zero stands for “not said”.
    """

    _name = "integration.assessment.line"
    _description = "Area of an Assessment"
    _inherit = ["integration.in.file", "integration.secured", "integration.logged"]
    _order = "assessment_id desc, id"
    _check_company_auto = True
    _needs_file_consent = True
    _content_fields = frozenset({"strength", "need", "resource"})
    _fixed_fields = frozenset({"assessment_id", "area_id"})

    assessment_id = fields.Many2one(
        "integration.assessment", required=True, index=True, ondelete="cascade", check_company=True
    )
    case_id = fields.Many2one(
        related="assessment_id.case_id", store=True, precompute=True, index=True
    )
    client_id = fields.Many2one(
        related="assessment_id.client_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        string="Employer",
        related="assessment_id.company_id",
        store=True,
        precompute=True,
        index=True,
    )
    date = fields.Date(related="assessment_id.date", store=True, precompute=True)
    area_id = fields.Many2one(
        "integration.area",
        string="Life Area",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    strength = fields.Integer(aggregator=None, help="1 to 5; empty: not said.")
    need = fields.Integer(aggregator=None, help="1 to 5; empty: not said.")
    resource = fields.Char(string="What Is There", help="Strengths and resources in words.")
    strength_before = fields.Integer(compute="_compute_before")
    need_before = fields.Integer(compute="_compute_before")
    goal_state = fields.Selection(RUNNING, string="Goal", compute="_compute_goal_state")

    _area_once = models.UniqueIndex(
        "(assessment_id, area_id)", "This life area stands in the assessment already."
    )
    _ratings_in_range = models.Constraint(
        "CHECK(strength BETWEEN 0 AND 5 AND need BETWEEN 0 AND 5)",
        "Strength and need lie between 1 and 5.",
    )

    @api.model
    def _concerns_relatives(self):
        # As the assessment that it is a part of
        return True

    @api.depends("case_id.file_number", "area_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._(
                "%(file_number)s – %(area)s",
                file_number=line.case_id.file_number or self.env._("New"),
                area=line.area_id.name,
            )

    def _told_rating(self):
        """Return in a line whose rating it is, by number unless names are shown, and which."""
        self.ensure_one()
        told = [
            f"{self._fields[name]._description_string(self.env)} {self[name]}"
            for name in ("strength", "need")
            if self[name]
        ]
        return f"{self.client_id.display_name}: {', '.join(told)}" if told else ""

    @api.model
    def _latest(self, persons, areas):
        """Return {(id of the person, id of the area): what was last said}."""
        lines = self.search(
            [("client_id", "in", persons.ids), ("area_id", "in", areas.ids)], order="date, id"
        )
        return {(line.client_id.id, line.area_id.id): line for line in lines}

    @api.depends("assessment_id.date", "area_id")
    def _compute_before(self):
        former = {assessment: assessment._former_lines() for assessment in self.assessment_id}
        for line in self:
            before = former.get(line.assessment_id, {}).get(line.area_id)
            line.strength_before = before.strength if before else 0
            line.need_before = before.need if before else 0

    @api.depends("area_id", "case_id")
    def _compute_goal_state(self):
        goals = self.env["integration.plan.line"].search(
            [
                ("case_id", "in", self.case_id.ids),
                ("area_id", "in", self.area_id.ids),
                ("plan_id.state", "in", ("draft", "agreed")),
                ("state", "in", ("open", "partly")),
            ]
        )
        # The agreed ones last, so that they stay.
        states = {
            (goal.case_id.id, goal.area_id.id): goal.plan_state
            for goal in goals.sorted(lambda goal: goal.plan_state == "agreed")
        }
        for line in self:
            line.goal_state = states.get((line.case_id._origin.id, line.area_id._origin.id))

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            self._check_levels(vals)
            if not (vals.get("area_id") or self.env.context.get("default_area_id")):
                raise UserError(self.env._("Choose the life area that was talked about."))
        self._check_area_once(vals_list)
        return vals_list

    def _before_write(self, change):
        super()._before_write(change)
        self._check_levels(change.vals)

    @api.model
    def _check_levels(self, vals):
        """Refuse ratings out of range before the database logs the row they stand in."""
        for name in ("strength", "need"):
            level = vals.get(name) or 0
            if level and level not in LEVELS:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” lies between 1 and 5, or stays empty: %(value)s is neither.",
                        field=self._fields[name]._description_string(self.env),
                        value=level,
                    )
                )

    @api.model
    def _check_area_once(self, vals_list):
        """Refuse a life area that the assessment has already, also as another worker's entry."""
        taken = {
            (line.assessment_id.id, line.area_id.id)
            for line in self.search(
                [("assessment_id", "in", [vals.get("assessment_id") for vals in vals_list])]
            )
        }
        for vals in vals_list:
            key = (vals.get("assessment_id"), vals.get("area_id"))
            if key in taken:
                area = self.env["integration.area"].browse(key[1])
                assessment = self.env["integration.assessment"].browse(key[0])
                raise ValidationError(
                    self.env._(
                        "%(assessment)s has the life area “%(area)s” already. Change it there.",
                        assessment=assessment.display_name,
                        area=area.name,
                    )
                )
            taken.add(key)

    # ------------------------------------------------------------
    # The consent beside the one to the file
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self._ensure_purpose()

    def _after_write(self, change):
        super()._after_write(change)
        self._ensure_purpose()

    def _ensure_purpose(self):
        """Refuse to say anything of an area, such as health, to whose purpose nobody agreed.

        :raises UserError: Art. 9 GDPR; see ``_ensure_consents()`` of the client
        """
        for line in () if self._is_trusted() else self:
            purpose = line.area_id.consent_purpose
            if purpose:
                line._gate_clients()._ensure_purpose(purpose)

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def action_make_goal(self):
        """Put a goal for this area into the draft of the plan, which is begun if there is none.

        An area that is in the draft already stays as it is, so that a second press, or a second
        worker, makes no second goal. The goal's words are still to be found with the client.
        """
        self.ensure_one()
        case = self.case_id
        if case.state == "closed":
            raise UserError(self.env._("%s is closed: it gets no new plan.", case.file_number))
        draft = case._draft_of_plan()
        if self.client_id not in draft.client_id | draft.client_ids:
            # A goal of somebody who has taken no part in the plan so far
            draft.client_ids = [Command.link(self.client_id.id)]
        if self.area_id not in draft.line_ids.area_id:
            goal = self.env["integration.plan.line"].create(
                {
                    "plan_id": draft.id,
                    "area_id": self.area_id.id,
                    "name": self.env._("%s: goal still to be put into words", self.area_id.name),
                    "sequence": max([0, *draft.line_ids.mapped("sequence")]) + 10,
                }
            )
            goal._as_system().write({"words_missing": True})
        self.invalidate_recordset(["goal_state"])
        return True
