from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_day, local_today

KINDS = [("start", "At the start"), ("review", "At a review"), ("end", "At the end")]


class IntegrationAssessment(models.Model):
    """Where a client stands, seen by client and case worker together: strengths first.

    The plan begins with what somebody brings along (county standard 3.1, 3.2.2). Only the areas
    that were talked about have a line, and whatever is in it is voluntary.
    """

    _name = "integration.assessment"
    _description = "Assessment of Strengths and Needs"
    _inherit = ["integration.in.file", "integration.secured", "integration.logged"]
    _order = "date desc, id desc"
    _rec_names_search = ["case_id.file_number"]
    _check_company_auto = True
    _needs_file_consent = True
    _content_fields = frozenset({"resources", "profile", "line_ids"})
    _fixed_fields = frozenset({"case_id", "client_id", "user_id"})

    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        string="Employer", related="case_id.company_id", store=True, precompute=True, index=True
    )
    client_id = fields.Many2one(
        "integration.client",
        string="Person",
        compute="_compute_client_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('id', 'in', person_ids)]",
        help="The client, or another member of the family who belongs to the case.",
    )
    person_ids = fields.Many2many(
        related="case_id.person_ids", related_sudo=False, string="Persons of the Case"
    )
    is_family = fields.Boolean(compute="_compute_is_family", export_string_translation=False)
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    kind = fields.Selection(
        KINDS, compute="_compute_kind", store=True, precompute=True, readonly=False, required=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    line_ids = fields.One2many("integration.assessment.line", "assessment_id", string="Areas")
    line_count = fields.Integer(compute="_compute_line_count", string="Number of Areas")
    resources = fields.Text(help="What the client brings along, in words. Voluntary.")

    # A second press, or two workers at once, must not record the same talk twice.
    _one_of_a_day = models.UniqueIndex(
        "(case_id, client_id, date, kind)",
        "There is an assessment of this kind on that day already.",
    )

    @api.depends("case_id")
    def _compute_client_id(self):
        for assessment in self:
            case = assessment.case_id
            if assessment.client_id not in case.person_ids:
                assessment.client_id = case.client_id

    @api.depends("case_id", "client_id")
    def _compute_is_family(self):
        for assessment in self:
            case = assessment.case_id
            other = assessment.client_id != case.client_id
            assessment.is_family = bool(case) and (other or len(case.person_ids) > 1)

    @api.depends("case_id", "client_id")
    def _compute_kind(self):
        """Propose the kind by what there is: the first one of a person is that at the start."""
        for assessment in self:
            case, client = assessment.case_id._origin, assessment.client_id._origin
            assessment.kind = self._usual_kind(case, client)

    @api.model
    def _usual_kind(self, case, client):
        """Return what the next assessment of ``client`` in ``case`` usually is."""
        if case.state == "closed":
            return "end"
        whose = [("case_id", "=", case.id), ("client_id", "=", (client or case.client_id).id)]
        known = case and self.search_count(whose, limit=1)
        return "review" if known else "start"

    @api.depends("line_ids")
    def _compute_line_count(self):
        for assessment in self:
            assessment.line_count = len(assessment.line_ids)

    @api.depends("case_id.file_number", "client_id.file_number", "date")
    def _compute_display_name(self):
        for assessment in self:
            case, client = assessment.case_id, assessment.client_id
            # sudo: integration.client - the neutral number
            number = case.file_number if client == case.client_id else client.sudo().file_number
            assessment.display_name = self.env._(
                "%(file_number)s – Assessment %(date)s",
                file_number=number or self.env._("New"),
                date=format_date(self.env, assessment.date),
            )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("date", "case_id")
    def _check_date(self):
        today = local_today(self.env)
        for assessment in self:
            case, name = assessment.case_id, assessment.case_id.file_number
            if assessment.date > today:
                raise ValidationError(
                    self.env._("File %s: an assessment cannot lie in the future.", name)
                )
            first = max(day for day in (case.date_start, case.date_opened) if day)
            if assessment.date < first:
                raise ValidationError(
                    self.env._(
                        "File %(number)s: the assessment lies before the start of the case or the "
                        "consent (%(day)s).",
                        number=name,
                        day=format_date(self.env, first),
                    )
                )
            if case.date_end and assessment.date > case.date_end:
                raise ValidationError(
                    self.env._(
                        "File %(number)s: the assessment lies after the end of the case (%(day)s).",
                        number=name,
                        day=format_date(self.env, case.date_end),
                    )
                )

    @api.constrains("client_id", "case_id", "date")
    def _check_client(self):
        """Refuse whom the case does not concern, and a day on which a relative had not agreed."""
        for assessment in self:
            client = assessment.client_id
            # sudo: integration.case - whose case it is; the reader of it may lack a relative's file
            case = assessment.case_id.sudo()
            if client not in case.client_id | case.member_ids:
                raise ValidationError(
                    assessment._about_file(
                        self.env._("the person does not belong to this case. Use her own.")
                    )
                )
            if client != case.client_id and not client._has_consent("file", assessment.date):
                raise ValidationError(
                    assessment._about_file(
                        self.env._("the assessment lies before the consent of the person.")
                    )
                )

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            case = self.env["integration.case"].browse(vals.get("case_id"))
            client = self.env["integration.client"].browse(vals.get("client_id")) or case.client_id
            kind = vals.get("kind") or self._usual_kind(case, client)
            day = fields.Date.to_date(vals.get("date")) or local_today(self.env)
            self._check_twice(case, client, day, kind)
        return vals_list

    def _before_write(self, change):
        super()._before_write(change)
        if {"date", "kind"} & change.names:
            for assessment in self:
                self._check_twice(
                    assessment.case_id,
                    assessment.client_id,
                    fields.Date.to_date(change.vals.get("date")) or assessment.date,
                    change.vals.get("kind") or assessment.kind,
                    but=assessment,
                )

    @api.model
    def _check_twice(self, case, client, day, kind, but=None):
        """Refuse a second assessment of a day and kind before the database does."""
        twins = self.search(
            [
                ("case_id", "=", case.id),
                ("client_id", "=", client.id),
                ("date", "=", day),
                ("kind", "=", kind),
            ]
        )
        if twins - (but or self.browse()):
            raise ValidationError(
                self.env._(
                    "File %s: there is an assessment of this kind on that day already. Add to "
                    "it, or choose another day or kind.",
                    case.file_number,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        """Only a slip of the same day may disappear again: later ones are compared with it."""
        today = local_today(self.env)
        for assessment in () if self._is_trusted() else self:
            entered = local_day(assessment, assessment.create_date)
            if assessment.create_uid != self.env.user or entered != today:
                raise UserError(
                    self.env._(
                        "%s stays: only a slip of today can be removed.", assessment.display_name
                    )
                )

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    @api.model
    @api.readonly
    def get_areas(self, case_id, client_id=False):
        """Return the areas to choose from: id, name, and whether a consent is missing.

        :param client_id: whose consent; the client's without one
        :raises AccessError: a case or person whose content the reader may not read
        """
        case = self.env["integration.case"].browse(case_id)
        client = case.client_id
        client.check_access("read")
        if client_id:
            client = client.browse(client_id)
            client.check_access("read")
        areas = self.env["integration.area"].search(
            [("company_id", "in", [False, case.company_id.id])]
        )
        purposes = set(areas.mapped("consent_purpose")) - {False}
        missing = {purpose for purpose in purposes if not client._has_consent(purpose)}
        return [
            {"id": area.id, "name": area.name, "missing": area.consent_purpose in missing}
            for area in areas
        ]

    def action_open_plan(self):
        """Open the plan of the case: its draft, the one in force, or a new one."""
        self.ensure_one()
        return self.case_id.action_new_plan()

    def _former_lines(self):
        """Return {area: line} of what was last said of each area before this assessment."""
        self.ensure_one()
        earlier = self.env["integration.assessment.line"].search(
            [("client_id", "=", self.client_id.id), ("date", "<=", self.date)], order="date, id"
        )
        own = self._origin
        former = {}
        for line in earlier:
            other = line.assessment_id
            if other != own and (other.date, other.id) < (self.date, own.id or float("inf")):
                former[line.area_id] = line
        return former

    @api.model
    def _record_ratings(self, case, client, date, ratings):
        """Record ratings of a person of the case in a review talk; one of that day is added to.

        :param ratings: {area: {"strength": …, "need": …}}, nothing else
        """
        assessment = self.search(
            [
                ("case_id", "=", case.id),
                ("client_id", "=", client.id),
                ("date", "=", date),
                ("kind", "=", "review"),
            ]
        )
        if not assessment:
            assessment = self.create(
                {"case_id": case.id, "client_id": client.id, "date": date, "kind": "review"}
            )
        lines = {line.area_id: line for line in assessment.line_ids}
        for area, vals in ratings.items():
            if area in lines:
                lines[area].write(vals)
            else:
                lines[area] = assessment.line_ids.create(
                    {"assessment_id": assessment.id, "area_id": area.id, **vals}
                )
        return assessment
