from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..common import MODULE
from .contact_common import ContactCommon

TYPE = f"{MODULE}.mail_activity_type_silence"


@tagged("post_install", "-at_install")
class TestSilenceWatch(ContactCommon):
    """A rhythm of one's own, attempts apart from talks, and one task for each silence."""

    def _own(self, days=30, until=60, case=None, **values):
        (case or self.case).write(
            {
                "own_rhythm_days": days,
                "own_rhythm_reason": "Works on a ship",
                "own_rhythm_until": self._day(-until),
                **values,
            }
        )

    def _run_job(self, nights=1):
        for _night in range(nights):
            self.env.ref(f"{MODULE}.ir_cron_refresh_silence").ir_actions_server_id.run()
            self.env.flush_all()
            self.env.invalidate_all()

    def _tasks(self, case=None):
        return (
            (case or self.case)
            .sudo()
            .activity_ids.filtered(lambda task: task.activity_type_id == self.env.ref(TYPE))
        )

    # ------------------------------------------------------------
    # A rhythm of its own
    # ------------------------------------------------------------

    def test_the_own_rhythm_counts_in_place_of_the_phase(self):
        self._talk(self.case, days_ago=20)
        self.assertEqual(self.case.silence_state, "silent")
        self._own()
        self.assertEqual(self.case.next_contact_date, self._day(-10))
        self.assertEqual(self.case.silence_state, "on_time")
        self._own(days=8)
        self.assertEqual((self.case.next_contact_date, self.case.silence_state),
                         (self._day(12), "silent"))  # fmt: skip
        self._own(days=0)
        self.assertEqual(self.case.next_contact_date, self._day(13))

    def test_it_ends_by_itself(self):
        self._talk(self.case, days_ago=20)
        self._own(until=2)
        for days, state in ((2, "on_time"), (3, "silent")):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self._run_job(2)
                self.assertEqual(self.case.silence_state, state)

    def test_reason_and_end_are_asked_for(self):
        for values in (
            {"own_rhythm_reason": False},
            {"own_rhythm_until": False},
            {"own_rhythm_days": -1},
            {"own_rhythm_days": 900},
            {"until": 900},
        ):
            with self.subTest(values):
                self.assertRefused("rhythm", self._own, **values)

    def test_the_reason_is_said_of_a_person_and_needs_her_consent(self):
        case = self._case(self._client(self.worker_a, "Hana Invented", consent=False))
        self.assertRefused("no valid consent", self._own, case=case)

    def test_the_next_episode_begins_with_the_phase(self):
        self._own()
        self.case._close(self.goals_reached, self._day(0))
        again = self.case._reopen("New letter", self._day(0))
        self.assertFalse(again.own_rhythm_days or again.own_rhythm_reason)

    # ------------------------------------------------------------
    # Attempts
    # ------------------------------------------------------------

    def test_attempts_are_shown_apart_from_talks(self):
        self._attempt(days_ago=30)
        self._talk(self.case, days_ago=20)
        self.assertEqual((self.case.attempt_count, self.case.last_attempt_date), (0, False))
        self._attempt(days_ago=9)
        self._attempt(days_ago=4)
        self._attempt(days_ago=2, cancelled=True)
        self.assertEqual((self.case.attempt_count, self.case.last_attempt_date), (2, self._day(4)))
        self.assertEqual(self.case.last_talk_date, self._day(20))
        lead = self.case.with_env(self._as(self.lead_a))
        self.assertFalse(lead.attempt_count, "a lead reads no contacts")

    # ------------------------------------------------------------
    # One task for each silence
    # ------------------------------------------------------------

    def test_the_task_is_in_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.worker_a.lang = "de_DE"
        self._talk(self.case, days_ago=20)
        self._run_job()
        self.assertIn("Akte", self._tasks().summary)

    def test_one_task_however_often_the_job_runs(self):
        self._talk(self.case, days_ago=20)
        self._run_job(3)
        task = self._tasks()
        self.assertEqual(len(task), 1)
        self.assertEqual((task.user_id, task.date_deadline), (self.worker_a, self._day(13)))
        self.assertIn(self.olena.file_number, task.summary)
        self.assertNotIn(self.olena.name, str(task.read()))
        # Ticked off without a talk: it is dealt with
        task.with_user(self.worker_a).action_done()
        self._run_job(2)
        self.assertFalse(self._tasks())

    def test_a_talk_ends_the_task_and_the_next_silence_brings_another(self):
        self._talk(self.case, days_ago=20)
        self._run_job()
        self._attempt(days_ago=0)
        self.assertTrue(self._tasks(), "an attempt breaks no silence")
        self._talk(self.case, days_ago=0)
        self.assertFalse(self._tasks())
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self._run_job(2)
            self.assertEqual(len(self._tasks()), 1)

    def test_a_case_that_is_not_silent_any_more_loses_its_task(self):
        self._talk(self.case, days_ago=20)
        self._run_job()
        self._own()
        self._run_job()
        self.assertFalse(self._tasks())

    def test_nobody_is_sought_out_who_said_no_or_pauses(self):
        self._talk(self.case, days_ago=20)
        self._consent(self.olena, "withdrawn")
        self.own.env["integration.case.pause"].create({"case_id": self.own.id}).action_pause()
        self._run_job()
        self.assertFalse(self._tasks() | self._tasks(self.own))

    def test_queries_do_not_grow_with_the_cases(self):
        queries = []
        self._run_job()
        for count in (2, 2, 30):
            for number in range(count):
                self._case(self._client(self.worker_a, f"Person {count} {number}"), days_ago=40)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._run_job()
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[2], queries[1] + 3, queries)
