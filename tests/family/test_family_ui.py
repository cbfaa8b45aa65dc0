from odoo.tests import tagged

from ..product.ui_common import UiCommon
from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestFamilyUi(FamilyCommon, UiCommon):
    """Birth and separation from the case page, as a hand does it."""

    @property
    def url(self):
        return f"/odoo/integration-cases/{self.case.id}"

    def _done(self, name, **kwargs):
        return dict(self._tour(self.url, name, self.worker_a, **kwargs))

    def test_birth_in_a_few_clicks(self):
        clicks = self._done("integration_birth")
        baby = self.case.member_ids - self.father - self.child
        self.assertEqual((baby.name, baby.consent_state), ("Beispielenko, Danylo", "given"))
        self.assertLessEqual(int(clicks["clicks birth"]), 6)

    def test_separation(self):
        self._done("integration_separation")
        self.assertFalse(self.father.household_id)
        self.assertTrue(self.father.protected_address)
        self.assertNotIn(self.father, self.case.member_ids)


@tagged("post_install", "-at_install")
class TestFamilyUiPhone(TestFamilyUi):
    """The same with a thumb, at 390 px."""

    browser_size = "390x844"
    touch_enabled = True
