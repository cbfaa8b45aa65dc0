from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE
from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestCaseClosing(CaseCommon):
    """A case ends on a day that the figures can believe, for a reason of the county standard.

    A slip of today is undone with one click; any later the end stands.
    """

    def _close(self, days_ago=0, case=None):
        (self.case if case is None else case)._close(self.goals_reached, self._day(days_ago))

    # ------------------------------------------------------------
    # The day of the end
    # ------------------------------------------------------------

    def test_case_may_end_on_any_day_from_its_start_to_today(self):
        for days_ago in (100, 99, 1, 0):
            with self.subTest(days_ago):
                case = self._case(self._client(self.worker_a, "Rahel Beispielu"), days_ago=100)
                self._close(days_ago, case)
                self.assertRecordValues(
                    case,
                    [
                        {
                            "state": "closed",
                            "date_end": self._day(days_ago),
                            "closure_reason_id": self.goals_reached.id,
                            "date_start": self._day(100),
                            "may_undo_close": days_ago == 0,
                        }
                    ],
                )

    def test_case_ends_neither_before_its_start_nor_tomorrow(self):
        for days_ago in (101, -1):
            with self.subTest(days_ago):
                message = self.assertRefused("between the start", self._close, days_ago)
                self.assertIn(self._said(self._day(100)), message)
        self.assertEqual(self.case.state, "open")

    def test_case_of_one_day(self):
        case = self._case(self._client(self.worker_a, "Bilal Beispiel"), days_ago=0)
        self._close(0, case)
        self.assertEqual(case.date_start, case.date_end)

    def test_last_talk_may_be_on_the_last_day(self):
        self._talk(self.case, days_ago=6)
        cancelled = self._talk(self.case, days_ago=2)
        cancelled.cancelled = True
        message = self.assertRefused("after the end", self._close, 7)
        self.assertIn(self._said(self._day(6)), message)
        self._close(6)
        self.assertEqual(self.case.date_end, self._day(6))

    def test_case_ends_on_a_leap_day(self):
        leap_day = self._leap_day()
        with freeze_time(datetime.combine(leap_day + timedelta(days=1), time(12))):
            case = self._case(self._client(self.worker_a, "Mulu Beispielu", consent=False))
            case._close(self.goals_reached, leap_day)
            self.assertEqual((case.date_end, case.may_undo_close), (leap_day, False))

    def test_end_is_proposed_for_the_day_it_is_here(self):
        tomorrow = self.today + timedelta(days=1)
        with freeze_time(f"{self.today} 23:30:00"):
            dialog = self._dialog("close", closure_reason_id=self.goals_reached.id)
            self.assertEqual(dialog.date_end, tomorrow)
            dialog.action_close()
            self.assertTrue(self.case.may_undo_close)

    def test_closed_once_is_closed(self):
        self._close(3)
        message = self.assertRefused("was closed on", self._close, 1)
        self.assertIn(self._said(self._day(3)), message)
        self.assertEqual(self.case.date_end, self._day(3))

    def test_start_cannot_move_behind_the_end(self):
        self._close(10)
        self.assertRefused("lies before the start", self.case.write, {"date_start": self._day(9)})
        self.case.date_start = self._day(10)
        self.assertEqual(self.case.date_start, self.case.date_end)

    # ------------------------------------------------------------
    # Several, and who
    # ------------------------------------------------------------

    def test_one_that_cannot_be_closed_keeps_the_others_open(self):
        other = self._case(self._client(self.worker_a, "Tesfay Beispielu"), days_ago=20)
        self.assertRefused(
            "between the start", self._close, 30, self.case | other, number=other.file_number
        )
        self.assertEqual((self.case | other).mapped("state"), ["open", "open"])
        self._close(20, self.case | other)
        self.assertEqual((self.case | other).mapped("date_end"), [self._day(20)] * 2)

    def test_paused_case_may_be_closed_and_stays_so_when_the_pause_would_end(self):
        self.case._pause("away", self.today + timedelta(days=3))
        self._close()
        with freeze_time(fields.Datetime.now() + timedelta(days=5)):
            self.env["integration.case"]._cron_end_pauses()
        self.assertEqual(self.case.state, "closed")

    def test_whoever_has_no_entry_closes_nothing(self):
        for user in (self.lead_a, self.colleague_a, self.worker_b, self.admin_a, self.county_user):
            with self.subTest(user.login):
                case = self._seen_by(user)
                self.assertDenied(case._close, self.goals_reached, self.today)
                self.assertDenied(
                    self._dialog, "close", user, closure_reason_id=self.goals_reached.id
                )

    def test_deputy_closes_for_the_absent_worker(self):
        self._share(
            self.colleague_a,
            "deputy",
            date_until=fields.Datetime.add(fields.Datetime.now(), days=2),
        )
        self._dialog(
            "close", self.colleague_a, closure_reason_id=self.goals_reached.id
        ).action_close()
        self.assertRecordValues(self.case, [{"state": "closed", "user_id": self.worker_a.id}])

    def test_responsibility_and_access_outlast_the_end(self):
        """Anyone who worked on a case answers questions about it, and may reopen it."""
        self._close(2)
        self.assertEqual(self._responsible(), [("worker_a", self._day(100), False)])
        self.assertTrue(self._reads(self.worker_a, self.client))

    # ------------------------------------------------------------
    # The dialog
    # ------------------------------------------------------------

    def test_button_opens_the_dialog_on_its_case(self):
        for button, model in (
            ("action_close", "integration.case.close"),
            ("action_reopen", "integration.case.reopen"),
            ("action_pause", "integration.case.pause"),
        ):
            with self.subTest(button):
                action = getattr(self.case, button)()
                self.assertEqual((action["res_model"], action["target"]), (model, "new"))
                form = Form(self.case.env[model].with_context(**action["context"]))
                self.assertEqual(form.case_id, self.case)
                self.assertIn("Olena", form.case_id.display_name, "the worker sees whose case")
        with self.assertRaises(ValueError):
            (self.case | self._case(self._client(self.worker_a))).action_close()

    def test_closing_note_goes_into_the_file(self):
        self._dialog(
            "close", closure_reason_id=self.goals_reached.id, note="Found work and a flat."
        ).action_close()
        self.assertRecordValues(
            self.case.note_ids, [{"body": "Found work and a flat.", "user_id": self.worker_a.id}]
        )

    def test_without_a_note_none_is_written(self):
        self._dialog("close", closure_reason_id=self.goals_reached.id).action_close()
        self.assertFalse(self.case.note_ids)

    def test_dialog_asks_about_the_open_steps_of_agreed_plans_alone(self):
        area = self.env.ref(f"{MODULE}.area_housing").id
        steps = [Command.create({"name": name}) for name in ("Look", "Call", "Sign")]
        plan = self.case.env["integration.plan"].create(
            {
                "case_id": self.case.id,
                "line_ids": [
                    Command.create({"area_id": area, "name": "A flat", "step_ids": steps})
                ],
            }
        )
        dialog = self._dialog("close", closure_reason_id=self.goals_reached.id)
        self.assertEqual((dialog.open_step_count, dialog.rest_state), (0, "dropped"))
        plan.action_agree()
        done, *left = plan.step_ids
        done.action_tick_off()
        dialog = self._dialog(
            "close", closure_reason_id=self.goals_reached.id, rest_state="missed", rest_reason="   "
        )
        self.assertEqual(dialog.open_step_ids.ids, [step.id for step in left])
        dialog.action_close()
        self.assertEqual(done.state, "done")
        for step in left:
            self.assertRecordValues(step, [{"state": "missed", "reason": self.goals_reached.name}])

    def test_reason_is_a_shared_one_or_the_employers_own(self):
        own, foreign = self.env["integration.closure.reason"].create(
            [
                {"name": "Our own", "code": "own_reason", "company_id": company.id}
                for company in (self.company_a, self.company_b)
            ]
        )
        visible = self._as(self.worker_a)["integration.closure.reason"].search([])
        self.assertIn(own, visible)
        self.assertNotIn(foreign, visible)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._dialog("close", closure_reason_id=foreign.id)
        self._dialog("close", closure_reason_id=own.id).action_close()
        self.assertEqual(self.case.closure_reason_id, own)

    def test_dialog_of_somebody_else_is_out_of_reach(self):
        self._share(self.colleague_a)
        for name, values in (
            ("close", {"closure_reason_id": self.goals_reached.id}),
            ("pause", {}),
            ("reopen", {"reason": "Back again"}),
        ):
            with self.subTest(name):
                dialog = self._seen_by(self.colleague_a, self._dialog(name, **values))
                self.assertDenied(dialog.read, ["case_id"])
                self.assertDenied(getattr(dialog, f"action_{name}"))

    # ------------------------------------------------------------
    # Undoing
    # ------------------------------------------------------------

    def test_end_of_today_is_undone_as_if_it_had_not_been(self):
        before = self.case.read(["state", "date_start", "date_opened", "user_id", "stage_id"])
        self._close()
        self.case.action_undo_close()
        self.assertEqual(before, self.case.read(list(set(before[0]) - {"id"})))
        self.assertRecordValues(
            self.case, [{"date_end": False, "closure_reason_id": False, "may_undo_close": False}]
        )
        self._close(4)
        self.assertEqual(self.case.date_end, self._day(4), "and it may be closed again")

    def test_end_is_undone_until_midnight_of_the_place(self):
        self._close()
        for moment, may in ((time(21, 30), True), (time(23, 30), False)):
            with self.subTest(moment), freeze_time(datetime.combine(self.today, moment)):
                self.case.invalidate_recordset(["may_undo_close"])
                self.assertEqual(self.case.may_undo_close, may)
        with freeze_time(datetime.combine(self.today, time(23, 30))):
            self.case.invalidate_recordset(["may_undo_close"])
            self.assertRefused("only an end of today", self.case.action_undo_close)

    def test_open_and_long_closed_cases_are_not_undone(self):
        self.assertRefused("only an end of today", self.case.action_undo_close)
        self._close(1)
        self.assertRefused("Reopen the case", self.case.action_undo_close)

    def test_end_is_not_undone_once_a_new_episode_has_begun(self):
        self._close()
        self.case._reopen("Came back in the afternoon", self.today)
        self.assertRefused("has an open case already", self.case.action_undo_close)
        self.assertEqual(self.case.state, "closed")

    def test_only_whoever_works_on_the_case_undoes_its_end(self):
        self._close()
        for user in (self.lead_a, self.colleague_a, self.worker_b):
            with self.subTest(user.login):
                self.assertDenied(self._seen_by(user).action_undo_close)

    def test_one_old_end_among_several_undoes_none(self):
        other = self._case(self._client(self.worker_a, "Zahra Beispielzada"))
        self._close(0)
        self._close(1, other)
        self.assertRefused(
            "only an end of today", (self.case | other).action_undo_close, number=other.file_number
        )
        self.assertEqual(self.case.state, "closed")
        other = self._case(self._client(self.worker_a, "Omid Beispielzada"))
        self._close(0, other)
        (self.case | other).action_undo_close()
        self.assertEqual((self.case | other).mapped("state"), ["open", "open"])

    # ------------------------------------------------------------
    # Looking for a case by its number
    # ------------------------------------------------------------

    def test_number_finds_the_latest_case_of_the_own_employer(self):
        self._close(5)
        latest = self.case._reopen("Needs advice again", self._day(5))
        for text in (self.number, f"  {self.number}\n"):
            found = self._as(self.colleague_a)["integration.case"]._find_by_number(text)
            self.assertEqual(found.id, latest.id)
        theirs = self._case(self._client(self.worker_b, "Petra Beispiel"))
        theirs.client_id.sudo()._as_system().write({"file_number": "2020-99999"})
        for text in ("2020-99999", self.number[:-1], "%", "", False):
            with self.subTest(text), self.assertRaisesRegex(UserError, "check the number"):
                self._as(self.worker_a)["integration.case"]._find_by_number(text)
