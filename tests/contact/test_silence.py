from calendar import isleap
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import MODULE
from .contact_common import ContactCommon

RHYTHM = 7  # of the phase in which a case begins
# days since the last talk, how the case stands by then
COURSE = [(0, "on_time"), (7, "on_time"), (8, "due"), (14, "due"), (15, "silent"), (90, "silent")]


@tagged("post_install", "-at_install")
class TestSilence(ContactCommon):
    """When somebody was last spoken with, when the next contact is due, and who is overlooked."""

    def setUp(self):
        super().setUp()
        self.assertEqual(self.stage_intake.rhythm_days, RHYTHM)
        self.accompaniment = self.env.ref(f"{MODULE}.stage_accompaniment")

    def _stands(self, case=None):
        case = (case or self.case).sudo()
        return case.last_talk_date, case.next_contact_date, case.silence_state

    def _run_job(self):
        self.env.ref(f"{MODULE}.ir_cron_refresh_silence").ir_actions_server_id.run()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # The course
    # ------------------------------------------------------------

    def test_due_on_its_day_and_silent_when_the_rhythm_has_passed_twice(self):
        for days, state in COURSE:
            with self.subTest(days=days):
                talk = self._talk(self.case, days_ago=days)
                due = self._day(days - RHYTHM)
                self.assertEqual(self._stands(), (self._day(days), due, state))
                self.assertEqual(self.case.days_silent, days)
                talk.cancelled = True

    def test_before_the_first_talk_the_start_counts(self):
        for days, state in COURSE:
            with self.subTest(days=days):
                case = self._case(self._client(self.worker_a, "Layal Alsabbagh"), days_ago=days)
                self.assertEqual(self._stands(case), (False, self._day(days - RHYTHM), state))
                self.assertEqual(case.days_silent, days)

    def test_the_latest_talk_counts_in_whatever_order_they_are_entered(self):
        self._talk(self.case, days_ago=3)
        late_entry = self._talk(self.case, days_ago=20)
        self.assertEqual(self._stands()[0], self._day(3))
        self._talk(self.case, self.son, days_ago=1)
        self.assertEqual(self._stands()[0], self._day(1), "a member accompanied in the case")
        late_entry.date = self._day(0)
        self.assertEqual(self._stands()[0], self._day(0))

    def test_what_is_no_talk_with_somebody_on_file_breaks_no_silence(self):
        self._talk(self.case, days_ago=40)
        self._attempt(days_ago=1)
        self._talk(self.case, days_ago=1, channel_id=self.case_work.id)
        self._talk(self.case, days_ago=1, cancelled=True)
        self._talk(self.own, days_ago=1)
        self.assertEqual(self._stands(), (self._day(40), self._day(33), "silent"))

    def test_a_correction_gives_the_silence_back(self):
        self._talk(self.case, days_ago=20)
        for change, undo in (
            ({"cancelled": True}, {"cancelled": False}),
            ({"channel_id": self.case_work.id}, {"channel_id": self.home_visit.id}),
            ({"date": self._day(60)}, {"date": self._day(2)}),
        ):
            talk = self._talk(self.case, days_ago=2)
            with self.subTest(change):
                talk.write(change)
                self.assertEqual(self._stands()[0], self._day(20))
                self.assertEqual(self._stands()[2], "silent")
                talk.write(undo)
                self.assertEqual(self._stands()[0], self._day(2))
                self.assertEqual(self._stands()[2], "on_time")
            talk.cancelled = True
        talk = self._talk(self.case, self.olena | self.yonas, days_ago=2)
        talk.client_ids -= self.olena
        self.assertEqual(self._stands()[0], self._day(20), "she was not there after all")
        self.assertEqual(self._stands(self.own)[0], self._day(2))

    # ------------------------------------------------------------
    # The rhythm of the phase
    # ------------------------------------------------------------

    def test_a_calmer_phase_gives_more_time(self):
        self._talk(self.case, days_ago=20)
        self.assertEqual(self._stands()[2], "silent")
        self.case.stage_id = self.accompaniment
        self.assertEqual(self._stands()[1:], (self._day(-10), "on_time"))

    def test_the_county_changes_the_rhythm_of_a_phase(self):
        talk = self._talk(self.case, days_ago=20)
        self._talk(self.own, days_ago=20)
        self.own._close(self.goals_reached, self._day(5))
        self.stage_intake.with_user(self.county_user).rhythm_days = 15
        self.assertEqual(self._stands(), (talk.date, self._day(5), "due"))
        self.stage_intake.with_user(self.county_user).rhythm_days = 5
        self.assertEqual(self._stands(), (talk.date, self._day(15), "silent"))
        self.assertEqual(self._stands(self.own)[1:], (False, False), "closed is closed")

    def test_nothing_is_due_in_a_closed_case_and_a_new_episode_begins_anew(self):
        self._talk(self.case, days_ago=60)
        self.case._close(self.goals_reached, self._day(0))
        self.assertEqual(self._stands(), (self._day(60), False, False))
        self.case.action_undo_close()
        self.assertEqual(self._stands()[1:], (self._day(53), "silent"))
        self.case._close(self.goals_reached, self._day(10))
        again = self.case._reopen("New letter from the court", self._day(2))
        self.assertEqual(self._stands(again), (False, self._day(-5), "on_time"))
        self.assertEqual(again.days_silent, 2)

    def test_a_pause_that_ended_counts_unless_they_have_talked_since(self):
        self._talk(self.case, days_ago=30)
        self.case._pause("away", self._day(-20))
        self.assertEqual(self._stands()[1:], (False, "paused"))
        self.case.action_resume()
        self.assertEqual(self._stands()[1:], (self._day(-RHYTHM), "on_time"))
        with freeze_time(f"{self._day(-4)} 12:00:00"):
            self._talk(self.case, days_ago=-3)
            self.assertEqual(self._stands()[1], self._day(-3 - RHYTHM))

    def test_the_leap_day_is_a_day_like_any_other(self):
        year = next(year for year in range(self.today.year + 1, 9999) if isleap(year))
        with freeze_time(date(year, 2, 26)):
            self._talk(self.case, days_ago=(self.today - date(year, 2, 26)).days)
            self.assertEqual(self._stands()[1], date(year, 3, 4))
        with freeze_time(date(year, 3, 5)):
            self._run_job()
            self.assertEqual((self.case.days_silent, self._stands()[2]), (8, "due"))

    # ------------------------------------------------------------
    # By night
    # ------------------------------------------------------------

    def test_the_night_moves_every_case_on_its_own_day(self):
        """The job runs after midnight here, when it is still yesterday in London."""
        self._talk(self.case, days_ago=0)
        self._talk(self.own, days_ago=5)
        for days, mine, other in (
            (1, "on_time", "on_time"),
            (2, "on_time", "on_time"),
            (3, "on_time", "due"),
            (7, "on_time", "due"),
            (8, "due", "due"),
            (10, "due", "silent"),
            (14, "due", "silent"),
            (15, "silent", "silent"),
            (30, "silent", "silent"),
        ):
            with self.subTest(days=days), freeze_time(f"{self._day(1 - days)} 23:30:00"):
                self._run_job()
                self.assertEqual(self._stands()[2], mine)
                self.assertEqual(self._stands(self.own)[2], other)
                self.assertEqual(self.case.days_silent, days)

    def test_a_second_run_changes_nothing(self):
        self._talk(self.case, days_ago=0)
        with freeze_time(f"{self._day(-8)} 03:00:00"):
            self._run_job()
            self.case.flush_recordset()
            self.cr.execute("SELECT xmin::text FROM integration_case WHERE id = %s", [self.case.id])
            version = self.cr.fetchone()
            self._run_job()
            self.env.flush_all()
            self.cr.execute("SELECT xmin::text FROM integration_case WHERE id = %s", [self.case.id])
            self.assertEqual(self.cr.fetchone(), version)
            self.assertEqual(self._stands()[2], "due")

    def test_the_night_leaves_closed_and_paused_cases_alone(self):
        self.case._pause("away", self._day(-60))
        self.own._close(self.goals_reached, self.today)
        with freeze_time(f"{self._day(-40)} 03:00:00"):
            self._run_job()
            self.assertEqual(self._stands()[2], "paused")
            self.assertFalse(self._stands(self.own)[2])
            self.assertEqual(self._stands(self.theirs)[2], "silent")

    # ------------------------------------------------------------
    # On the screen
    # ------------------------------------------------------------

    def test_the_most_urgent_case_stands_first_and_what_is_not_due_last(self):
        self._talk(self.case, days_ago=4)
        self._talk(self.own, days_ago=9)
        third = self._case(self._client(self.worker_a, "Layal Alsabbagh"), days_ago=50)
        resting = self._case(self._client(self.worker_a, "Rahel Invented"), days_ago=60)
        resting._pause("wish", self._day(-9))
        mine = self._as(self.worker_a)["integration.case"].search([])
        self.assertEqual(mine.ids, (third + self.own + self.case + resting).ids)

    def test_a_lead_counts_the_silent_cases_of_her_employer_alone(self):
        self._talk(self.case, days_ago=4)
        self._case(self._client(self.worker_b, "Rahel Invented"), days_ago=90)
        cases = self._as(self.lead_a)["integration.case"]
        self.assertEqual(
            dict(cases._read_group([], ["silence_state"], ["__count"])), {"on_time": 1, "silent": 2}
        )

    def test_silence_is_never_set_by_hand(self):
        today = self.today.isoformat()
        values = {"silence_state": "on_time", "last_talk_date": today, "next_contact_date": today}
        for name, value in values.items():
            for context in ({}, {"integration_system": True}):
                case = self.case.with_context(**context)
                with self.subTest(name, context=context):
                    self.assertRefused("Not to be set by hand", case.write, {name: value})
                    self.assertRefused(
                        "Not to be set by hand", case.with_user(self.lead_a).write, {name: value}
                    )
                    self.assertDenied(case.with_user(self.worker_b).write, {name: value})
        self.assertEqual(self._stands(), (False, self._day(100 - RHYTHM), "silent"))

    def test_a_default_from_the_screen_sets_no_silence(self):
        client = self._client(self.worker_a, "Layal Alsabbagh")
        case = self._case(
            client.with_context(
                default_silence_state="on_time", default_last_talk_date=self.today + timedelta(30)
            )
        )
        self.assertEqual(self._stands(case), (False, self._day(100 - RHYTHM), "silent"))
