from odoo.tests import HttpCase, tagged

from .interpreter_common import InterpreterCommon


@tagged("post_install", "-at_install")
class TestInterpreterUi(InterpreterCommon, HttpCase):
    """On a telephone: the dialog with one tap more, who interpreted."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker_a.lang = "en_US"  # the tour finds its buttons by their English words

    def _open(self, tour):
        self.start_tour(f"/odoo/integration-cases/{self.case.id}", tour, login="worker_a")
        self.env.invalidate_all()
        return self.case.contact_ids

    def test_one_tap_more(self):
        contact = self._open("integration_interpreter_tap")
        self.assertEqual(contact.interpreting_ids.interpreter_id.id, self.noor.id)
        self.assertEqual(contact.interpreting_ids.minutes, contact.duration)

    def test_two_taps_for_who_is_not_marked_as_needing(self):
        self.client.interpreter_needed = False
        contact = self._open("integration_interpreter_tick_and_tap")
        self.assertEqual(contact.interpreting_ids.interpreter_id.id, self.noor.id)
