from odoo import api, models
from odoo.exceptions import UserError


class IntegrationConsentFormPaper(models.AbstractModel):
    """Privacy notice and consent form for one client, in German and her language."""

    _name = "report.integration_management.integration_consent_form_paper"
    _inherit = ["integration.paper"]
    _description = "Consent Form of a Client"

    @api.model
    def _get_report_values(self, docids, data=None):
        clients = self._opened("integration.client", docids)
        return {
            "doc_ids": clients.ids,
            "doc_model": clients._name,
            "docs": clients,
            "forms": [self._form(client) for client in clients],
            "day": self._day,
        }

    @api.model
    def _form(self, client):
        """Return what the form of ``client`` shows; before a review a draft, marked as such."""
        notices, german = self.env["integration.consent.notice"], self._german()
        found = {
            "german": notices._find(client.company_id, german, drafts=True),
            "own": notices._find(client.company_id, client.language_ids, drafts=True),
        }
        if not found["german"]:
            raise UserError(
                self.env._(
                    "There is no privacy notice in German. Take one over and publish it first."
                )
            )
        columns = self._columns(found["own"].language_id)
        for column in columns:
            column["notice"] = found["german" if column["language"] == german else "own"]
        spoken = client.language_ids
        return {
            "company": client.company_id,
            "client": client,
            "columns": columns,
            "hint": bool(spoken) and found["own"].language_id not in spoken,
            "purposes": found["german"].line_ids.mapped("purpose"),
        }
