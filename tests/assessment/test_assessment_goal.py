from odoo.tests import tagged

from .assessment_common import AssessmentCase


@tagged("post_install", "-at_install")
class TestGoalFromArea(AssessmentCase):
    """One click makes a goal in the area; the words are found with the client."""

    def test_first_plan(self):
        assessment = self._assess({self.housing: (2, 4), self.work: (3, 3)})
        for line in assessment.line_ids:
            line.action_make_goal()
            line.action_make_goal()  # a second press
        plan = self.case.plan_ids
        self.assertEqual((plan.state, plan.line_count), ("draft", 2))
        self.assertEqual(plan.line_ids.area_id, self.housing | self.work)
        self.assertEqual(assessment.line_ids.mapped("goal_state"), ["draft", "draft"])
        self.assertEqual(
            [(goal.assessed_strength, goal.assessed_need) for goal in plan.line_ids],
            [(2, 4), (3, 3)],
        )

    def test_draft_there_already(self):
        plan = self._plan()
        line = self._assess({self.work: (2, 4)}).line_ids
        line.action_make_goal()
        self.assertEqual(plan.line_ids[-1].area_id, self.work)
        self.assertEqual(self.case.plan_ids, plan)

    def test_agreed_plan_gets_a_next_version(self):
        plan = self._agreed(days_ago=20)
        line = self._assess({self.work: (2, 4)}).line_ids
        line.action_make_goal()
        self.assertEqual((plan.state, plan.line_count), ("agreed", 2))
        draft = self.case.plan_ids - plan
        self.assertEqual((draft.version, draft.line_count), (2, 3))

    def test_words_are_asked_for_before_the_agreement(self):
        self._assess({self.work: (2, 4)}).line_ids.action_make_goal()
        plan = self.case.plan_ids
        self.assertRefused("has no words yet", plan.action_agree)
        self.assertRefused("Not to be set by hand", plan.line_ids.write, {"words_missing": False})
        plan.line_ids.name = "I find work"
        plan.action_agree()
        self.assertEqual(plan.state, "agreed")

    def test_refused(self):
        line = self._assess({self.work: (2, 4)}).line_ids
        self.assertRefused(
            "belongs to a life area", self.case.env["integration.plan.line"].create,
            {"plan_id": self._plan().id, "name": "Without an area"},
        )  # fmt: skip
        self.assertDenied(line.with_user(self.colleague_a).action_make_goal)
        self.case._close(self.goals_reached, self.today)
        self.assertRefused("gets no new plan", line.action_make_goal)

    def test_health_goal_needs_its_consent(self):
        self._consent(self.client, purpose="health")
        line = self._assess({self.health: (2, 4)}).line_ids
        self._consent(self.client, "withdrawn", purpose="health")
        self.assertRefused("no consent to health data", line.action_make_goal)
