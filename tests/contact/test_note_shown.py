from odoo.tests import HttpCase, tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestNoteShown(ContactCommon, HttpCase):
    """A form shows what was saved in a dialog over it."""

    def test_a_note_of_a_talk_stands_among_those_of_the_case(self):
        self._talk(self.case)
        self.start_tour(
            f"/odoo/integration-cases/{self.case.id}",
            "integration_note_shown",
            login=self.worker_a.login,
        )
        self.assertEqual(self.case.note_ids.body, "What was said on the telephone")
