from odoo.tests import tagged

from ..product.ui_common import ConsoleCase
from .test_incident import SafetyCommon

MAX_TAPS = 4


@tagged("post_install", "-at_install")
class TestSafetyUi(SafetyCommon, ConsoleCase):
    """Nobody checks out who has to look for it: out and back by thumb."""

    browser_size = "390x844"
    touch_enabled = True

    def test_out_and_back_in_four_taps(self):
        with self._console() as lines:
            self.start_tour(
                f"/odoo/integration-cases/{self.case.id}",
                "integration_house_visit",
                login="worker_a",
            )
        (taps,) = [int(line.split()[-1]) for line in lines if line.startswith("clicks visit")]
        self.assertLessEqual(taps, MAX_TAPS)
        self.env.invalidate_all()
        (visit,) = self.env["integration.house.visit"].search([("case_id", "=", self.case.id)])
        self.assertEqual(visit.user_id, self.worker_a)
        self.assertTrue(visit.date_back)
