from odoo import api, models


class IntegrationDisclosureRegister(models.AbstractModel):
    """The register of a file for data protection: by its number, for she opens no client.

    In German alone, for the language would say something about the person. It holds all the
    entries of the file that the reader may read, from whichever of them she starts.
    """

    _name = "report.integration_management.integration_disclosure_register"
    _inherit = ["integration.paper"]
    _description = "Register of Disclosures by File Number"

    @api.model
    def _get_report_values(self, docids, data=None):
        chosen = self._opened("integration.disclosure", docids)
        # sudo: integration.client - number and employer only, of entries that may be read
        clients = chosen.sudo().client_id
        entries = chosen.search([("client_id", "in", clients.ids)]).grouped("client_id")
        return {
            "doc_ids": chosen.ids,
            "doc_model": chosen._name,
            "docs": chosen,
            "day": self._day,
            "sheets": [
                {
                    "client": None,
                    "company": client.company_id,
                    "number": client.file_number,
                    "entries": entries[client.with_env(self.env)],
                    "columns": self._columns(self._german()),
                }
                for client in clients.sorted("file_number")
            ],
        }
