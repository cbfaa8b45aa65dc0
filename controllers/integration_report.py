from odoo import http
from odoo.http import content_disposition, request

from ..reports.figures_xlsx import figures_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class IntegrationReportController(http.Controller):
    """Download of the official figures as a workbook."""

    @http.route("/integration/report/<int:report_id>/xlsx", type="http", auth="user", readonly=True)
    def report_xlsx(self, report_id):
        """Return the workbook; ``_matrix`` raises unless the user may see the figures."""
        report = request.env["integration.report"].search([("id", "=", report_id)])
        if not report:
            # The same answer whether it does not exist or is somebody else's.
            return request.not_found()
        content = figures_xlsx(report, report._matrix())
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(report._file_name("xlsx"))),
                ("Cache-Control", "no-store"),
            ],
        )
