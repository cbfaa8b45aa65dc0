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
        areas = {code: cls.env.ref(f"{MODULE}.area_{code}").ids for code in ("housing", "asylum")}
        cls.centre, cls.housing, _far = cls.env["integration.service"].create(
            [
                {"name": "Migration Counselling", "area_ids": areas["asylum"]},
                {
                    "name": "Wohnraumhilfe",
                    "area_ids": areas["housing"],
                    "municipality_ids": cls.town_a.ids,
                },
                {
                    "name": "Ferne Wohnraumhilfe",
                    "area_ids": areas["housing"],
                    "municipality_ids": cls.town_b.ids,
                },
            ]
        )
        cls.env.ref(f"{MODULE}.guard_rail_family_reunification").service_ids = cls.centre

    def test_two_clicks_more(self):
        clicks = dict(self._tour("/odoo/integration-cases", "integration_referral", self.worker_a))
        for name in ("referral", "offered"):
            more = int(clicks[f"clicks {name}"]) - int(clicks["clicks plain"])
            self.assertLessEqual(more, 2, name)
        led, offered = self.case.referral_ids.sorted("id")
        self.assertEqual(led.service_id, self.centre)
        self.assertEqual(led.contact_id.topic_ids.code, "family_reunification")
        self.assertEqual(offered.service_id, self.housing)
        self.assertEqual(offered.contact_id.topic_ids.code, "housing_search")

    def test_a_stop_speaks_and_loses_nothing(self):
        self._tour("/odoo/integration-cases", "integration_stopped", self.worker_a)
        contact = self.case.contact_ids
        self.assertFalse(contact.topic_ids)
        self.assertEqual(contact.note_ids.body, "Words that must not get lost")
