from odoo.tests import tagged

from ..product.ui_common import ConsoleCase
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestWeakNetworkUi(ContactCommon, ConsoleCase):
    """On a bad line: a save that fails says so and keeps the text, and saves once in the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker_a.lang = "en_US"  # the tours find their buttons by their English words

    def _walk(self, name, url=None):
        url = url or f"/odoo/integration-cases/{self.case.id}"
        self.start_tour(url, name, login=self.worker_a.login)
        self.env.invalidate_all()

    def test_contact(self):
        self._walk("integration_weak_contact")
        self.assertEqual(
            self.case.contact_ids.note_ids.mapped("body"), ["She has the letter, and more"]
        )
        self.assertEqual(len(self.case.contact_ids), 1)

    def test_appointment(self):
        self._walk("integration_weak_appointment")
        appointments = self.env["integration.appointment"].search([("case_id", "=", self.case.id)])
        self.assertEqual(appointments.mapped("time"), [10.5])

    def test_form(self):
        self._walk("integration_weak_form", "/odoo/integration-deadlines/new")
        self.assertEqual(self.case.deadline_ids.mapped("note"), ["Two photographs"])
