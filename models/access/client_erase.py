from odoo import api, models


class IntegrationClient(models.Model):
    """Erasing what identifies a client when the module goes."""

    _inherit = "integration.client"

    @api.model
    def _erase_contacts(self):
        """Replace name and address of every client's contact and archive it."""
        partners = self.env["res.partner"].with_context(active_test=False, tracking_disable=True)
        clients = partners.search([("is_integration_client", "=", True)])
        empty = dict.fromkeys(
            ["phone", "email", "street", "street2", "zip", "city", "state_id", "country_id",
             "comment", "image_1920", "lang"], False
        )
        for partner in clients:
            partner.write({"name": f"erased-{partner.id}", **empty})
        clients.write({"active": False})
