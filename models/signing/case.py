from odoo import models


class IntegrationCase(models.Model):
    """Signing the privacy notice on a tablet by a person of the case."""

    _inherit = "integration.case"

    def action_sign_on_screen(self):
        """Prepare the signing of the privacy notice on a tablet by a person of the case."""
        self.ensure_one()
        return self.env["integration.signing"]._action_prepare(self.client_id)
