from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import IntegrationCommon

PARAMETER = "integration_management.erase_clients"


@tagged("post_install", "-at_install")
class TestUninstall(IntegrationCommon):
    """Without the module its walls are gone, so nothing personal may outlive it."""

    def test_refused_while_there_are_clients(self):
        self._client(self.worker_a)
        self._assert_refused("integration_management")

    def test_refused_with_whatever_takes_it_along(self):
        """Each dependency takes the module with it, and so do the dependencies of those."""
        self._client(self.worker_a)
        ours = self._module("integration_management")
        above = ours.upstream_dependencies(exclude_states=("uninstallable",))
        self.assertIn("contacts", above.mapped("name"))
        for name in set(above.mapped("name")) - {"base", "web"}:
            with self.subTest(name):
                self._assert_refused(name)
        with self.subTest("a list of modules"), self.assertRaises(UserError):
            self._module("calendar", "contacts").button_uninstall()
        with self.subTest("without the button"), self.assertRaises(UserError):
            ours.module_uninstall()

    def test_confirmation_counts_once(self):
        """What was confirmed once says nothing about the clients of next year."""
        self._client(self.worker_a)
        parameters = self.env["ir.config_parameter"]
        for value in ("0", "False", "no"):
            parameters.set_param(PARAMETER, value)
            self._assert_refused("contacts")
        parameters.set_param(PARAMETER, "1")
        module = self._module("integration_management")
        self._module("contacts").button_uninstall()
        self.assertEqual(module.state, "to remove")
        self.assertFalse(parameters.get_param(PARAMETER))
        (module | module.upstream_dependencies(exclude_states=("installed",))).state = "installed"
        self._assert_refused("integration_management")

    def test_confirmation_without_clients_is_used_up_as_well(self):
        partners = self.env["res.partner"].with_context(active_test=False)
        self.assertFalse(partners.search([("is_integration_client", "=", True)]))
        parameters = self.env["ir.config_parameter"]
        parameters.set_param(PARAMETER, "1")
        self._module("integration_management").button_uninstall()
        self.assertFalse(parameters.get_param(PARAMETER))

    def test_other_modules_go_as_ever(self):
        self._client(self.worker_a)
        calendar = self._module("calendar")
        calendar.button_uninstall()
        self.assertEqual(calendar.state, "to remove")
        self.assertEqual(self._module("integration_management").state, "installed")

    def _module(self, *names):
        return self.env["ir.module.module"].search([("name", "in", names)])

    def _assert_refused(self, name):
        module = self._module(name)
        with self.assertRaisesRegex(UserError, "erase"), self.cr.savepoint():
            module.button_uninstall()
        self.env.invalidate_all()
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
