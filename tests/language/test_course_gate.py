from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import MODULE
from ..consent.gate_common import GateHttp
from .language_common import LanguageCommon


class CourseGate:
    """What nobody may write; run once with and once without the wire."""

    def _vals(self, **values):
        return {"case_id": self.case.id, "kind_id": self.general.id, **values}

    def _every_way(self, vals):
        yield from self._ways_to_create("integration.course.enrolment", vals)
        child = {key: value for key, value in vals.items() if key != "case_id"}
        yield from self._ways_from_parent(self.case, "enrolment_ids", child)

    def _changes(self, course, *changes):
        """Return the ways to write into ``course``; a form only asks, and a copy leaves it out."""
        return [
            attempt
            for vals in changes
            for attempt in self._ways_to_change(course, vals)
            if not attempt[0].startswith(("onchange", "copy", "unlink"))
        ]

    def test_without_or_after_consent(self):
        before = self._client(self.worker_a, consent=False)
        case = self._case(before)
        self._assert_refused(
            self._ways_to_create("integration.course.enrolment", self._vals(case_id=case.id))
        )
        made = self._course()
        self._consent(self.client_a, "withdrawn")
        self.env.flush_all()
        self._assert_refused(
            self._every_way(self._vals(kind_id=self.env.ref(f"{MODULE}.course_kind_other").id))
        )
        today = self.today.isoformat()
        self._assert_refused(
            self._changes(
                made,
                {"date_registered": today, "registered_by": "client"},
                {"date_waiting": today},
                {"date_start": today},
            )
        )

    def test_health_needs_its_own_consent(self):
        other = self._case(self._client(self.worker_a))
        accessible = self.env.ref(f"{MODULE}.course_kind_integration_accessible").id
        self._assert_refused(
            self._ways_to_create(
                "integration.course.enrolment", self._vals(case_id=other.id, kind_id=accessible)
            )
        )
        made = self._course(case=other)
        self.env.flush_all()
        ill = {
            "date_end": self.today.isoformat(),
            "outcome": "dropped",
            "drop_reason_id": self.env.ref(f"{MODULE}.course_drop_health").id,
        }
        self._assert_refused(
            self._changes(made, ill, {"kind_id": accessible}, {"provider_id": self.midwife.id})
        )

    def test_nobody_is_registered_past_the_register(self):
        made = self._course()
        self.env.flush_all()
        today = self.today.isoformat()
        past = {"date_registered": today, "registered_by": "office", "office_id": self.office.id}
        for vals in (past, {"date_registered": today}, {"registered_by": "client"}):
            other = self.env.ref(f"{MODULE}.course_kind_other").id
            self._assert_refused(self._every_way(self._vals(kind_id=other, **vals)))
        self._assert_refused(
            self._changes(made, past, {"date_registered": today}, {"registered_by": "client"})
        )
        entry = self.env["integration.disclosure"].search([], limit=1)
        forged = {**past, "disclosure_id": entry.id or 1}
        self._assert_refused(self._changes(made, forged, {"disclosure_id": entry.id or 1}))


@tagged("post_install", "-at_install")
class TestCourseGate(CourseGate, LanguageCommon):
    """Over the ORM."""

    def test_health_with_consent(self):
        course = self._course(
            kind_id=self.env.ref(f"{MODULE}.course_kind_integration_accessible").id
        )
        self._finish(
            course,
            outcome="dropped",
            drop_reason_id=self.env.ref(f"{MODULE}.course_drop_health").id,
        )
        self.assertEqual(course.state, "dropped")

    def test_days_without_consent(self):
        """Neither before the consent nor between a withdrawal and the next consent."""
        with self._refusing("no valid consent", ValidationError):
            self._course(date_need=self._day(101))
        self._consent(self.client_a, "withdrawn", date=self._day(50))
        self._consent(self.client_a, date=self._day(20), reason="Came again")
        course = self._course(date_need=self._day(90))
        for day in (50, 30):
            with self._refusing("no valid consent", ValidationError):
                course.write({"date_registered": self._day(day), "registered_by": "client"})
        course.write({"date_registered": self._day(20), "registered_by": "client"})
        self.assertEqual(course.state, "registered")

    def test_no_relative_into_a_closed_file(self):
        """She still agrees; the client of the family's case does not any more."""
        relative = self._client(self.worker_a)
        self.case._accompany(relative)
        self._consent(self.client_a, "withdrawn")
        with self._refusing("consent"):
            self._course(client_id=relative.id)

    # ------------------------------------------------------------
    # The guard rail
    # ------------------------------------------------------------

    def test_a_registration_answers_the_rail(self):
        with self._refusing("Language course"):
            self._contact("course_registration")
        course = self._course(date_need=self._day(9))
        with self._refusing("Language course"):
            self._contact("course_registration")
        course.write({"date_registered": self._day(8), "registered_by": "client"})
        self.assertTrue(self._contact("course_registration"))
        with self._refusing("Family"):
            self._contact("family_reunification")

    def test_a_registration_elsewhere_or_over_answers_no_rail(self):
        self._office_release()
        course = self._course()
        dialog = self._dialog(course)
        dialog.action_register()
        self.assertEqual(course.state, "registered")
        self.assertTrue(self._contact("course_registration"))
        self.rail.service_ids = self.advice_centre
        with self._refusing("Language course"):
            self._contact("course_registration")
        self.rail.service_ids = self.office
        self._finish(
            course, outcome="dropped", drop_reason_id=self.env.ref(f"{MODULE}.course_drop_level").id
        )
        with self._refusing("Language course"):
            self._contact("course_registration")


@tagged("post_install", "-at_install")
class TestCourseGateRpc(CourseGate, GateHttp, LanguageCommon):
    """Over JSON-RPC."""
