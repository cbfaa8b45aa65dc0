from odoo.tests import tagged

from ..common import MODULE
from ..product.ui_common import UiCommon


@tagged("post_install", "-at_install")
class TestReferralUi(UiCommon):
    """A referral takes two clicks more than the talk it is made in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a, "Beispiel, Person"))
        cls.centre = cls.env["integration.service"].create({"name": "Migration Counselling"})
        cls.env.ref(f"{MODULE}.guard_rail_family_reunification").service_ids = cls.centre

    def test_two_clicks_more(self):
        clicks = dict(self._tour("/odoo/integration-cases", "integration_referral", self.worker_a))
        more = int(clicks["clicks referral"]) - int(clicks["clicks plain"])
        self.assertLessEqual(more, 2)
        self.assertEqual(self.case.referral_ids.service_id, self.centre)
        self.assertEqual(self.case.referral_ids.contact_id.topic_ids.code, "family_reunification")

    def test_a_stop_speaks_and_loses_nothing(self):
        self._tour("/odoo/integration-cases", "integration_stopped", self.worker_a)
        contact = self.case.contact_ids
        self.assertFalse(contact.topic_ids)
        self.assertEqual(contact.note_ids.body, "Words that must not get lost")
