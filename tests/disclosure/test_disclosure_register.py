from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common import MODULE
from .test_release import DisclosureCommon


@tagged("post_install", "-at_install")
class TestDisclosureRegister(DisclosureCommon):
    """Data protection prints the register of a file without opening it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a.write(
            {
                "name": "Nadja Erfunden",
                "birthdate": "1987-06-05",
                "language_ids": cls.env.ref(f"{MODULE}.language_ar").ids,
            }
        )
        cls.other = cls._client(cls.worker_a, "Olga Anders")
        cls.first, cls.second, cls.foreign = (
            cls.register.create(
                {
                    "client_id": client.id,
                    "recipient_name": name,
                    "basis": "present",
                    "kind_ids": cls.housing.ids,
                }
            )
            for client, name in (
                (cls.client_a, "Landlord One"),
                (cls.client_a, "Landlord Two"),
                (cls.other, "Landlord Three"),
            )
        )
        cls.env.flush_all()

    def _print(self, user, records):
        reports = self._as(user)["ir.actions.report"]
        name = f"{MODULE}.integration_disclosure_register_report"
        return reports._render_qweb_html(name, records.ids)[0].decode()

    def test_whole_register_by_number_alone(self):
        page = self._print(self.dpo_a, self.first)
        for shown in (self.client_a.file_number, "Landlord One", "Landlord Two", "Wohnung"):
            self.assertIn(shown, page)
        for hidden in ("Nadja", "Erfunden", "1987", "Landlord Three", 'lang="ar"'):
            self.assertNotIn(hidden, page)

    def test_name_of_the_file(self):
        action = self.env.ref(f"{MODULE}.integration_disclosure_register_report")
        entry = self.first.with_env(self._as(self.dpo_a))
        name = f"disclosures-{self.client_a.file_number}"
        self.assertEqual(safe_eval(action.print_report_name, {"object": entry}), name)

    def test_several_files_at_once(self):
        page = self._print(self.dpo_a, self.first | self.second | self.foreign)
        self.assertEqual(page.count("Landlord One"), 1)
        self.assertIn(self.other.file_number, page)

    def test_printing_is_logged(self):
        pending = self.env.cr.postcommit.data.setdefault("integration_access_log", {})
        pending.clear()
        self._print(self.dpo_a, self.first)
        client = self.client_a.sudo()
        self.assertIn(
            (self.dpo_a.id, "print", client.id, client.file_number, client.company_id.id), pending
        )

    def test_whoever_may_not_read_the_entries(self):
        for user in (
            self.colleague_a,
            self.lead_a,
            self.worker_b,
            self.admin_a,
            self.county_user,
            self.employee,
        ):
            with (
                self.assertRaises(AccessError, msg=user.login),
                mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
            ):
                self._print(user, self.first)

    def test_finds_the_file_by_its_number(self):
        register = self._as(self.dpo_a)["integration.disclosure"]
        found = register.search([("file_number", "ilike", self.client_a.file_number)])
        self.assertEqual(found.ids, (self.second | self.first).ids)
