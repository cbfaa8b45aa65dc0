from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestCasePauseDays(CaseCommon):
    """A pause ends on its day by itself, once, for every case, at the midnight of the place."""

    def _pause(self, days=10, case=None, reason="away"):
        until = self.today + timedelta(days=days)
        (self.case if case is None else case)._pause(reason, until)
        return until

    def _night(self, days=0, hour=1):
        """Run the nightly job ``days`` later, at ``hour`` UTC."""
        with freeze_time(f"{self.today + timedelta(days=days)} {hour:02}:30:00"):
            self.env["integration.case"]._cron_end_pauses()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # The last day
    # ------------------------------------------------------------

    def test_case_is_open_again_on_the_day_that_was_entered(self):
        self._pause(10)
        for days, state in ((0, "paused"), (9, "paused"), (10, "open"), (11, "open")):
            with self.subTest(days):
                self._night(days)
                self.assertEqual(self.case.state, state)

    def test_night_begins_at_the_midnight_of_the_place(self):
        """The job may run at any hour: at 23:30 UTC it is tomorrow here, summer or winter."""
        self._pause(10)
        self._night(9, hour=21)
        self.assertEqual(self.case.state, "paused")
        self._night(9, hour=23)
        self.assertEqual(self.case.state, "open")

    def test_missed_nights_are_made_up_for(self):
        self._pause(3)
        self._night(60)
        self.assertEqual(self.case.state, "open")

    def test_rhythm_counts_from_the_day_the_pause_ended_not_from_the_late_job(self):
        until = self._pause(3)
        self._night(5)
        rhythm = timedelta(days=self.case.stage_id.rhythm_days)
        self.assertEqual(self.case.next_contact_date, until + rhythm)

    def test_pause_over_a_leap_day(self):
        leap_day, day = self._leap_day(), timedelta(days=1)
        with freeze_time(leap_day - 24 * day):
            case = self._case(self._client(self.worker_a, "Mulu Beispielu", consent=False))
            dialog = self._dialog("pause", case=case)
            self.assertEqual(dialog.date_until, leap_day + 4 * day, "four weeks, not a month")
            dialog.date_until = leap_day
            dialog.action_pause()
        for moment, state in ((leap_day - day, "paused"), (leap_day, "open")):
            with self.subTest(moment), freeze_time(moment):
                self.env["integration.case"]._cron_end_pauses()
                self.assertEqual(case.state, state)

    def test_pause_lasts_at_least_until_tomorrow(self):
        for days in (0, -1, -400):
            message = self.assertRefused("must end after today", self._pause, days)
            self.assertIn(self._said(self.today + timedelta(days=days)), message)
        self._pause(1)
        self.assertEqual(self.case.state, "paused")

    def test_day_that_lies_ahead_in_london_may_be_today_here(self):
        with freeze_time(f"{self.today} 23:30:00"):
            self.assertRefused("must end after today", self._pause, 1)

    # ------------------------------------------------------------
    # Job
    # ------------------------------------------------------------

    def test_job_opens_what_is_due_and_nothing_else(self):
        due, later, closed, running = self._invented(4)
        self._pause(2, due)
        self._pause(3, later)
        self._pause(2, closed)
        closed._close(self.goals_reached, self.today)
        self._night(2)
        states = (due | later | closed | running).mapped("state")
        self.assertEqual(states, ["open", "paused", "closed", "open"])

    def test_job_that_runs_twice_ends_no_second_pause(self):
        self._pause(2)
        self._night(2)
        self._pause(30)
        self._night(2)
        self.assertEqual(self.case.state, "paused", "the next pause is another one")
        self.assertEqual(self.case.pause_until, self.today + timedelta(days=30))

    def test_night_without_an_end_writes_nothing(self):
        self._pause(2)
        costs = []
        for days in (1, 2, 2):
            self.env.flush_all()
            before = self.cr.sql_log_count
            self._night(days)
            costs.append(self.cr.sql_log_count - before)
        idle, busy, again = costs
        self.assertEqual(idle, again)
        self.assertLess(again, busy)

    def test_job_serves_every_employer(self):
        foreign = self._case(self._client(self.worker_b, "Petra Beispiel"))
        self._pause(2, self.case)
        self._pause(2, foreign)
        self._night(2)
        self.assertEqual(
            (self.case | foreign.with_env(self.case.env)).sudo().mapped("state"), ["open", "open"]
        )

    def test_forty_pauses_end_with_as_many_queries_as_two(self):
        costs = []
        for cases in (self._invented(2), self._invented(40)):
            self._pause(2, cases)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._night(2)
            costs.append(self.cr.sql_log_count - before)
            self.assertEqual(set(cases.mapped("state")), {"open"})
        self.assertEqual(*costs)

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def test_pause_of_several_is_all_or_nothing(self):
        other = self._case(self._client(self.worker_a, "Nazanin Beispielzada"))
        self._pause(5, other)
        self.assertRefused(
            "only an open case", self._pause, 5, self.case | other, number=other.file_number
        )
        self.assertEqual(self.case.state, "open")
        self.assertRefused("is not paused", (other | self.case).action_resume)
        self.assertEqual(other.state, "paused")
        self._pause(9)
        (self.case | other).action_resume()
        self.assertEqual((self.case | other).mapped("state"), ["open", "open"])
        self.assertEqual((self.case | other).mapped("pause_until"), [self.today, self.today])

    def test_closed_case_is_neither_paused_nor_resumed(self):
        self.case._close(self.goals_reached, self.today)
        self.assertRefused("only an open case", self._pause)
        self.assertRefused("is not paused", self.case.action_resume)

    def test_deputy_pauses_and_resumes_for_the_absent_worker(self):
        self._share(
            self.colleague_a,
            "deputy",
            date_until=fields.Datetime.add(fields.Datetime.now(), days=2),
        )
        case = self._seen_by(self.colleague_a)
        self._dialog("pause", self.colleague_a, reason="wish").action_pause()
        self.assertRecordValues(case, [{"state": "paused", "pause_reason": "wish"}])
        case.action_resume()
        self.assertEqual(case.state, "open")

    def test_lead_sees_the_pause_and_does_not_end_it(self):
        until = self._pause(5)
        lead = self._seen_by(self.lead_a)
        self.assertRecordValues(
            lead, [{"state": "paused", "pause_until": until, "pause_reason": "away"}]
        )
        self.assertDenied(lead.action_resume)
        for user in (self.colleague_a, self.worker_b, self.county_user):
            self.assertDenied(self._seen_by(user).action_resume)

    def test_dialog_proposes_four_weeks_and_the_reasons_of_the_case(self):
        context = self.case.action_pause()["context"]
        dialog = self.case.env["integration.case.pause"].with_context(**context)
        with Form(dialog) as form:
            self.assertEqual(form.date_until, self.today + timedelta(days=28))
            self.assertEqual(form.reason, "away")
        reasons = dialog.fields_get(["reason"])["reason"]["selection"]
        self.assertEqual(
            reasons, self.case.fields_get(["pause_reason"])["pause_reason"]["selection"]
        )
        self.assertEqual(len(reasons), 3)
