from odoo.tests import HttpCase, tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeUi(OfficeCommon, HttpCase):
    """Office hours of three visitors, one with a file and two without, on a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker_a.lang = "en_US"  # the tour finds its buttons by their English words

    def test_three_visitors_in_twelve_clicks(self):
        """The tour counts its clicks, and fails if it needs more than twelve."""
        self.start_tour("/odoo/integration-office", "integration_office_hours", login="worker_a")
        self.env.invalidate_all()
        visitors = self.office.visitor_ids
        self.assertEqual(visitors.mapped("state"), ["done"] * 3)
        self.assertEqual(visitors.client_id, self.client_a)
        talks = self.office.contact_ids
        self.assertEqual(len(talks), 3)
        self.assertEqual(talks.mapped("channel_id.code"), ["office_hours"])
        self.assertEqual(sorted(talks.mapped("unnamed_count")), [0, 1, 1])
        self.assertEqual(talks.case_id, self.case)
