from odoo.tests import tagged

from ..product.ui_common import ConsoleCase
from .assessment_common import AssessmentCase

MAX_CLICKS = 10
MAX_REVIEW_CLICKS = 12


@tagged("post_install", "-at_install")
class TestAssessmentUi(AssessmentCase, ConsoleCase):
    def _clicks(self, url, tour):
        self.worker_a.lang = "en_US"
        with self._console() as lines:
            self.start_tour(url, tour, login=self.worker_a.login, timeout=120)
        self.env.invalidate_all()
        (line,) = [line for line in lines if line.startswith("clicks ")]
        return int(line.rsplit(" ", 1)[1])

    def test_from_empty_case_to_three_goals(self):
        clicks = self._clicks(f"/odoo/integration-cases/{self.case.id}", "integration_assessment")
        self.assertLessEqual(clicks, MAX_CLICKS)
        assessment = self.case.assessment_ids
        self.assertEqual(
            [(line.strength, line.need) for line in assessment.line_ids], [(2, 4), (3, 5), (1, 3)]
        )
        self.assertEqual(self.case.plan_ids.line_count, 3)

    def test_review_of_five_goals(self):
        plan = self._plan()
        areas = self.env["integration.area"].search([("consent_purpose", "=", False)], limit=3)
        for number, area in enumerate(areas):
            plan.line_ids.create({"plan_id": plan.id, "area_id": area.id, "name": f"Goal {number}"})
        plan.action_agree(self._day(100))
        clicks = self._clicks(f"/odoo/integration-plans/{plan.id}", "integration_review")
        self.assertLessEqual(clicks, MAX_REVIEW_CLICKS)
        self.assertEqual(
            plan.line_ids.mapped("state"), ["reached", "reached", "partly", "reached", "dropped"]
        )
        self.assertEqual(plan.line_ids[-1].reason, "Moved away")
        self.assertEqual(self.case.note_ids.body, "A good half year.")
        self.assertEqual(self.case.assessment_ids.line_ids.strength, 4)
