from odoo import api, models


class ReportFigures(models.AbstractModel):
    """PDF of the official figures."""

    _name = "report.integration_management.report_figures"
    _description = "Official Figures (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check access first: Odoo itself does not check who may call a report."""
        reports = self.env["integration.report"].browse(docids)
        reports._check_permitted()
        return {
            "doc_ids": docids,
            "doc_model": "integration.report",
            "docs": reports,
            "views": {report.id: report._view() for report in reports},
        }
