from odoo import api, models


class IntegrationDisclosurePaper(models.AbstractModel):
    """What was passed on about a client, in plain words for herself (Art. 15 (1) c GDPR)."""

    _name = "report.integration_management.integration_disclosure_paper"
    _inherit = ["integration.paper"]
    _description = "Register of Disclosures of a Client"

    @api.model
    def _get_report_values(self, docids, data=None):
        clients = self._opened("integration.client", docids)
        return {
            "doc_ids": clients.ids,
            "doc_model": clients._name,
            "docs": clients,
            "day": self._day,
            "sheets": [
                {
                    "client": client,
                    "company": client.company_id,
                    "number": client.file_number,
                    "entries": client.disclosure_ids,
                    "columns": self._columns(self._paper_language(client)),
                }
                for client in clients
            ],
        }
