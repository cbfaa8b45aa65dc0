from odoo.tests import tagged

from ..product.ui_common import MAX_QUICK_CLICKS, ConsoleCase
from .draft_common import DRAFT, DraftCommon

TYPED = "What cannot be said again"


@tagged("post_install", "-at_install")
class TestContactDraftUi(DraftCommon, ConsoleCase):
    """In a browser: what is typed survives the window, and is saved once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker_a.lang = "en_US"  # the tours find their buttons by their English words

    def _walk(self, name, url=None):
        url = url or f"/odoo/integration-cases/{self.case.id}"
        with self._console() as lines:
            self.start_tour(url, name, login=self.worker_a.login)
        self.env.invalidate_all()
        return "\n".join(lines)

    def test_a_note_outlives_its_window_and_is_saved_once(self):
        self._walk("integration_draft_typed")
        self.assertFalse(self.case.contact_ids)
        self.assertEqual(self._drafts()._content_for_author()["note"], TYPED)
        # What a server that starts anew knows
        self.env.registry.clear_all_caches()
        self._walk("integration_draft_again")
        self.assertEqual(self.case.contact_ids.note_ids.mapped("body"), [f"{TYPED}, and more"])
        self.assertFalse(self._drafts())
        self.assertNotIn(TYPED, self._stored())

    def test_discarded_in_the_window_is_discarded_on_the_server(self):
        self._walk("integration_draft_discarded")
        self.assertNotIn("Nothing of use", self._stored())
        self.assertFalse(self.env[DRAFT].search([]).filtered("content"))

    def test_from_my_day_in_six_clicks(self):
        said = self._walk("integration_draft_from_day", "/odoo/integration-day")
        clicks = int(said.split("clicks day: ")[1].split()[0])
        self.assertLessEqual(clicks, MAX_QUICK_CLICKS)
        self.assertEqual(self.case.contact_ids.note_ids.body, "She asked for the letter.")
        self.assertTrue(self.case.contact_ids.topic_ids)
