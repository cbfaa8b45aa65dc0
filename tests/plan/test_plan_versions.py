from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from ..common import MODULE
from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestPlanVersions(PlanCase):
    def _next(self, plan):
        return self.Plan.browse(plan.action_new_version()["res_id"])

    def test_new_version(self):
        plan = self._agreed(days_ago=100)
        first, second = plan.line_ids
        first.step_ids[0].action_tick_off()
        second.state = "reached"
        draft = self._next(plan)
        self.assertEqual((draft.version, draft.origin_id, draft.state), (2, plan, "draft"))
        self.assertEqual(draft.line_ids.mapped("name"), [first.name])
        self.assertEqual(draft.step_ids.mapped("name"), ["Ask for a seat"])
        self.assertEqual(plan.state, "agreed", "stays in force until the next one is agreed")
        self.assertTrue(self.case.has_plan)

        draft.action_agree(self._day(3))
        self.assertEqual((plan.state, plan.date_ended), ("ended", self._day(3)))
        self.assertEqual(draft.version_count, 2)
        self.assertEqual(self._next(draft).version, 3)

    def test_one_draft(self):
        plan = self._agreed()
        draft = self._next(plan)
        self.assertEqual(self._next(plan), draft, "a second click opens the draft again")
        draft.unlink()
        plan._end(self.today)
        self.assertRefused("not in force", plan.action_new_version)

    def test_agreed_before_previous(self):
        plan = self._agreed(days_ago=10)
        self.assertRefused("cannot be agreed before", self._next(plan).action_agree, self._day(11))

    def test_ended_is_closed_for_writing(self):
        plan = self._agreed(days_ago=10)
        self._next(plan).action_agree()
        self.assertRefused("was agreed", plan.line_ids[0].write, {"state": "reached"})
        self.assertRefused("was agreed", plan.write, {"date_next_review": self._day(-9)})

    def test_end_with_case(self):
        plan = self._agreed(days_ago=10)
        draft = self._next(plan)
        self.case._close(self.env.ref(f"{MODULE}.closure_reason_goals_reached"), self.today)
        self.assertRecordValues(
            plan | draft,
            [
                {"state": "ended", "date_ended": self.today, "date_agreed": plan.date_agreed},
                {"state": "ended", "date_ended": self.today, "date_agreed": False},
            ],
        )
        self.assertFalse(self.case.has_plan)

    def test_end_without_consent(self):
        """A withdrawal stops the writing, but never keeps a case open."""
        plan = self._agreed(days_ago=10)
        self._consent(self.client, "withdrawn")
        self.assertRefused("no valid consent", plan.line_ids[0].write, {"state": "reached"})
        plan._end(self.today)
        self.assertEqual(plan.state, "ended")

    def test_end_before_agreement(self):
        plan = self._agreed(days_ago=10)
        self.assertRefused("agreed only after that day", plan._end, self._day(11))

    def test_municipality_of_its_time(self):
        """A move must not take the plan of the old place along into its figures."""
        plan = self._agreed(days_ago=10)
        self.mandate_a.copy({"municipality_id": self.town_b.id})
        self.case.sudo().municipality_id = self.town_b
        self.assertEqual(plan.municipality_id, self.town_a)


@tagged("post_install", "-at_install")
class TestPlanReview(PlanCase):
    def test_before_a_plan_is_chosen(self):
        """A new form asks for the place of no case yet, and does not break."""
        typed = self._as(self.worker_a)["integration.plan.review"].new({"date": self.today})
        self.assertFalse(typed.municipality_id)

    def _review(self, plan, days_ago=0, **values):
        return plan.env["integration.plan.review"].create(
            {"plan_id": plan.id, "date": self._day(days_ago), **values}
        )

    def test_dialog(self):
        plan = self._agreed(days_ago=200)
        action = plan.action_review()
        with Form(plan.env[action["res_model"]].with_context(**action["context"])) as form:
            form.date_next_review = self._day(-90)
            form.note = "He found the course by himself."
        wizard = form.record
        wizard.action_record()
        review = plan.review_ids
        self.assertRecordValues(
            review,
            [
                {
                    "date": self.today,
                    "user_id": self.worker_a.id,
                    "origin_id": plan.id,
                    "case_id": self.case.id,
                    "company_id": self.company_a.id,
                    "municipality_id": self.town_a.id,
                }
            ],
        )
        self.assertEqual(plan.date_next_review, self._day(-90))
        self.assertEqual(self.case.note_ids.body, "He found the course by himself.")
        self.assertFalse(wizard.note)

    def test_late_entry_keeps_next_review(self):
        plan = self._agreed(days_ago=300)
        self._review(plan, 10, date_next_review=self._day(-100))
        self._review(plan, 50, date_next_review=self._day(-60))
        self.assertEqual(plan.date_next_review, self._day(-100))

    def test_bad_dates(self):
        plan = self._agreed(days_ago=20)
        self.assertRefused("follows the agreement", self._review, plan, 21)
        self.assertRefused("in the future", self._review, plan, -1)
        self.assertRefused("after this one", self._review, plan, 5, date_next_review=self._day(5))

    def test_only_in_force(self):
        draft = self._plan()
        self.assertRefused("follows the agreement", self._review, draft)
        draft.action_agree()
        draft._end(self.today)
        self.assertRefused("not in force", self._review, draft)

    def test_fixed(self):
        review = self._review(self._agreed(days_ago=20))
        self.assertRefused("by hand", review.write, {"user_id": self.colleague_a.id})
        review.date = self._day(1)

    def test_slip_of_the_same_day(self):
        plan = self._agreed(days_ago=20)
        review = self._review(plan)
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.assertRefused("slip of today", review.unlink)
        self.case.with_env(self._as(self.lead_a)).user_id = self.colleague_a
        self.assertRefused("slip of today", review.with_user(self.colleague_a).unlink)
        self.case.with_env(self._as(self.lead_a)).user_id = self.worker_a
        review.unlink()
        self.assertFalse(plan.review_ids)
