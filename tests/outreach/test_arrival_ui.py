from odoo.tests import tagged

from ..product.ui_common import UiCommon

MAX_CLICKS = 12


@tagged("post_install", "-at_install")
class TestArrivalUi(UiCommon):
    """From the outreach list to consent and case, with nothing typed twice."""

    def test_arrival_becomes_a_case(self):
        arabic = self.env["integration.language"].search([("code", "=", "ar")])
        arrival = self._as(self.worker_a)["integration.arrival"].create(
            {
                "municipality_id": self.town_a.id,
                "user_id": self.worker_a.id,
                "street": "Tourstraße 4",
                "city": "Aheim",
                "name": "Beispielenko, Olha",
                "language_ids": arabic.ids,
            }
        )
        self.env.flush_all()
        (clicks,) = self._tour(
            "/odoo/integration-outreach", "integration_arrival", self.worker_a, timeout=120
        )
        self.assertLessEqual(int(clicks[1]), MAX_CLICKS)
        self.assertEqual((arrival.state, arrival.name), ("accepted", False))
        client = self._as(self.worker_a)["integration.client"].search(
            [("name", "=", "Beispielenko, Olha")]
        )
        self.assertEqual(
            (client.street, client.city, client.consent_state), ("Tourstraße 4", "Aheim", "given")
        )
        self.assertEqual(client.language_ids.ids, arabic.ids)
        self.assertEqual(client.case_ids.municipality_id, self.town_a)
        self.assertTrue(client.household_id)
