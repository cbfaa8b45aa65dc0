from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import MODULE
from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestCaseReopening(CaseCommon):
    """Anyone who comes back gets a new episode; the closed one stays as it was counted.

    The episodes of a client are numbered, follow each other in time and are one file.
    """

    def _reopen(self, days_ago=0, case=None, reason="Needs advice again"):
        return (self.case if case is None else case)._reopen(reason, self._day(days_ago))

    def _close(self, days_ago=0, case=None):
        (self.case if case is None else case)._close(self.goals_reached, self._day(days_ago))

    # ------------------------------------------------------------
    # The new episode
    # ------------------------------------------------------------

    def test_new_episode_begins_like_any_case(self):
        self.case.stage_id = self.env.ref(f"{MODULE}.stage_accompaniment")
        self.case._pause("away", self.today + timedelta(days=5))
        self.case.color = 5
        self._close(20)
        self.assertRecordValues(
            self._reopen(15),
            [
                {
                    "client_id": self.client.id,
                    "municipality_id": self.town_a.id,
                    "state": "open",
                    "episode": 2,
                    "previous_case_id": self.case.id,
                    "user_id": self.worker_a.id,
                    "date_start": self._day(15),
                    "date_opened": self._day(15),
                    "date_end": False,
                    "closure_reason_id": False,
                    "stage_id": self.stage_intake.id,
                    "pause_until": False,
                    "color": 0,
                    "mandate_id": self.mandate_a.id,
                }
            ],
        )

    def test_closed_episode_stays_as_it_was(self):
        self._close(20)
        names = [
            "state",
            "date_start",
            "date_opened",
            "date_end",
            "closure_reason_id",
            "episode",
            "user_id",
            "stage_id",
            "previous_case_id",
            "display_name",
        ]
        before = self.case.read(names)
        self._reopen(15)
        self.env.invalidate_all()
        self.assertEqual(self.case.read(names), before)

    def test_episodes_are_numbered_through(self):
        case = self.case
        for episode in (2, 3, 4):
            self._close(40 - episode, case)
            case = self._reopen(40 - episode, case)
            self.assertEqual(case.episode, episode)
            self.assertEqual(case.display_name, f"{self.number} / {episode}")
        self.assertEqual(self.case.display_name, self.number, "the first bears the number alone")
        self.assertEqual(case._episodes().mapped("episode"), [4, 3, 2, 1])
        self.assertEqual(self.case._episodes(), self.case)

    def test_client_has_one_open_case_among_her_episodes(self):
        self._close(9)
        new = self._reopen(9)
        self.assertEqual(self.client._current_case(), new)
        self.assertRefused("is not closed", self._reopen, 0, new)
        self.assertRefused("has an open case already", self._reopen)

    # ------------------------------------------------------------
    # From which day
    # ------------------------------------------------------------

    def test_new_episode_may_begin_on_the_day_the_last_one_ended(self):
        for days_ago in (30, 29, 0):
            with self.subTest(days_ago):
                case = self._case(self._client(self.worker_a, "Abebe Beispielu"))
                self._close(30, case)
                self.assertEqual(self._reopen(days_ago, case).date_start, self._day(days_ago))

    def test_new_episode_begins_neither_before_that_day_nor_tomorrow(self):
        self._close(30)
        message = self.assertRefused("before the end of the last", self._reopen, 31)
        self.assertIn(self._said(self._day(30)), message)
        self.assertRefused("cannot lie in the future", self._reopen, -1)
        self.assertFalse(self.client.case_ids - self.case)

    def test_open_and_paused_cases_are_not_reopened(self):
        self.assertRefused("is not closed", self._reopen)
        self.case._pause("away", self.today + timedelta(days=5))
        self.assertRefused("is not closed", self._reopen)

    def test_mandate_must_hold_on_the_new_first_day(self):
        self._close(30)
        self.mandate_a.date_end = self._day(20)
        self.assertEqual(self._tried(20), self.mandate_a)
        self.assertRefused("has no mandate for Aheim", self._reopen, 19)

    def _tried(self, days_ago):
        """Return the mandate of an episode that is not kept."""
        with self.cr.savepoint() as savepoint:
            mandate = self._reopen(days_ago).mandate_id
            savepoint.rollback()
        self.env.invalidate_all()
        return mandate

    # ------------------------------------------------------------
    # Consent
    # ------------------------------------------------------------

    def test_card_without_consent_begins_again_uncounted(self):
        client = self._client(self.worker_a, "Nobody Asked", consent=False)
        case = self._case(client)
        self._close(9, case)
        self.assertFalse(self._reopen(9, case).date_opened)

    def test_after_a_withdrawal_nothing_begins_again(self):
        self._close()
        self._consent(self.client, "withdrawn")
        self.assertRefused("no valid consent", self._reopen)
        self._consent(self.client, "given", date=self.today, reason="Asked again")
        new = self._reopen()
        self.assertEqual(new.date_opened, self.today)

    # ------------------------------------------------------------
    # Family
    # ------------------------------------------------------------

    def test_family_begins_again_together(self):
        wife, son, gone = (
            self._client(self.worker_a, f"{name} Beispielko", consent=False)
            for name in ("Iryna", "Danylo", "Taras")
        )
        self.case._accompany(wife | son | gone)
        self._close(9)
        gone.family_case_id = False
        new = self._reopen(9)
        self.assertEqual(new.member_ids, wife | son)
        self.assertFalse(self.case.member_ids)
        self.assertFalse(gone.family_case_id)
        self.assertEqual(new.person_count, 3)

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_colleague_of_the_team_who_begins_again_is_responsible(self):
        self._share(self.colleague_a)
        self._close(3)
        new = self._reopen(3, self._seen_by(self.colleague_a))
        self.assertEqual(new.user_id, self.colleague_a)
        self.assertEqual(self._responsible(new), [("colleague_a", self._day(3), False)])
        self.assertFalse(self._reads(self.worker_a, new))
        self.assertTrue(self._reads(self.worker_a, self.case), "the former episode stays hers")

    def test_deputy_lead_and_strangers_begin_nothing(self):
        self._share(
            self.colleague_a,
            "deputy",
            date_until=fields.Datetime.add(fields.Datetime.now(), days=2),
        )
        self._close(3)
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.admin_a):
            with self.subTest(user.login):
                self.assertDenied(self._reopen, 3, self._seen_by(user))
        self.assertEqual(self.client.case_ids, self.case)

    # ------------------------------------------------------------
    # The reason
    # ------------------------------------------------------------

    def test_reason_is_read_by_whoever_reads_the_file(self):
        """They are words of a file: a lead sees that there was a reopening, not why."""
        self._share(self.colleague_a)
        self._close()
        new = self._reopen(reason="Lost the flat in the old town")
        for kind in ("own", "team"):
            user = {"own": self.worker_a, "team": self.colleague_a}[kind]
            if kind == "team":
                self._share(self.colleague_a, case=new)
            with self.subTest(user.login):
                self.assertEqual(
                    self._seen_by(user, new).reopening_note, "Lost the flat in the old town"
                )
        lead = self._seen_by(self.lead_a, new)
        self.assertFalse(lead.reopening_note)
        self.assertEqual((lead.episode, lead.previous_case_id.id), (2, self.case.id))
        self.assertFalse(self.case.reopening_note, "the first episode was not reopened")

    def test_stored_words_are_for_nobody(self):
        self._close()
        new = self._reopen(reason="Lost the flat in the old town")
        for user in (self.worker_a, self.lead_a):
            case = self._seen_by(user, new)
            self.assertNotIn("reopening_reason", case.fields_get())
            for function, args in (
                (case.read, [["reopening_reason"]]),
                (case.search, [[("reopening_reason", "like", "flat")]]),
                (case.search, [[], 0, None, "reopening_reason"]),
                (case.formatted_read_group, [[], ["reopening_reason"], ["__count"]]),
            ):
                with self.subTest(user.login, args=args), self.assertRaises(AccessError):
                    function(*args)

    # ------------------------------------------------------------
    # The dialog
    # ------------------------------------------------------------

    def test_dialog_proposes_today_and_opens_the_new_episode(self):
        self._close(4)
        tomorrow = self.today + timedelta(days=1)
        action = self.case.action_reopen()
        model = self.case.env["integration.case.reopen"].with_context(**action["context"])
        with freeze_time(f"{self.today} 23:30:00"):
            self.assertEqual(Form(model).date_start, tomorrow)
        with Form(model) as form:
            self.assertEqual(form.date_start, self.today)
            form.reason = "A letter of the authority"
        action = form.record.action_reopen()
        new = self.client._current_case()
        self.assertEqual((action["res_id"], action["res_model"]), (new.id, "integration.case"))
        self.assertEqual(action["views"], [(False, "form")])
        self.assertEqual(new.reopening_note, "A letter of the authority")

    def test_dialog_asks_for_a_reason(self):
        self._close()
        form = Form(
            self.case.env["integration.case.reopen"].with_context(default_case_id=self.case.id)
        )
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            form.save()

    def test_dialog_is_no_way_round_the_walls(self):
        self._close()
        for user in (self.lead_a, self.colleague_a, self.worker_b):
            with self.subTest(user.login):
                self.assertDenied(self._dialog, "reopen", user, reason="Back again")
