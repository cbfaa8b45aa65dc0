from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ...figures.breakdowns import BREAKDOWN_SELECTION, BREAKDOWNS
from ...figures.matrix import ROW_DATA, Matrix
from ...figures.official import official_figures
from ...figures.output.view import figures_view
from ...figures.period import Period
from ...figures.request import PROFILE_SELECTION, FiguresRequest
from ...figures.scope import Scope, check_scope
from ...tools import local_today

# What somebody asks for; everything else is worked out here.
REQUEST_FIELDS = {
    "profile", "date_from", "date_to", "scope", "user_id", "employer_id", "municipality_id",
    "county_id", "breakdown", "company_id",
}  # fmt: skip
MAX_YEARS = 20


class IntegrationReport(models.Model):
    """Official figures of one period and scope, frozen as they were counted.

    The roles of the person who asks decide on the scope; it is checked again whenever somebody
    computes, looks at, prints or exports the figures.
    """

    _name = "integration.report"
    _inherit = ["integration.door"]
    _description = "Official Figures"
    _order = "id desc"

    # What was asked for
    profile = fields.Selection(PROFILE_SELECTION, required=True, default="state", readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="Until", required=True, readonly=True)
    scope = fields.Selection(
        [
            ("all", "Everything I may see"),
            ("county", "One county"),
            ("employer", "One employer"),
            ("municipality", "One municipality"),
            ("worker", "One case worker"),
        ],
        string="Whose Work", required=True, default="all", readonly=True,
    )  # fmt: skip
    user_id = fields.Many2one(
        "res.users", string="Case Worker", readonly=True, index="btree_not_null"
    )
    employer_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    municipality_id = fields.Many2one(
        "integration.municipality", readonly=True, index="btree_not_null"
    )
    county_id = fields.Many2one("integration.county", readonly=True, index="btree_not_null")
    breakdown = fields.Selection(BREAKDOWN_SELECTION, required=True, default="month")
    # What came of it
    company_id = fields.Many2one(
        "res.company", string="Printed for", required=True, readonly=True, index=True,
        default=lambda self: self.env.company,
        help="The employer of the person who asked for the figures.",
    )  # fmt: skip
    scope_data = fields.Json(readonly=True, copy=False)
    scope_company_ids = fields.Many2many(
        "res.company", "integration_report_company_rel", "report_id", "company_id",
        string="Employers Counted", readonly=True, copy=False, context={"active_test": False},
    )  # fmt: skip
    scope_label = fields.Char(string="Scope", compute="_compute_scope_label", compute_sudo=True)
    columns_data = fields.Json(readonly=True, copy=False)
    line_ids = fields.One2many(
        "integration.report.line", "report_id", string="Lines", readonly=True, copy=False
    )
    lacks_late = fields.Boolean(
        readonly=True, copy=False,
        help="Something that came late is counted, but not yet in numbers printed before.",
    )  # fmt: skip
    computed_on = fields.Datetime(string="Counted on", readonly=True, copy=False)
    body = fields.Html(string="Figures", compute="_compute_body", sanitize=False)
    available_breakdowns = fields.Json(
        compute="_compute_available_breakdowns", export_string_translation=False
    )
    can_change = fields.Boolean(compute="_compute_can_change", export_string_translation=False)
    # Submission
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted")],
        required=True, default="draft", readonly=True, copy=False,
    )  # fmt: skip
    submitted_on = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.users", string="Submitted by", readonly=True, copy=False, index="btree_not_null"
    )
    record_counts = fields.Json(
        readonly=True, copy=False, help="How many records were counted, by their kind."
    )
    checksum = fields.Char(
        readonly=True, copy=False, help="SHA-256 of all that was submitted, see report_seal.py."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------
    @api.depends("scope_data", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_scope_label(self):
        """Say in words whose work was counted, from the scope that was really used."""
        for report in self:
            scope = Scope.from_data(report.scope_data or {})
            names = []
            if scope.user_ids:
                names += report.env["res.users"].browse(scope.user_ids).mapped("name")
            if report.scope == "municipality":
                names.append(report.municipality_id.name)
            elif scope.county_id:
                names.append(report.env["integration.county"].browse(scope.county_id).name)
            elif report.scope == "county":
                names.append(report.county_id.name)
            companies = report.scope_company_ids
            if not scope.county_id or report.scope == "employer":
                if len(companies) > 3:
                    names.append(report.env._("%s employers", len(companies)))
                else:
                    names += companies.sorted("name").mapped("name")
            report.scope_label = ", ".join(names)

    @api.depends("scope_label", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.scope_label}: {report._period_label()}"

    @api.depends("breakdown", "columns_data", "line_ids")
    @api.depends_context("lang", "uid")
    def _compute_body(self):
        for report in self:
            stored = report._origin
            report.body = stored and report.env["ir.qweb"]._render(
                "integration_management.report_figures_screen",
                {"view": stored._view(report.breakdown, linked=stored._may_open_cells())},
            )

    @api.depends("columns_data")
    def _compute_available_breakdowns(self):
        for report in self:
            counted = report.columns_data or {}
            report.available_breakdowns = [name for name in BREAKDOWNS if name in counted]

    @api.depends_context("uid")
    def _compute_can_change(self):
        for report in self:
            report.can_change = report._origin.has_access("write")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------
    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        latest = local_today(self.env) + relativedelta(years=MAX_YEARS)
        for report in self:
            if report.date_to > latest:  # first of all: there is no year after 9999 to count to
                raise ValidationError(
                    self.env._("A period that ends in more than %s years is a slip.", MAX_YEARS)
                )
            if report.date_to < report.date_from:
                raise ValidationError(self.env._("The period ends before it begins."))
            if report.date_to > report.date_from + relativedelta(years=MAX_YEARS):
                raise ValidationError(
                    self.env._("A period of more than %s years is a slip.", MAX_YEARS)
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------
    @api.model
    def _prepare_create(self, vals_list):
        """Take a request, and nothing that is worked out from it."""
        self.browse().check_access("create")
        if any(vals.keys() - REQUEST_FIELDS for vals in vals_list):
            raise AccessError(self.env._("Figures are counted, not entered."))
        return super()._prepare_create(vals_list)

    def _for_create(self):
        context = {k: v for k, v in self.env.context.items() if not k.startswith("default_")}
        # sudo: the rules look at the scope, which is worked out from the request
        return self.with_env(self.env(context={**context, "integration_asker": self.env}, su=True))

    def _created(self):
        """Count at once; anyone who may not read the result gets none."""
        reports = self.with_env(self.env.context["integration_asker"])
        super(IntegrationReport, reports)._created()
        for report in reports:
            report._count()
        reports.check_access("read")

    def _before_write(self, change):
        super()._before_write(change)
        if not self.env.su and change.names - {"breakdown"}:
            raise AccessError(self.env._("Figures are counted, not entered."))

    def _locked_fields(self):
        return frozenset(self._fields if self.state == "submitted" else ())

    def _locked_message(self, names):
        return self.env._("Submitted figures cannot be changed.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if "submitted" in self.mapped("state"):
            raise UserError(self.env._("Submitted figures cannot be deleted."))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------
    def action_compute(self):
        """Count again: late entries and corrections come in."""
        self.check_access("write")
        for report in self:
            report._count()

    def action_print(self):
        """Return the PDF."""
        self._check_permitted()
        return self.env.ref("integration_management.action_report_figures").report_action(self)

    def action_export_xlsx(self):
        """Return the spreadsheet."""
        return self._download("xlsx")

    def action_export_csv(self):
        """Return the list of all numbers, for other programs."""
        return self._download("csv")

    def _download(self, extension):
        self.ensure_one()
        self._check_permitted()
        return {
            "type": "ir.actions.act_url",
            "url": f"/integration/report/{self.id}/{extension}",
            "target": "download",
        }

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------
    def _check_permitted(self):
        """Raise AccessError unless the user may read the reports and all they count."""
        self.check_access("read")
        for report in self:
            check_scope(self.env, Scope.from_data(report.scope_data or {}))

    def _period(self):
        """Return the period of the report, as seen from today."""
        return Period(self.date_from, self.date_to, local_today(self.env))

    def _figures_request(self):
        """Return what was asked for, in one piece."""
        return FiguresRequest(
            profile=self.profile, period=self._period(), kind=self.scope, user=self.user_id,
            employer=self.employer_id, municipality=self.municipality_id, county=self.county_id,
        )  # fmt: skip

    def _count(self):
        """Work out the scope from the user's roles, count, and store the lines."""
        self.ensure_one()
        # sudo: the request of the user, before the rules can know its scope
        report = self.sudo()
        # sudo: the list of indicators is no secret, and the same for everybody
        indicators = self.env["integration.indicator"].sudo().search(
            [("profile", "=", report.profile)]
        )  # fmt: skip
        scope, matrix = official_figures(self.env, indicators, report._figures_request())
        lines = [
            Command.create({"sequence": number, **data})
            for number, data in enumerate(matrix.rows_data())
        ]
        # Figures are never written by hand, so no role has write access to them.
        report.write(
            {
                "scope_data": scope.to_data(),
                "scope_company_ids": [Command.set(scope.company_ids)],
                **report._targets(scope),
                "columns_data": matrix.columns_data(),
                "lacks_late": matrix.late,
                "line_ids": [Command.clear(), *lines],
                "computed_on": fields.Datetime.now(),
            }
        )

    def _targets(self, scope):
        """Return the fields that say whose figures these are, as far as they were used."""
        kind = self.scope
        return {
            "user_id": scope.user_ids[0] if scope.user_ids else False,
            "employer_id": kind == "employer" and self.employer_id.id,
            "municipality_id": kind == "municipality" and self.municipality_id.id,
            "county_id": scope.county_id or (kind == "county" and self.county_id.id),
        }

    def _matrix(self) -> Matrix:
        """Return the frozen figures, for anyone who may see them."""
        self.ensure_one()
        self._check_permitted()
        return Matrix.from_data(self.columns_data, self.line_ids.read(ROW_DATA), self.lacks_late)

    def _view(self, breakdown=None, linked=False):
        """Return what the templates of screen and PDF show."""
        return figures_view(self, self._matrix(), breakdown or self.breakdown, linked)

    def _period_label(self):
        """Return the period in the user's format."""
        return f"{format_date(self.env, self.date_from)} – {format_date(self.env, self.date_to)}"

    def _file_name(self, extension=""):
        """Return a file name that says when, not whose."""
        self.ensure_one()
        stem = self.env._("official-figures")
        name = f"{stem}_{self.date_from}_{self.date_to}_{self.id}"
        return f"{name}.{extension}" if extension else name
