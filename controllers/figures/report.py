from odoo import http
from odoo.http import request

from ...figures.output.csv import figures_csv
from ...figures.output.xlsx import figures_xlsx
from ..answers import file_answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class IntegrationReportController(http.Controller):
    """Download of the official figures as a workbook or a list."""

    @http.route("/integration/report/<int:report_id>/xlsx", type="http", auth="user", readonly=True)
    def report_xlsx(self, report_id):
        """Return the workbook."""
        return self._download(report_id, figures_xlsx, "xlsx", XLSX)

    @http.route("/integration/report/<int:report_id>/csv", type="http", auth="user", readonly=True)
    def report_csv(self, report_id):
        """Return the list of all numbers."""
        return self._download(report_id, figures_csv, "csv", "text/csv; charset=utf-8")

    def _download(self, report_id, make, extension, mimetype):
        """Return a file; ``_matrix`` raises unless the user may see the figures."""
        report = request.env["integration.report"].search([("id", "=", report_id)])
        if not report:
            # The same answer whether it does not exist or is somebody else's.
            return request.not_found()
        content = make(report, report._matrix())
        return file_answer(content, mimetype, report._file_name(extension))
