from odoo import api, fields, models
from odoo.exceptions import UserError

from ...figures.breakdowns import EMPLOYER, TOTAL
from ...figures.engine import figures_matrix
from ...figures.matrix import ROW_DATA, Matrix
from ...figures.output.submissions import CountySubmissions, Submission, numbers_in
from ...figures.request import STATE
from ...figures.scope import Scope


class IntegrationReport(models.Model):
    """The coordinator's figures of her county, beside what the employers have submitted."""

    _inherit = "integration.report"

    submissions = fields.Html(
        string="Submissions of the Employers", compute="_compute_submissions", sanitize=False
    )

    @api.depends("scope_data", "scope", "profile")
    @api.depends_context("lang", "uid")
    def _compute_submissions(self):
        for report in self:
            stored = report._origin
            report.submissions = (
                stored
                and stored._is_of_county()
                and report.env["ir.qweb"]._render(
                    "integration_management.report_figures_submissions",
                    {"view": stored._submissions().data()},
                )
            )

    def _is_of_county(self):
        """Return whether these are exact figures of a whole county, for its coordination."""
        scope = Scope.from_data(self.scope_data or {})
        return bool(scope.county_id and self.scope in ("county", "all") and self.profile == STATE)

    def _submissions(self) -> CountySubmissions:
        """Return who has submitted what and when in the period, with the numbers of today.

        :raise AccessError: if the user's roles do not cover the county
        :raise UserError: if these are no exact figures of a county
        """
        self.ensure_one()
        self._check_permitted()
        if not self._is_of_county():
            raise UserError(self.env._("Submissions are listed for a whole county."))
        scope = Scope.from_data(self.scope_data)
        # sudo: the list of indicators is no secret, and the same for everybody
        indicators = self.env["integration.indicator"].sudo().search([("profile", "=", STATE)])
        live = figures_matrix(self.env, indicators, scope, self._period(), [TOTAL, EMPLOYER])
        lines = []
        # sudo: names of the employers counted; the coordinator may not read their companies
        employers = self.env["res.company"].sudo().browse(scope.company_ids)
        for employer in employers.sorted("name"):
            reports = self._submitted_by(employer)
            same = reports.filtered(
                lambda r: (r.date_from, r.date_to) == (self.date_from, self.date_to)
            )[:1]
            lines += [
                Submission(
                    employer.name,
                    report,
                    self._compared(report, employer, live, scope)
                    if report and report == same
                    else None,
                )
                for report in reports or [reports]
            ]
        return CountySubmissions(self, live, lines)

    def _submitted_by(self, employer):
        """Return the submitted state figures of a whole employer, the latest first."""
        # sudo: what an employer has submitted is meant for the coordination of her county
        reports = self.sudo().search(
            [
                ("state", "=", "submitted"),
                ("profile", "=", STATE),
                ("scope", "in", ["all", "employer"]),
                ("county_id", "=", False),
                ("scope_company_ids", "in", employer.ids),
                ("date_from", "<=", self.date_to),
                ("date_to", ">=", self.date_from),
            ],
            order="submitted_on desc, id desc",
        )
        return reports.filtered(lambda r: Scope.from_data(r.scope_data).user_ids is None)

    def _compared(self, report, employer, live, scope):
        """Return {rule: (submitted, today)} of an employer's work in the county."""
        frozen = Matrix.from_data(report.columns_data, report.line_ids.read(ROW_DATA))
        numbers = {}
        for row in live.main_rows():
            former = frozen.by_rule(row.rule)
            submitted = former and numbers_in(
                frozen, former, employer.id, report.scope_company_ids.ids, scope.municipality_ids
            )
            numbers[row.rule] = (submitted, live.value(row, EMPLOYER, str(employer.id)))
        return numbers
