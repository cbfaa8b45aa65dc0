from odoo.tests import HttpCase, tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestVolunteerUi(IntegrationCommon, HttpCase):
    """From the case: what is wanted, who was found, and since when."""

    browser_size = "1400x900"

    def test_from_the_wish_to_the_first_meeting(self):
        self.worker_a.lang = "en_US"
        case = self._case(self._client(self.worker_a, "Searching Person"))
        self.env["integration.service"].create({"name": "Sports Club Example"})
        self.start_tour(
            f"/odoo/integration-cases/{case.id}", "integration_volunteer_match", login="worker_a"
        )
        self.env.invalidate_all()
        match = case.match_ids
        self.assertEqual((match.state, match.recipient_name), ("running", "Sports Club Example"))
        self.assertEqual(match.date_start, self.today)
