from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MODULE, IntegrationCommon


class PlanCase(IntegrationCommon):
    """A case with consent, 400 days old, kept by worker_a."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case_start = cls._day(400)
        cls.housing = cls.env.ref(f"{MODULE}.area_housing")
        cls.language = cls.env.ref(f"{MODULE}.area_language")
        cls.goals_reached = cls.env.ref(f"{MODULE}.closure_reason_goals_reached")
        cls.client = cls._client(cls.worker_a, "Amina Planova", consent=False)
        cls._consent(cls.client, date=cls.case_start)
        cls._consent(cls.client, purpose="transfer", date=cls.case_start)
        cls.case = cls._case(cls.client, days_ago=400)
        cls.Plan = cls.case.env["integration.plan"]

    @classmethod
    def _day(cls, days_ago):
        return cls.today - timedelta(days=days_ago)

    def _plan(self, case=None, **values):
        """Return a draft with two goals, the first one with two steps."""
        return self.Plan.create(
            {
                "case_id": (case or self.case).id,
                "line_ids": [
                    Command.create(
                        {
                            "area_id": self.language.id,
                            "name": "I pass the B1 exam",
                            "step_ids": [
                                Command.create({"name": "Register for the course"}),
                                Command.create({"name": "Ask for a seat", "owner": "worker"}),
                            ],
                        }
                    ),
                    Command.create({"area_id": self.housing.id, "name": "A flat of our own"}),
                ],
                **values,
            }
        )

    def _agreed(self, days_ago=0, **values):
        plan = self._plan(**values)
        plan.action_agree(self._day(days_ago))
        return plan

    def assertRefused(self, message, function, *args, **kwargs):
        """Nothing of a refused call stays behind, and the message says what is wrong."""
        with self.assertRaises(UserError) as caught:
            function(*args, **kwargs)
            self.env.flush_all()
        self.assertRegex(str(caught.exception), message)
        self.assertNotIn("Planova", str(caught.exception))

    def assertDenied(self, function, *args):
        self.env.invalidate_all()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            function(*args)
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestPlanAgreement(PlanCase):
    def test_draft(self):
        plan = self._plan()
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "draft",
                    "version": 1,
                    "origin_id": plan.id,
                    "company_id": self.company_a.id,
                    "municipality_id": self.town_a.id,
                    "client_id": self.client.id,
                    "user_id": self.worker_a.id,
                    "date_agreed": False,
                }
            ],
        )
        self.assertEqual(plan.display_name, f"{self.case.file_number} – Plan v1")
        self.assertEqual(plan.step_ids, plan.line_ids.step_ids)
        self.assertFalse(self.case.has_plan)

    def test_agree_defaults(self):
        plan = self._agreed()
        self.assertEqual((plan.state, plan.date_agreed), ("agreed", self.today))
        self.assertGreater(plan.date_next_review, self._day(-175))
        self.assertTrue(self.case.has_plan)
        self.assertEqual(self.case.date_next_review, plan.date_next_review)

    def test_today_is_berlin(self):
        """At half past eleven in the evening UTC it is tomorrow in Berlin already."""
        tomorrow = self._day(-1)
        with freeze_time(f"{self.today} 23:30:00"):
            plan = self._plan()
            plan.action_agree()
        self.assertEqual(plan.date_agreed, tomorrow)

    def test_agree_belongs_to_who_agreed(self):
        """The figures count the plan for who agreed it, not for who drafted it."""
        plan = self._plan()
        self.case.with_env(self._as(self.lead_a)).user_id = self.colleague_a
        plan.with_user(self.colleague_a).action_agree()
        self.assertEqual(plan.user_id, self.colleague_a)

    def test_agree_dialog(self):
        plan = self._plan()
        with Form(plan.env["integration.plan.agree"].with_context(default_plan_id=plan.id)) as form:
            self.assertEqual(form.date, self.today)
            form.date = self._day(10)
            self.assertLess(form.date_next_review, self._day(-178))
        form.record.action_agree()
        self.assertEqual(plan.date_agreed, self._day(10))

    def test_planned_review_is_kept(self):
        review = self._day(-30)
        self.assertEqual(self._agreed(date_next_review=review).date_next_review, review)

    def test_no_goal(self):
        plan = self.Plan.create({"case_id": self.case.id})
        self.assertRefused(f"{self.case.file_number}.*no goal", plan.action_agree)

    def test_twice(self):
        plan = self._agreed()
        self.assertRefused("is no draft", plan.action_agree)

    def test_bad_dates(self):
        plan = self._plan()
        for date, review, message in (
            (self._day(-1), None, "in the future"),
            (self._day(401), None, "before the start of the case"),
            (self.today, self.today, "next review follows"),
        ):
            with self.subTest(message):
                self.assertRefused(message, plan.action_agree, date, review)

    def test_before_consent(self):
        """The case is older than the consent: a plan of that time would have had none."""
        client = self._client(self.worker_a, "Late Signer", consent=False)
        case = self._case(client, days_ago=400)
        self._consent(client, date=self._day(5))
        plan = self._plan(case)
        self.assertRefused("or the consent", plan.action_agree, self._day(6))
        plan.action_agree(self._day(5))
        self.assertEqual(plan.state, "agreed")

    def test_due_before_agreement(self):
        plan = self._plan()
        plan.line_ids[0].step_ids[0].date_due = self._day(1)
        self.assertRefused("due before the agreement", plan.action_agree)
        plan.action_agree(self._day(2))
        self.assertEqual(plan.state, "agreed")

    def test_second_plan(self):
        plan = self._plan()
        self.assertRefused("has a plan already", self._plan)
        plan.action_agree()
        self.assertRefused("has a plan already", self._plan)

    def test_closed_case(self):
        self.case._close(self.env.ref(f"{MODULE}.closure_reason_goals_reached"), self.today)
        self.assertRefused("is closed", self._plan)


@tagged("post_install", "-at_install")
class TestPlanFrozen(PlanCase):
    def test_goals_are_fixed(self):
        """Over RPC a goal is one write away; client and worker hold it on paper."""
        plan = self._agreed()
        goal = plan.line_ids[0]
        step = goal.step_ids[0]
        for record, vals in (
            (goal, {"name": "Something else"}),
            (goal, {"date_target": self.today}),
            (goal, {"area_id": self.housing.id}),
            (goal, {"step_ids": [Command.create({"name": "One more"})]}),
            (goal, {"step_ids": [Command.update(step.id, {"name": "Something else"})]}),
            (step, {"name": "Something else"}),
            (step, {"date_due": self.today}),
            (step, {"owner": "worker"}),
            (plan, {"line_ids": [Command.update(goal.id, {"name": "Something else"})]}),
            (plan, {"line_ids": [Command.clear()]}),
            (plan, {"line_ids": [Command.create({"name": "New", "area_id": self.housing.id})]}),
            (plan, {"client_ids": [Command.clear()]}),
        ):
            with self.subTest(model=record._name, vals=vals):
                self.assertRefused("was agreed", record.write, vals)
        for record in (step, goal, plan):
            with self.subTest(model=record._name):
                self.assertRefused("was agreed", record.unlink)

    def test_progress_moves(self):
        plan = self._agreed()
        goal = plan.line_ids[0]
        goal.write({"state": "partly", "reason": "One part is missing"})
        plan.write({"line_ids": [Command.update(plan.line_ids[1].id, {"state": "reached"})]})
        goal.step_ids[0].action_tick_off()
        self.assertEqual(goal.step_ids[0].date_done, self.today)
        goal.step_ids[0].action_open_again()
        self.assertRecordValues(goal.step_ids[0], [{"state": "open", "date_done": False}])
        plan.date_next_review = self._day(-50)
        self.assertEqual(plan.line_reached_count, 1)

    def test_result_needs_reason(self):
        goal = self._agreed().line_ids[0]
        for state in ("missed", "dropped"):
            self.assertRefused("say why", goal.write, {"state": state, "reason": " "})

    def test_done_in_future(self):
        step = self._agreed().line_ids[0].step_ids[0]
        done = {"state": "done", "date_done": self._day(-1)}
        self.assertRefused("in the future", step.write, done)

    def test_states_by_buttons_only(self):
        """Neither a value nor a default nor a forged context key moves a plan."""
        for vals in ({"state": "agreed"}, {"date_agreed": self.today}, {"version": 7}):
            with self.subTest(vals):
                self.assertRefused("by hand", self._plan, **vals)
        plan = self.Plan.with_context(
            default_state="agreed", default_date_agreed=self.today, integration_system=1
        ).create({"case_id": self.case.id})
        self.assertEqual((plan.state, plan.date_agreed), ("draft", False))
        for vals in ({"state": "agreed"}, {"origin_id": False}, {"user_id": self.colleague_a.id}):
            with self.subTest(vals):
                forged = plan.with_context(integration_system=True)
                self.assertRefused("by hand", forged.write, vals)
        plan.unlink()
        plan = self._agreed()
        self.assertRefused("was agreed", plan.write, {"state": "draft"})

    def test_derived_values_cannot_be_forged(self):
        """A forged client would pass the consent gate of somebody else."""
        bare = self._case(self._client(self.worker_a, "No Consent", consent=False))
        self.assertRefused("by hand", self._plan, bare, client_id=self.client.id)
        forged = self.Plan.with_context(default_client_id=self.client.id)
        self.assertRefused("no valid consent", forged.create, {"case_id": bare.id})
        plan = self._plan()
        self.assertRefused("by hand", plan.line_ids[0].step_ids[0].write, {"case_id": bare.id})
        self.assertRefused("by hand", plan.write, {"company_id": self.company_b.id})

    def test_parts_stay_in_their_plan(self):
        plan = self._plan()
        other = self._plan(self._case(self._client(self.worker_a, "Other")))
        goal, step = plan.line_ids[0], plan.line_ids[0].step_ids[0]
        self.assertRefused("by hand", goal.write, {"plan_id": other.id})
        self.assertRefused("by hand", step.write, {"line_id": other.line_ids[0].id})
        self.assertRefused("by hand", plan.write, {"case_id": other.case_id.id})

    def test_draft_is_free(self):
        plan = self._plan()
        goal, second = plan.line_ids
        goal.write({"name": "Another goal", "date_target": self.today})
        goal.step_ids[1].unlink()
        second.unlink()
        plan.unlink()
        self.assertFalse(self.env["integration.plan.step"].search([("case_id", "=", self.case.id)]))
