from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .language_common import LanguageCommon


@tagged("post_install", "-at_install")
class TestCourseEnrolment(LanguageCommon):
    """The way into a course and through it, step by step, each with its day."""

    def test_the_way(self):
        form = Form(self.Course.with_context(default_case_id=self.case.id))
        form.kind_id = self.general
        course = form.save()
        self.assertRecordValues(
            course, [{"client_id": self.client_a.id, "state": "need", "date_state": self.today}]
        )
        course.date_need = self._day(90)
        course.write({"date_registered": self._day(60), "registered_by": "client"})
        self.assertEqual((course.state, course.date_state), ("registered", self._day(60)))
        course.date_waiting = self._day(50)
        self.assertEqual(course.state, "waiting")
        course.date_start = self._day(10)
        self.assertEqual(course.state, "running")
        self._finish(course, outcome="no_certificate")
        self.assertRecordValues(
            course, [{"state": "no_certificate", "date_end": self.today, "level_id": False}]
        )

    def test_buttons(self):
        course = self._course(date_planned=self.today + timedelta(days=20))
        course.action_waiting()
        self.assertEqual((course.state, course.date_waiting), ("waiting", self.today))
        course.action_begin()
        self.assertEqual(course.date_start, self.today, "the planned day has not come")
        other = self._course(
            kind_id=self.env.ref(f"{MODULE}.course_kind_vocational_b2").id,
            date_need=self._day(30),
            date_planned=self._day(3),
        )
        other.action_begin()
        self.assertEqual(other.date_start, self._day(3), "begun as announced")

    def test_a_course_from_before_the_counselling(self):
        """Nobody is made to write what is not true: it began before the consent."""
        course = self._course(date_need=False, date_start=self._day(300))
        self.assertEqual((course.state, course.days_waited), ("running", 0))

    def test_a_relative_belongs_to_the_case(self):
        relative, stranger = self._client(self.worker_a), self._client(self.worker_a)
        self.case._accompany(relative)
        self.assertEqual(self._course(client_id=relative.id).client_id, relative)
        with self._refusing(self.case.file_number, ValidationError):
            self._course(client_id=stranger.id)

    def test_no_word_in_the_display_name(self):
        name = self._course().display_name
        self.assertIn(self.client_a.file_number, name)
        self.assertNotIn("ntegration", name)

    # ------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------

    def test_end_before_start(self):
        course = self._running()
        with self._refusing("Ended On.*lies before.*Begun On", ValidationError):
            course.write({"date_end": self._day(61), "outcome": "no_certificate"})
        with self._refusing("lies before", ValidationError):
            course.date_start = self._day(81)
        with self._refusing("lies before", ValidationError):
            course.write({"date_registered": self._day(81), "registered_by": "client"})

    def test_no_step_lies_ahead(self):
        tomorrow = self.today + timedelta(days=1)
        for vals in ({"date_need": tomorrow}, {"date_start": tomorrow}):
            with self._refusing("future", ValidationError):
                self._course(**vals)
        self.assertTrue(self._course(date_planned=tomorrow), "it may be announced")

    def test_an_end_says_how(self):
        course = self._running()
        reason = self.env.ref(f"{MODULE}.course_drop_work")
        for vals in (
            {"date_end": self.today},
            {"outcome": "no_certificate"},
            {"date_end": self.today, "outcome": "dropped"},
            {"date_end": self.today, "outcome": "no_certificate", "drop_reason_id": reason.id},
            {"date_end": self.today, "outcome": "certificate"},
        ):
            with self._refusing(self.client_a.file_number, ValidationError):
                course.write(vals)
        course.write({"date_end": self.today, "outcome": "dropped", "drop_reason_id": reason.id})
        self.assertEqual(course.state, "dropped")
        with self._refusing("has begun", ValidationError):
            self._course(date_end=self.today, outcome="no_certificate")

    def test_nothing_at_all(self):
        with self._refusing("since when", ValidationError):
            self._course(date_need=False)

    def test_after_the_end_of_the_case(self):
        course = self._running()
        goals_reached = self.env.ref(f"{MODULE}.closure_reason_goals_reached")
        with self._refusing("after the end"):
            self.case._close(goals_reached, self._day(70))
        self.case._close(goals_reached, self._day(20))
        with self._refusing("after the end of the case", ValidationError):
            course.write({"date_end": self._day(5), "outcome": "no_certificate"})
        course.write({"date_end": self._day(30), "outcome": "no_certificate"})
        with self._refusing("closed", ValidationError):
            self._course(date_need=self._day(30))

    def test_the_same_course_twice(self):
        first = self._course()
        with self._refusing("entered since", ValidationError):
            self._course()
        self._finish(
            first, outcome="dropped", drop_reason_id=self.env.ref(f"{MODULE}.course_drop_level").id
        )
        self.assertTrue(self._course(), "a second attempt")

    def test_two_at_once_meet_the_index(self):
        first = self._course()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.cr.execute(
                "INSERT INTO integration_course_enrolment (case_id, client_id, company_id, kind_id,"
                " date_need) SELECT case_id, client_id, company_id, kind_id, date_need"
                " FROM integration_course_enrolment WHERE id = %s",
                (first.id,),
            )

    def test_what_belongs_where_is_fixed(self):
        course = self._course()
        other = self._case(self._client(self.worker_a))
        with self.assertRaises(UserError):
            course.case_id = other

    # ------------------------------------------------------------
    # The certificate
    # ------------------------------------------------------------

    def _certified(self, course, **values):
        return self._finish(
            course,
            **{
                "outcome": "certificate",
                "level": "b1",
                "certificate": "DTZ",
                "certificate_number": "4711",
                "certificate_date": self._day(4),
                "date_end": self._day(2),
                **values,
            },
        )

    def test_the_level_enters_the_history(self):
        levels = self.client_a.env["integration.language.level"]
        before = levels.create(
            {"client_id": self.client_a.id, "level": "a2", "date_from": self._day(200)}
        )
        course = self._running()
        self._certified(course)
        self.assertEqual(course.state, "certificate")
        self.assertRecordValues(
            course.level_id,
            [
                {
                    "client_id": self.client_a.id,
                    "level": "b1",
                    "source": "certificate",
                    "certificate": "DTZ",
                    "certificate_number": "4711",
                    "certificate_date": self._day(4),
                    "date_from": self._day(4),
                    "date_to": False,
                }
            ],
        )
        self.assertEqual(before.date_to, self._day(5), "the level before has ended")

    def test_the_same_certificate_twice(self):
        first = self._running()
        self._certified(first)
        second = self._course(
            kind_id=self.env.ref(f"{MODULE}.course_kind_vocational_b2").id,
            date_need=self._day(40),
            date_start=self._day(30),
        )
        with self._refusing("entered already", ValidationError):
            self._certified(second, certificate_date=self._day(3), certificate_number=" 4711 ")
        with self._refusing("two courses", ValidationError):
            second.write(
                {"date_end": self.today, "outcome": "certificate", "level_id": first.level_id.id}
            )
        self.assertEqual(second.state, "running")

    def test_a_level_of_somebody_else_or_from_before(self):
        course, other = self._running(), self._client(self.worker_a)
        levels = self.client_a.env["integration.language.level"]
        vals = {"level": "b1", "source": "certificate"}
        foreign = levels.create({**vals, "client_id": other.id, "date_from": self._day(5)})
        early = levels.create({**vals, "client_id": self.client_a.id, "date_from": self._day(70)})
        for level in (foreign, early):
            with self._refusing("level", ValidationError):
                course.write(
                    {"date_end": self.today, "outcome": "certificate", "level_id": level.id}
                )

    # ------------------------------------------------------------
    # The announced beginning
    # ------------------------------------------------------------

    def _deadlines(self, course):
        return course.env["integration.deadline"].search([("enrolment_id", "=", course.id)])

    def test_an_announced_beginning_is_a_deadline(self):
        day = self.today + timedelta(days=30)
        course = self._course(date_planned=day)
        deadline = self._deadlines(course)
        kind = self.env.ref(f"{MODULE}.deadline_kind_course")
        self.assertRecordValues(
            deadline,
            [
                {
                    "case_id": self.case.id,
                    "client_id": self.client_a.id,
                    "kind_id": kind.id,
                    "date": day,
                    "state": "open",
                }
            ],
        )
        course.date_planned = day + timedelta(days=7)
        self.assertEqual(self._deadlines(course).mapped("date"), [day + timedelta(days=7)])
        with self.assertRaises(UserError):
            deadline.date = day
        course.action_begin()
        self.assertEqual((len(self._deadlines(course)), deadline.state), (1, "done"))

    def test_no_deadline_for_what_is_dropped(self):
        course = self._course(date_planned=self.today + timedelta(days=30))
        deadline = self._deadlines(course)
        deadline.action_done()
        course.date_planned = self.today + timedelta(days=40)
        self.assertEqual(self._deadlines(course).mapped("state"), ["done", "open"])
        self._finish(
            course, outcome="dropped", drop_reason_id=self.env.ref(f"{MODULE}.course_drop_moved").id
        )
        self.assertEqual(set(self._deadlines(course).mapped("state")), {"done", "dropped"})
        course.unlink()
        self.assertFalse((self._deadlines(course) | deadline).exists())
