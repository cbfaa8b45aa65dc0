from odoo import api, models


class IntegrationInFile(models.AbstractModel):
    """Whose files are open to whom is answered from the access entries alone."""

    _inherit = "integration.in.file"

    @api.model
    def _open_to_me(self, key):
        return self.env["integration.case.access"]._readable(key)

    @api.model
    def _ids_open_to_me(self, key):
        return self.env["integration.case.access"]._readable_ids(key)
