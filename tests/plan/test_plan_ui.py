from odoo.tests import Form, HttpCase, tagged

from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestPlanUi(PlanCase, HttpCase):
    def test_form(self):
        """The form asks for a goal and offers the household, nobody else."""
        with Form(self.Plan) as form:
            form.case_id = self.case
            with form.line_ids.new() as goal:
                goal.area_id = self.housing
                goal.name = "A flat of our own"
                with goal.step_ids.new() as step:
                    step.name = "Look at adverts"
                    step.date_due = self.today
        plan = form.record
        self.assertEqual(plan.step_ids.owner, "client", "help for self-help comes first")
        self.assertEqual(plan.state, "draft")

    def test_agreed_form_is_readonly(self):
        plan = self._agreed()
        form = Form(plan)
        with self.assertRaises(AssertionError), form.line_ids.edit(0) as goal:
            goal.name = "Something else"
        with form.line_ids.edit(0) as goal:
            goal.state = "reached"
        form.save()
        self.assertEqual(plan.line_reached_count, 1)

    def test_tour(self):
        """Agree a plan and tick a step, as it is done in a talk."""
        self.worker_a.lang = "en_US"  # the tour finds its buttons by their English words
        self._consent(self.client, purpose="health")
        plan = self._plan()
        url = f"/odoo/integration-plans/{plan.id}"
        self.start_tour(url, "integration_plan", login=self.worker_a.login)
        self.env.invalidate_all()
        self.assertEqual(plan.state, "agreed")
        self.assertEqual(plan.step_ids.mapped("state"), ["done", "open", "open"])
        self.assertEqual(plan.version_count, 2)
