from odoo.tests import HttpCase, tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestContactUi(ContactCommon, HttpCase):
    """The contact dialog in a browser."""

    def test_a_typed_note_is_not_thrown_away_without_asking(self):
        self.worker_a.lang = "en_US"  # the tour finds its buttons by their English words
        self.start_tour(
            f"/odoo/integration-cases/{self.case.id}",
            "integration_typed_words",
            login=self.worker_a.login,
        )
        self.assertFalse(self.case.contact_ids, "nothing was saved")
