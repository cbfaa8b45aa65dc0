from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestVolunteerMatch(IntegrationCommon):
    """A client looks for a volunteer: behind the consent, in the file, and over on its day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, "Searching Person")
        cls.case = cls._case(cls.client)
        cls.club = cls.env["integration.service"].create({"name": "Sports Club Example"})

    def _match(self, case=None, **values):
        case = case or self.case
        return case.env["integration.volunteer.match"].create({"case_id": case.id, **values})

    def _running(self, **values):
        return self._match(
            **{
                "service_id": self.club.id,
                "date_start": self._day(5),
                "date_need": self._day(9),
                **values,
            }
        )

    def _day(self, ago):
        return self.today - timedelta(days=ago)

    def _is_refused(self, words, **values):
        with self.subTest(values), self.assertRaisesRegex(UserError, words):
            with self.env.cr.savepoint():
                self._match(**values)

    def _night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.ir_cron_volunteer_matches").method_direct_trigger()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # From the wish to the end
    # ------------------------------------------------------------

    def test_from_the_wish_to_the_end(self):
        match = self._match(purpose="leisure", need="Football")
        self.assertEqual((match.state, match.client_id), ("wanted", self.client))
        self.assertEqual(match.display_name.split(":")[0], self.client.file_number)
        match.service_id = self.club
        self.assertEqual((match.recipient_name, match.state), ("Sports Club Example", "wanted"))
        match.date_start = self.today
        self.assertEqual(match.state, "running")
        self.assertGreater(match.date_check, self.today + timedelta(days=170))
        self.assertFalse(match.disclosure_id, "advice passes nothing on")
        match.action_end()
        self.assertEqual((match.state, match.end_reason), ("ended", "hand"))
        self.assertEqual(match.date_end, self.today)
        match.feedback = "They still meet in private."
        with self.assertRaisesRegex(UserError, "stays as it was"):
            match.need = "Something else"

    def test_data_enter_the_register(self):
        kind = self.env.ref(f"{MODULE}.information_kind_language")
        match = self._running(basis="present", kind_ids=[Command.set(kind.ids)])
        entry = match.disclosure_id
        self.assertEqual((entry.client_id, entry.service_id), (self.client, self.club))
        self.assertEqual(entry.kind_ids, kind)
        with self.assertRaisesRegex(UserError, "stands in the register"):
            match.basis = "advice"
        self._is_refused(
            "advice passes nothing on", recipient_name="Club", date_start=self.today,
            kind_ids=[Command.set(kind.ids)],
        )  # fmt: skip
        self._is_refused(
            ".", recipient_name="Club", date_start=self.today, basis="release",
            kind_ids=[Command.set(kind.ids)],
        )  # fmt: skip

    def test_nothing_is_passed_on_before_somebody_was_met(self):
        kind = self.env.ref(f"{MODULE}.information_kind_language")
        match = self._match(
            service_id=self.club.id, basis="present", kind_ids=[Command.set(kind.ids)]
        )
        self.assertFalse(match.disclosure_id)
        match.date_start = self.today
        self.assertTrue(match.disclosure_id)

    def test_whom_she_met_stays(self):
        match = self._running()
        other = self.env["integration.service"].create({"name": "Choir Example"})
        for values in ({"service_id": other.id}, {"purpose": "other"}, {"date_start": False}):
            with self.subTest(values), self.assertRaises(UserError):
                match.write(values)
        with self.assertRaisesRegex(UserError, "stays in the file"):
            match.sudo().unlink()
        with self.assertRaisesRegex(UserError, "named in papers"):
            self.club.name = "Another Club"

    # ------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------

    def test_values_that_cannot_be(self):
        met = {"recipient_name": "Club", "date_need": self._day(9)}
        self._is_refused("in the future", date_need=self._day(-3))
        self._is_refused("have not met yet", **met, date_start=self._day(-3))
        self._is_refused("before the case began", **met, date_start=self._day(300))
        self._is_refused(
            "ends before it begins", **met, date_start=self._day(3), date_end=self._day(4)
        )
        self._is_refused("before anybody was met", date_end=self.today)
        self._is_refused("whom the client has met", date_start=self.today)
        self._is_refused(
            "lies before the beginning", **met, date_start=self._day(3), date_check=self._day(4)
        )
        self._is_refused("does not belong", client_id=self._client(self.worker_a, "Else").id)

    def test_archived_entries_and_categories_are_refused(self):
        self.club.active = False
        self._is_refused("is archived", service_id=self.club.id)
        category = self.env["integration.service"].create({"name": "Clubs", "kind": "category"})
        self._is_refused("is a category", service_id=category.id)
        match = self._match()
        with self.assertRaisesRegex(ValidationError, "is archived"):
            match.service_id = self.club

    def test_an_open_end_is_asked_about(self):
        match = self._running()
        with self.assertRaisesRegex(ValidationError, "agree on an end"):
            match.date_check = False
        match.date_check = self.today
        tile = match.env["integration.day.tile"].search([("code", "=", "matches")])
        self.assertEqual(tile.count, 1)
        match.action_still_going()
        tile.invalidate_recordset()
        self.assertEqual(tile.count, 0)
        self.assertGreater(match.date_check, self.today)

    # ------------------------------------------------------------
    # Consent and case
    # ------------------------------------------------------------

    def test_before_a_consent_and_after_a_withdrawal(self):
        unasked = self._client(self.worker_a, "Unasked Person", consent=False)
        with self.assertRaisesRegex(UserError, "consent"):
            self._match(self._case(unasked))
        running, wanted = self._running(), self._match()
        self._consent(self.client, decision="withdrawn")
        self.assertEqual((running.state, running.end_reason), ("ended", "consent"))
        self.assertEqual(running.date_end, self.today)
        self.assertEqual(wanted.state, "dropped")
        for change in (
            self._match,
            lambda: running.write({"feedback": "Words"}),
            running.action_still_going,
        ):
            with self.assertRaises(UserError):
                change()

    def test_it_ends_with_the_case(self):
        running, wanted = self._running(date_end=self._day(-30)), self._match()
        self.case._close(self.env.ref(f"{MODULE}.closure_reason_goals_reached"), self.today)
        self.assertEqual((running.state, running.end_reason), ("ended", "case"))
        self.assertEqual(running.date_end, self.today)
        self.assertEqual((wanted.state, wanted.end_reason), ("dropped", "case"))
        self._is_refused("case is closed")

    def test_the_nightly_job_ends_what_is_over_once(self):
        match = self._running(date_end=self.today)
        later = self._running(date_end=self._day(-3))
        self._night()
        self.assertEqual((match.state, later.state), ("running", "running"))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_volunteer_match SET date_end = %s WHERE id = %s",
            (self._day(1), match.id),
        )
        self.env.invalidate_all()
        self._night()
        self.assertEqual((match.state, match.end_reason), ("ended", "day"))
        self.assertEqual(match.date_end, self._day(1))
        written = match.write_date
        self._night()
        self.env.invalidate_all()
        self.assertEqual(match.write_date, written)
        self.assertEqual(later.state, "running")

    # ------------------------------------------------------------
    # Walls
    # ------------------------------------------------------------

    def test_who_reads_it(self):
        match = self._running(need="Confidential words")
        self.env.flush_all()
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            with self.assertRaises(AccessError):
                match.with_env(self._as(user)).read(["need"])
        for user in (self.dpo_a, self.county_user, self.admin_a, self.reporting_a):
            with self.assertRaises(AccessError):
                self._as(user)["integration.volunteer.match"].search([])
        with self.assertRaises(AccessError):
            self._as(self.colleague_a)["integration.volunteer.match"].create(
                {"case_id": self.case.id}
            )

    def test_a_corrected_first_day_of_the_case_holds_no_end_up(self):
        match = self._running(date_check=self.today + timedelta(days=30))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_case SET date_start = %s WHERE id = %s", (self.today, self.case.id)
        )
        self.env.invalidate_all()
        self._consent(self.client, decision="withdrawn")
        self.assertEqual(match.sudo().state, "ended")
