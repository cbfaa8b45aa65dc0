from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestUninstall(IntegrationCommon):
    """Without the module its walls are gone, so nothing personal may outlive it."""

    def test_refused_while_there_are_clients(self):
        self._client(self.worker_a)
        module = self.env["ir.module.module"].search([("name", "=", "integration_management")])
        with self.assertRaises(UserError):
            module.button_uninstall()
        self.assertEqual(module.state, "installed")

    def test_contacts_are_erased_and_others_kept(self):
        client = self._client(
            self.worker_a, "Nadja Erfunden", phone="+49 7541 222222", street="Invented Lane 1"
        )
        partner = client.sudo().partner_id
        self.env["integration.client"]._erase_contacts()
        self.assertFalse(partner.active)
        self.assertFalse(partner.phone or partner.street)
        self.assertNotIn("Nadja", partner.name + (partner.complete_name or ""))
        self.assertTrue(self.employee.partner_id.active)
