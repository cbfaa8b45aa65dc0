from odoo.tests import tagged

from ..product.ui_common import UiCommon


@tagged("post_install", "-at_install")
class TestConcernUi(UiCommon):
    """The municipality raises a concern, a worker answers, the municipality reads the answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.municipality.lang = cls.lang

    def test_raised_answered_read(self):
        # Where she lands after her login
        self._tour("/odoo", "integration_concern_raise", self.municipality)
        concern = self.env["integration.concern"].search([], order="id desc", limit=1)
        self.assertEqual(
            (concern.source, concern.municipality_id, concern.text),
            ("municipality", self.town_a, "Musik bis nach Mitternacht"),
        )
        self._tour("/odoo/integration-concerns", "integration_concern_answer", self.worker_a)
        self.assertEqual((concern.state, concern.text), ("answered", False))
        self._tour("/odoo/integration-our-concerns", "integration_concern_read", self.municipality)
