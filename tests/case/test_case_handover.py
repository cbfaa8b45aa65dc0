from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE
from .case_common import CaseCommon

REASON = "Worker has left for good"


@tagged("post_install", "-at_install")
class TestCaseHandover(CaseCommon):
    """Who is responsible is the lead's decision; it holds from today, and the past stays.

    The new worker gets the whole file at once, with family and earlier episodes, and the former
    one loses it with the same click.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._new_user("second_a", f"{MODULE}.group_caseworker", cls.company_a)

    # ------------------------------------------------------------
    # Who decides
    # ------------------------------------------------------------

    def test_only_the_lead_of_the_employer_hands_a_case_over(self):
        self._share(
            self.colleague_a,
            "deputy",
            date_until=fields.Datetime.add(fields.Datetime.now(), days=3),
        )
        for user in (
            self.worker_a,
            self.colleague_a,
            self.admin_a,
            self.reporting_a,
            self.dpo_a,
            self.lead_b,
            self.worker_b,
            self.county_user,
            self.employee,
        ):
            with self.subTest(user.login):
                case = self._seen_by(user).with_context(integration_system=True)
                self.assertDenied(case.write, {"user_id": self.second.id})
        self.assertEqual(self._responsible(), [("worker_a", self._day(100), False)])

    def test_worker_is_told_whom_to_ask(self):
        with self.assertRaisesRegex(AccessError, "Only the team lead .* Please ask"):
            self.case.user_id = self.second

    def test_whoever_leads_and_counsels_hands_on_her_own_case(self):
        self.worker_a.group_ids += self.env.ref(f"{MODULE}.group_lead")
        self.case.user_id = self.second
        self.assertEqual(self.case.sudo().user_id, self.second)

    def test_lead_without_entry_changes_nothing_beside_the_worker(self):
        case = self._seen_by(self.lead_a)
        for vals in (
            {"color": 3},
            {"date_start": self.today},
            {"stage_id": self.case.stage_id.id},
            {"municipality_id": self.town_a.id},
            {"user_id": self.second.id, "color": 3},
        ):
            with self.subTest(vals):
                self.assertDenied(case.write, vals)
        self.assertEqual(self.case.user_id, self.worker_a)

    def test_only_a_case_worker_of_the_employer_becomes_responsible(self):
        case = self._seen_by(self.lead_a)
        for user in (self.lead_a, self.admin_a, self.employee, self.portal):
            with self.subTest(user.login):
                self.assertRefused("is no case worker", case.write, {"user_id": user.id})
        with self.assertRaisesRegex(UserError, "company"), self.cr.savepoint():
            case.user_id = self.worker_b
        self.env.invalidate_all()
        self.assertEqual(self._responsible(), [("worker_a", self._day(100), False)])

    # ------------------------------------------------------------
    # From which day
    # ------------------------------------------------------------

    def test_days_of_responsibility_neither_overlap_nor_leave_a_gap(self):
        self._hand_over(self.colleague_a)
        for days, user in ((10, self.second), (25, self.worker_a)):
            with freeze_time(f"{self.today + timedelta(days=days)} 12:00:00"):
                self._hand_over(user)
        day = timedelta(days=1)
        self.assertEqual(
            self._responsible(),
            [
                ("worker_a", self._day(100), self.today - day),
                ("colleague_a", self.today, self.today + 9 * day),
                ("second_a", self.today + 10 * day, self.today + 24 * day),
                ("worker_a", self.today + 25 * day, False),
            ],
        )
        newest_first = self.case.sudo().assignment_ids.search([("case_id", "=", self.case.id)])
        self.assertEqual(
            newest_first.mapped("date_from"), sorted(newest_first.mapped("date_from"), reverse=True)
        )

    def test_second_thought_of_the_same_day_leaves_no_trace(self):
        """Nobody was responsible for less than a day."""
        self._hand_over(self.colleague_a)
        self._hand_over(self.second)
        self.assertEqual(
            self._responsible(),
            [("worker_a", self._day(100), self._day(1)), ("second_a", self.today, False)],
        )
        self.assertFalse(self._reads(self.colleague_a, self.case))

    def test_case_of_today_was_never_anybody_elses(self):
        case = self._case(self._client(self.worker_a, "Hiwot Beispielu"), days_ago=0)
        self._hand_over(self.second, case)
        self.assertEqual(self._responsible(case), [("second_a", self.today, False)])

    def test_handed_over_to_whoever_has_it_changes_nothing(self):
        entries = self.case.sudo().access_ids
        self._hand_over(self.worker_a)
        self.assertEqual(self._responsible(), [("worker_a", self._day(100), False)])
        self.assertEqual(self.case.sudo().access_ids, entries)

    def test_night_of_the_change_belongs_to_the_day_that_begins_here(self):
        tomorrow = self.today + timedelta(days=1)
        with freeze_time(f"{self.today} 23:30:00"):
            self._hand_over(self.second)
        self.assertEqual(self._responsible()[1], ("second_a", tomorrow, False))

    def test_move_within_the_county_keeps_the_worker(self):
        self.mandate_a.create(
            {
                "company_id": self.company_a.id,
                "mode": "own",
                "municipality_id": self.town_b.id,
                "date_start": self.start,
            }
        )
        other = self._case(self._client(self.worker_a, "Karim Beispiel"), days_ago=5)
        (self.case | other).write({"municipality_id": self.town_b.id})
        (self.case | other).write({"municipality_id": self.town_b.id})
        for case in self.case | other:
            towns = case.sudo().assignment_ids.sorted("date_from").municipality_id
            self.assertEqual(towns, self.town_a | self.town_b)
            self.assertEqual([row[0] for row in self._responsible(case)], ["worker_a"] * 2)

    # ------------------------------------------------------------
    # What goes along
    # ------------------------------------------------------------

    def test_chain_of_episodes_is_one_file(self):
        second = self._ended_and_reopened(self.case, 30)
        third = self._ended_and_reopened(second, 10)
        self._hand_over(self.colleague_a, third)
        for case in (self.case, second, third):
            with self.subTest(case.sudo().episode):
                self.assertTrue(self._reads(self.colleague_a, case))
                self.assertFalse(self._reads(self.worker_a, case))
        # Who did the work then is another question than who reads it now.
        self.assertEqual(self._responsible(second), [("worker_a", self._day(30), False)])

    def _ended_and_reopened(self, case, days_ago):
        case._close(self.goals_reached, self._day(days_ago))
        return case._reopen("Needs advice again", self._day(days_ago))

    def test_family_and_only_the_family_goes_along(self):
        child, grown = (self._client(self.worker_a, name) for name in ("Ihor B", "Marko B"))
        self.case._accompany(child | grown)
        self._case(grown)
        self._hand_over(self.colleague_a)
        self.assertTrue(self._reads(self.colleague_a, child))
        self.assertFalse(self._reads(self.worker_a, child))
        self.assertTrue(self._reads(self.worker_a, grown), "has a case of his own by now")
        self.assertFalse(self._reads(self.colleague_a, grown))

    def test_pause_goes_on_with_the_new_worker(self):
        until = self.today + timedelta(days=9)
        self.case._pause("wish", until)
        self._hand_over(self.colleague_a)
        self.assertRecordValues(
            self._seen_by(self.colleague_a),
            [{"state": "paused", "pause_until": until, "may_work": True}],
        )

    def test_team_keeps_reading_whoever_is_responsible(self):
        self._share(self.second)
        self._hand_over(self.colleague_a)
        self.assertTrue(self._reads(self.second, self.case))

    # ------------------------------------------------------------
    # Several at once
    # ------------------------------------------------------------

    def test_cases_of_two_workers_pass_to_a_third(self):
        theirs = self._case(self._client(self.colleague_a, "Selam Beispielu"), days_ago=40)
        self._hand_over(self.second, self.case | theirs.with_env(self.case.env))
        for case, former in ((self.case, self.worker_a), (theirs, self.colleague_a)):
            self.assertEqual(
                [row[0] for row in self._responsible(case)], [former.login, "second_a"]
            )
            self.assertFalse(self._reads(former, case))
        mine = self._as(self.second)["integration.case"].search([])
        self.assertEqual(set(mine.ids), {self.case.id, theirs.id})

    def test_one_without_consent_keeps_all_of_them(self):
        other = self._case(self._client(self.worker_a, "Layla Beispiel"))
        self._consent(other.client_id, "withdrawn", purpose="transfer")
        with self.assertRaises(RedirectWarning) as caught, self.cr.savepoint():
            self._seen_by(self.lead_a, self.case | other).user_id = self.second
        self.env.invalidate_all()
        self.assertIn(other.client_id.file_number, caught.exception.args[0])
        self.assertNotIn(self.number, caught.exception.args[0])
        self.assertEqual(self.case.user_id, self.worker_a)

    def test_cases_of_an_archived_worker_find_a_new_one(self):
        self._archive_with_cases(self.worker_a)
        self._hand_over(self.colleague_a)
        self.assertEqual([row[0] for row in self._responsible()], ["worker_a", "colleague_a"])
        row = self.case.sudo().assignment_ids.sorted("date_from")[0]
        self.assertEqual(row.display_name, f"{self.number}: {self.worker_a.name}")

    # ------------------------------------------------------------
    # The dialog
    # ------------------------------------------------------------

    def test_dialog_takes_the_cases_marked_in_the_list(self):
        other = self._case(self._client(self.worker_a, "Nasrin Beispiel"))
        Dialog = self._as(self.lead_a)["integration.case.transfer"]
        for context, cases in (
            (
                {"active_model": "integration.case", "active_ids": (self.case | other).ids},
                self.case | other,
            ),
            ({"active_model": "integration.client", "active_ids": self.client.ids}, None),
            ({"active_ids": self.case.ids}, None),
            ({}, None),
            ({"default_case_ids": self.case.ids}, self.case),
        ):
            with self.subTest(context), Form(Dialog.with_context(**context)) as form:
                self.assertEqual(form.case_ids.ids, cases.ids if cases else [])
                form.case_ids = self.case
                form.user_id = self.second
                self.assertEqual(form.company_id, self.company_a)

    def test_dialog_names_the_files_that_need_a_reason(self):
        refusing = [self._case(self._client(self.worker_a, f"Reza B {n}")) for n in range(2)]
        for case in refusing:
            self._consent(case.client_id, "withdrawn", purpose="transfer")
        card = self._case(self._client(self.worker_a, "Nobody Asked", consent=False))
        with Form(self._as(self.lead_a)["integration.case.transfer"]) as form:
            self.assertFalse(form.missing_numbers)
            for case in (self.case, card, *refusing):
                form.case_ids.add(case)
            self.assertFalse(form.missing_numbers, "nobody is chosen yet")
            form.user_id = self.second
            self.assertEqual(
                set(form.missing_numbers.split(", ")),
                {case.client_id.file_number for case in refusing},
            )
            form.user_id = self.worker_a
            self.assertFalse(form.missing_numbers, "has them already")

    def test_reason_is_asked_for_where_a_consent_is_missing(self):
        self._consent(self.client, "withdrawn", purpose="transfer")
        for reason in (False, "", "too short", "   blank   ", "\t\n" * 9):
            with self.subTest(reason):
                dialog = self._transfer_dialog(self.case, self.second, reason=reason)
                self.assertRefused("no consent to the transfer", dialog.action_transfer)
        action = self._transfer_dialog(self.case, self.second, reason="ten signs.")
        self.assertEqual(action.action_transfer()["tag"], "soft_reload")
        self.assertEqual(self.case.sudo().user_id, self.second)

    def test_dialog_needs_no_reason_with_the_consent(self):
        self._transfer_dialog(self.case, self.second).action_transfer()
        self.assertEqual(self.case.sudo().user_id, self.second)
        self.assertFalse(self.case.sudo().access_ids.filtered("is_exception"))

    def test_dialog_is_no_way_round_the_roles(self):
        """A lead's dialog in the hands of somebody else, and cases of another employer."""
        dialog = self._transfer_dialog(self.case, self.second, reason=REASON)
        for user in (self.worker_a, self.colleague_a, self.admin_a, self.lead_b):
            with self.subTest(user.login):
                self.assertDenied(self._seen_by(user, dialog).action_transfer)
        self.assertDenied(
            self._as(self.lead_b)["integration.case.transfer"].create,
            {"case_ids": [Command.set(self.case.ids)], "user_id": self.worker_b.id},
        )
        dialog = self._transfer_dialog(self.case, self.lead_a, reason=REASON)
        self.assertRefused("is no case worker", dialog.action_transfer)
