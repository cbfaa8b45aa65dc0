from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestLate(IntegrationCommon):
    """Plans, reviews and cases that a submitted report does not know of bear a mark."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.env["integration.area"].search([], limit=1)
        cls.reason = cls.env.ref(f"{MODULE}.closure_reason_goals_reached")
        cls.case = cls._case(cls._client(cls.worker_a))
        cls.former = cls._case(cls._client(cls.worker_a))
        cls.plan = cls._plan(cls.former, 90)
        cls.env.flush_all()
        # 60 to 30 days ago
        cls.report = cls._as(cls.lead_a)["integration.report"].create(
            {"date_from": cls._day(60), "date_to": cls._day(30)}
        )
        cls.report.action_submit()

    @classmethod
    def _day(cls, days_ago):
        return cls.today - timedelta(days=days_ago)

    @classmethod
    def _plan(cls, case, days_ago):
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [Command.create({"area_id": cls.area.id, "name": "Goal"})],
            }
        )
        plan.action_agree(cls._day(days_ago))
        return plan

    def _late(self, record):
        self.env.flush_all()
        self.env.invalidate_all()
        return record.is_late

    def _review(self, days_ago):
        return self.plan.env["integration.plan.review"].create(
            {"plan_id": self.plan.id, "date": self._day(days_ago)}
        )

    def test_plan_agreed_in_the_period(self):
        self.assertTrue(self._late(self._plan(self.case, 45)))
        self.assertFalse(self._late(self.case))

    def test_plan_agreed_before_was_active(self):
        """Agreed before the period and entered now: the report counts one active plan less."""
        self.assertTrue(self._late(self._plan(self.case, 80)))

    def test_plan_of_today(self):
        self.assertFalse(self._late(self._plan(self.case, 5)))
        draft = self.former.plan_ids.action_new_version()
        self.assertFalse(self._late(self.env["integration.plan"].browse(draft["res_id"])))

    def test_version_agreed_in_the_period(self):
        """A further version continues the chain on its day, and nothing before or after."""
        self.plan.action_new_version()
        version = self.former.plan_ids.filtered(lambda plan: plan.state == "draft")
        version.action_agree(self._day(70))
        self.assertFalse(self._late(version), "the chain was active anyway")
        version.action_new_version()
        third = self.former.plan_ids.filtered(lambda plan: plan.state == "draft")
        third.action_agree(self._day(40))
        self.assertTrue(self._late(third))
        self.assertFalse(self._late(self.plan))

    def test_review(self):
        self.assertTrue(self._late(self._review(45)))
        review = self._review(5)
        self.assertFalse(self._late(review))
        review.date = self._day(31)
        self.assertTrue(self._late(review))
        plans = self._as(self.worker_a)["integration.plan"]
        mine = plans.search([("review_ids.is_late", "=", True)])
        self.assertEqual(mine, self.plan)

    def test_case_opened_late(self):
        client = self._client(self.worker_a, consent=False)
        self._consent(client, date=self._day(55))
        self.assertTrue(self._late(self._case(client, days_ago=50)))
        client = self._client(self.worker_a, consent=False)
        self._consent(client, date=self._day(20))
        self.assertFalse(self._late(self._case(client, days_ago=50)), "counted from the consent")

    def test_closed_as_of_a_submitted_day(self):
        self.case._close(self.reason, self._day(40))
        self.assertTrue(self._late(self.case))

    def test_closed_before_with_a_plan(self):
        """An end before the period is missed by its active plans and open cases."""
        self.former._close(self.reason, self._day(70))
        self.assertTrue(self._late(self.former))
        self.case._close(self.reason, self._day(70))
        self.assertTrue(self._late(self.case), "without a plan")
        client = self._client(self.worker_a, consent=False)
        uncounted = self._case(client, days_ago=100)
        uncounted._close(self.reason, self._day(70))
        self.assertFalse(self._late(uncounted), "was never counted as open")

    def test_closed_today(self):
        """What was opened and agreed long ago ends today: nothing of it is late."""
        self.former._close(self.reason, self.today)
        self.assertFalse(self._late(self.former))
        self.assertFalse(self._late(self.plan))
        self.assertEqual(
            self._as(self.lead_a)["integration.case"].search_count([("is_late", "=", True)]), 0
        )

    def test_outside_the_scope(self):
        case = self._case(self._client(self.worker_b))
        self.assertFalse(self._late(self._plan(case, 45)))
        case._close(self.reason, self._day(40))
        self.assertFalse(self._late(case))

    def test_whose_work_it_was(self):
        """Another worker's report does not cover it; that of the worker then responsible does."""
        own = self._as(self.colleague_a)["integration.report"].create(
            {
                "date_from": self._day(20),
                "date_to": self._day(10),
                "scope": "worker",
                "user_id": self.colleague_a.id,
            }
        )
        own.action_submit()
        self.case._close(self.reason, self._day(15))
        self.assertFalse(self._late(self.case))

    def test_mark_cannot_be_forged(self):
        for record in (self.plan, self.case):
            with self.assertRaises(UserError):
                record.is_late = True
        review = self._review(45)
        with self.assertRaises(UserError):
            review.is_late = False


@tagged("post_install", "-at_install")
class TestContactLate(IntegrationCommon):
    """What a submitted report no longer contains bears a mark."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a))
        cls.former = cls._talk(cls.case, days_ago=30)
        cls.outside = cls._talk(cls.case, days_ago=5)
        cls.report = cls._as(cls.lead_a)["integration.report"].create(
            {"date_from": cls.former.date.replace(day=1), "date_to": cls.former.date}
        )
        cls.report.action_submit()

    def test_only_what_comes_after_the_submission(self):
        self.assertFalse(self.former.is_late)
        self.assertTrue(self._talk(self.case, days_ago=30).is_late)
        self.assertFalse(self._talk(self.case, days_ago=29).is_late)
        found = self._as(self.worker_a)["integration.contact"].search([("is_late", "=", True)])
        self.assertEqual(len(found), 1)

    def test_changes_that_count(self):
        self.former.duration = 45
        self.assertFalse(self.former.is_late, "minutes are in no figure")
        topic = self.env["integration.topic"].search([], limit=1)
        self.former.topic_ids = [Command.link(topic.id)]
        self.assertTrue(self.former.is_late)

    def test_moved_out_of_and_into_the_period(self):
        self.former.date = self.outside.date
        self.assertTrue(self.former.is_late)
        self.assertFalse(self.outside.is_late)
        self.outside.date = self.report.date_to
        self.assertTrue(self.outside.is_late)

    def test_cancelled_later(self):
        self.former.cancelled = True
        self.assertTrue(self.former.is_late)

    def test_outside_the_scope(self):
        """The figures of one employer say nothing about another's talks."""
        case = self._case(self._client(self.worker_b))
        self.assertFalse(self._talk(case, days_ago=30).is_late)

    def test_draft_marks_nothing(self):
        self._as(self.lead_a)["integration.report"].create(
            {"date_from": self.outside.date, "date_to": self.outside.date}
        )
        self.assertFalse(self._talk(self.case, days_ago=5).is_late)

    def test_mark_cannot_be_forged(self):
        with self.assertRaises(UserError):
            self.former.is_late = True
        talk = self._talk(self.case, days_ago=30)
        with self.assertRaises(UserError):
            talk.is_late = False
