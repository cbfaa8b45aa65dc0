from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import Form, tagged

from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestGoodGoal(PlanCase):
    """The helper says what a goal does not say yet, and never stands in the way."""

    def _goal(self, **values):
        plan = self._plan(
            line_ids=[
                Command.create(
                    {"area_id": self.housing.id, "name": "Find a flat of our own", **values}
                )
            ]
        )
        return plan.line_ids

    def test_what_is_not_said_is_named(self):
        goal = self._goal()
        self.assertRegex(goal.advice, "(?s)see that.*[Uu]ntil when.*step")
        self.assertEqual(goal.unsaid, "how it is seen, until when, who does what first")
        goal.recognised_by = "The tenancy agreement is signed"
        goal.date_target = self._day(-90)
        goal.step_ids = [Command.create({"name": "Look at adverts"})]
        self.assertFalse(goal.advice)
        self.assertFalse(goal.unsaid)

    def test_a_word_is_no_goal(self):
        self.assertIn("what is reached", self._goal(name="Flat").unsaid)

    def test_days_that_do_not_go_together(self):
        goal = self._goal(
            date_target=self._day(-30),
            step_ids=[Command.create({"name": "Look at adverts", "date_due": self._day(-31)})],
        )
        self.assertIn("after the goal", goal.advice)
        goal.step_ids.date_due = self._day(-30)
        self.assertNotIn("after the goal", goal.advice)
        goal.date_target = self.today + relativedelta(months=13)
        self.assertIn("more than a year", goal.advice)

    def test_it_speaks_while_typing(self):
        with Form(self.Plan) as form:
            form.case_id = self.case
            with form.line_ids.new() as goal:
                goal.area_id = self.housing
                goal.name = "Find a flat of our own"
                self.assertIn("see that", goal.advice)
                goal.recognised_by = "The tenancy agreement is signed"
                self.assertNotIn("see that", goal.advice)

    def test_it_never_blocks(self):
        goal = self._goal(name="Flat")
        goal.plan_id.action_agree()
        self.assertEqual(goal.plan_id.state, "agreed")

    def test_how_it_is_seen_is_agreed_like_the_words(self):
        goal = self._goal(recognised_by="The tenancy agreement is signed")
        goal.plan_id.action_agree()
        self.assertRefused("was agreed", goal.write, {"recognised_by": "Something else"})
        draft = self.Plan.browse(goal.plan_id.action_new_version()["res_id"])
        self.assertEqual(draft.line_ids.recognised_by, "The tenancy agreement is signed")

    def test_it_stands_on_the_sheet(self):
        goal = self._goal(recognised_by="The tenancy agreement is signed")
        html = self.env["ir.actions.report"]._render_qweb_html(
            "integration_management.integration_plan_sheet", goal.plan_id.ids
        )[0]
        self.assertIn("The tenancy agreement is signed", html.decode())


@tagged("post_install", "-at_install")
class TestDaysOfGoals(PlanCase):
    def test_nothing_is_due_before_the_case_began(self):
        plan = self._plan()
        goal, step = plan.line_ids[0], plan.step_ids[0]
        for record, name in ((goal, "date_target"), (step, "date_due")):
            with self.subTest(name):
                self.assertRefused(
                    f"{self.case.file_number}.*start of the case",
                    record.write,
                    {name: self._day(401)},
                )
                record[name] = self._day(400)
        self.assertRefused(
            "start of the case",
            self._plan,
            case=self._case(self._client(self.worker_a), days_ago=3),
            line_ids=[
                Command.create(
                    {"area_id": self.housing.id, "name": "A flat", "date_target": self._day(4)}
                )
            ],
        )

    def test_the_order_is_agreed_too(self):
        """What both hold on paper has its order; in a draft goals and steps are moved."""
        plan = self._plan()
        first, second = plan.line_ids
        first.sequence, second.sequence = 2, 1
        self.env.invalidate_all()
        self.assertEqual(plan.line_ids, second | first)
        plan.action_agree()
        self.assertRefused("was agreed", first.write, {"sequence": 0})
        draft = self.Plan.browse(plan.action_new_version()["res_id"])
        self.assertEqual(draft.line_ids.mapped("name"), [second.name, first.name])
