from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.integration_management import hooks

from ..common import MODULE, IntegrationCommon

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

    def test_clients_entered_after_the_marking_stay(self):
        """Days may lie between the marking and the removal, which the next update carries out."""
        parameters = self.env["ir.config_parameter"]
        for confirmed in ("0", "1"):
            if confirmed == "1":
                self._client(self.worker_a)
            parameters.set_param(PARAMETER, confirmed)
            module = self._module("integration_management")
            module.button_uninstall()
            later = self._client(self.worker_a)
            with (
                self.subTest(confirmed),
                self.assertRaisesRegex(UserError, "since"),
                self.cr.savepoint(),
            ):
                hooks.uninstall_hook(self.env)
            self.assertTrue(later.sudo().partner_id.active)
            (
                module | module.upstream_dependencies(exclude_states=("installed",))
            ).state = "installed"

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

    def _known(self, record, name):
        """Give a record an XML id, as the demo county has."""
        return self.env["ir.model.data"].create(
            {"module": MODULE, "name": name, "model": record._name, "res_id": record.id}
        )

    def test_demo_logins_and_employers_end(self):
        known = self._known(self.worker_b, "demo_worker_b") | self._known(
            self.company_a, "demo_company_a"
        )
        self._case(self._client(self.worker_b), self.town_b)
        empty = self.env["res.company"].create({"name": "Demo Employer"})
        known |= self._known(empty, "demo_company_empty")
        hooks._end_demo(self.env)
        hooks._forget_rows(self.env)
        self.assertFalse(self.worker_b.active or self.worker_b.partner_id.active)
        self.assertFalse(empty.active or empty.partner_id.active)
        # An employer with people who are not of the demo is theirs
        self.assertTrue(self.company_a.active and self.lead_a.active)
        self.assertFalse(known.exists())

    def test_filters_with_names_do_not_become_everybodys(self):
        filters = self._as(self.worker_a)["ir.filters"]
        theirs = filters.create(
            {"name": "Family Erfunden", "model_id": "integration.case", "user_ids": False}
        )
        others = filters.create({"name": "Suppliers", "model_id": "res.country"})
        hooks._remove_saved_beside_files(self.env)
        self.assertFalse(theirs.exists())
        self.assertTrue(others.exists())

    def test_what_people_were_told_goes(self):
        """It stands in no file, and so would outlive them all, with their numbers and names."""
        case = self._case(self._client(self.worker_a))
        before = self.env["mail.activity"].search([])
        glass = self._as(self.colleague_a)["integration.case.glass"]
        glass.create(
            {"file_number": case.file_number, "reason": "Acute danger, worker on leave"}
        ).action_break()
        told = self.env["mail.activity"].search([]) - before
        self.assertIn(case.file_number, str(told.mapped("summary")))
        own = self._as(self.employee)["mail.activity"].create(
            {"summary": "Call back", "user_id": self.employee.id}
        )
        hooks._remove_activities(self.env)
        self.assertFalse(told.exists())
        self.assertTrue(own.exists())

    def test_no_counters_stay(self):
        self._client(self.worker_a)
        found = self.env["ir.sequence"].search([("code", "=like", "integration.%")])
        self.assertTrue(found)
        hooks._remove_counters(self.env)
        self.assertFalse(found.exists())
