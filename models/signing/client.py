from odoo import models


class IntegrationClient(models.Model):
    """Signing the privacy notice on a tablet."""

    _inherit = "integration.client"

    def action_sign_on_screen(self):
        """Prepare the signing of the privacy notice on a tablet."""
        return self.env["integration.signing"]._action_prepare(self)
