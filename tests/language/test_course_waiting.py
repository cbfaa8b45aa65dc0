from odoo.tests import tagged

from ..common import MODULE
from .language_common import LanguageCommon


@tagged("post_install", "-at_install")
class TestCourseWaiting(LanguageCommon):
    """How long each step took, and who waits longest."""

    def test_days_of_each_step(self):
        course = self._course(
            date_need=self._day(90),
            date_registered=self._day(70),
            registered_by="client",
            date_waiting=self._day(60),
        )
        values = {"days_need": 20, "days_registered": 10, "days_waiting": 60, "days_waited": 90}
        self.assertRecordValues(course, [{**values, "days_running": 0}])
        course.date_start = self._day(15)
        values.update(days_waiting=45, days_waited=75, days_running=15)
        self.assertRecordValues(course, [values])

    def test_a_step_that_was_left_out(self):
        course = self._course(date_need=self._day(40), date_start=self._day(10))
        self.assertRecordValues(
            course, [{"days_need": 30, "days_registered": 0, "days_waiting": 0, "days_waited": 30}]
        )

    def test_who_waits_longest(self):
        short = self._course(date_need=self._day(5))
        longest = self._course(
            case=self._case(self._client(self.worker_a)), date_need=self._day(90)
        )
        kind = self.env.ref(f"{MODULE}.course_kind_other").id
        over = self._course(kind_id=kind, date_need=self._day(95), date_start=self._day(3))
        closed = self._course(case=self._case(self._client(self.worker_a)), date_need=self._day(90))
        closed.case_id._close(self.env.ref(f"{MODULE}.closure_reason_goals_reached"), self._day(10))
        gone = self._course(case=self._case(self._client(self.worker_a)), date_need=self._day(90))
        self._consent(gone.client_id, "withdrawn")
        waiting = self.Course.search([("is_waiting", "=", True)], order="date_need, id")
        self.assertEqual(waiting, longest | short)
        self.assertTrue(longest.is_waiting and not over.is_waiting and not closed.is_waiting)
        self.assertFalse(waiting & self.Course.search([("is_waiting", "=", False)]))
        self.assertEqual(closed.days_waited, 80, "nobody waits after the end of the case")

    def test_the_menu_opens_who_waits(self):
        action = self.env.ref(f"{MODULE}.integration_course_enrolment_action")
        self.assertIn("search_default_still_waiting", action.context)
        self.assertIn("Nobody waits", action.help)
