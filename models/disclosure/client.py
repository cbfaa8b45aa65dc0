from odoo import fields, models


class IntegrationClient(models.Model):
    """The client's releases from confidentiality, and what was passed on about her."""

    _inherit = "integration.client"

    release_ids = fields.One2many("integration.release", "client_id", string="Releases")
    disclosure_ids = fields.One2many("integration.disclosure", "client_id", string="Disclosures")

    def action_open_releases(self):
        """List the releases from confidentiality the client has given."""
        return self._action_of_client("integration_release_action")

    def action_open_disclosures(self):
        """List what was passed on about the client, and to whom."""
        return self._action_of_client("integration_disclosure_action")

    def _action_of_client(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"integration_management.{xml_id}")
        return dict(
            action,
            domain=[("client_id", "=", self.id)],
            context={"default_client_id": self.id, "integration_show_name": True},
        )
