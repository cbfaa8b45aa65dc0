from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.integration_management import hooks

from ..common import MODULE, IntegrationCommon


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

    def _known(self, record, name):
        """Give a record an XML id, as the demo county has."""
        return self.env["ir.model.data"].create(
            {"module": MODULE, "name": name, "model": record._name, "res_id": record.id}
        )

    def test_demo_logins_and_employers_end(self):
        known = self._known(self.worker_b, "demo_worker_b") | self._known(
            self.company_a, "demo_company_a"
        )
        empty = self.env["res.company"].create({"name": "Demo Employer"})
        known |= self._known(empty, "demo_company_empty")
        hooks._end_demo(self.env)
        hooks._forget_rows(self.env)
        self.assertFalse(self.worker_b.active or self.worker_b.partner_id.active)
        self.assertFalse(empty.active or empty.partner_id.active)
        # An employer with people who are not of the demo is theirs
        self.assertTrue(self.company_a.active and self.lead_a.active)
        self.assertFalse(known.exists())

    def test_no_counters_stay(self):
        self._client(self.worker_a)
        found = self.env["ir.sequence"].search([("code", "=like", "integration.%")])
        self.assertTrue(found)
        hooks._remove_counters(self.env)
        self.assertFalse(found.exists())
