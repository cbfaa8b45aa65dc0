from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MODULE
from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestCaseWaysRound(CaseCommon):
    """Ways round the course of a case: by another field, another moment, another caller."""

    def _close(self, days_ago=0, case=None):
        (self.case if case is None else case)._close(self.goals_reached, self._day(days_ago))

    def test_closed_case_passes_to_case_workers_only(self):
        """Else a lead opens the words of closed files to herself by one write."""
        self._close()
        for user in (self.lead_a, self.admin_a, self.employee):
            with self.subTest(user.login):
                self.assertRefused(
                    "is no case worker", self._seen_by(self.lead_a).write, {"user_id": user.id}
                )
                self.assertFalse(self._reads(user, self.client))

    def test_member_entered_into_the_family_goes_along_when_the_case_is_handed_over(self):
        child = self._client(self.worker_a, "Danylo B", consent=False, family_case_id=self.case.id)
        self._hand_over(self.colleague_a)
        self.assertFalse(self._reads(self.worker_a, child))
        self.assertTrue(self._reads(self.colleague_a, child))

    def test_member_entered_into_a_colleagues_family_is_read_by_the_colleague(self):
        theirs = self._case(self._client(self.colleague_a, "Helen Beispielu"))
        self._share(self.worker_a, case=theirs)
        child = self._client(self.worker_a, "Noah B", consent=False, family_case_id=theirs.id)
        self.assertTrue(self._reads(self.colleague_a, child))

    def test_number_of_the_episode_is_not_set_by_hand(self):
        with self.assertRaisesRegex(UserError, "Not to be set by hand"):
            self.case.episode = 9
        with self.assertRaisesRegex(UserError, "Not to be set by hand"):
            self._case(self._client(self.worker_a, "Yonas Beispielu"), episode=4)

    def test_only_the_last_episode_is_reopened(self):
        self._close(20)
        second = self.case._reopen("Needs advice again", self._day(18))
        self._close(10, second)
        self.assertRefused("", self.case._reopen, "Once more", self._day(15))
        self.assertFalse(self.client.case_ids - self.case - second)

    def test_new_case_starts_before_consent_whatever_the_order_of_the_phases(self):
        self.env.ref(f"{MODULE}.stage_assessment").sequence = 1
        self.env.flush_all()
        self.env.invalidate_all()
        card = self._client(self.worker_a, "Nobody Asked", consent=False)
        self.assertEqual(self._case(card).stage_id, self.stage_intake)

    def test_archived_worker_becomes_responsible_for_nothing(self):
        self.colleague_a.active = False
        for cases in (self.case,):
            self.assertRefused(
                "", self._seen_by(self.lead_a, cases).write, {"user_id": self.colleague_a.id}
            )

    def test_same_client_twice_in_one_batch_is_refused_with_her_number(self):
        client = self._client(self.worker_a, "Yonas Beispielu")
        vals = {"client_id": client.id, "municipality_id": self.town_a.id}
        self.assertRefused(
            "has an open case already",
            client.env["integration.case"].create,
            [vals, dict(vals)],
            number=client.file_number,
        )

    def test_client_given_by_the_context_is_asked_like_any_other(self):
        newcomer = self._client(self.worker_a, "Yonas Beispielu")
        cases = newcomer.env["integration.case"].with_context(default_client_id=newcomer.id)
        self.assertEqual(cases.create({"municipality_id": self.town_a.id}).client_id, newcomer)

    def test_blank_reason_is_no_reason_to_reopen(self):
        self._close()
        with self.assertRaises(UserError):
            self._dialog("reopen", reason="  ").action_reopen()

    # ------------------------------------------------------------
    # Episodes follow each other
    # ------------------------------------------------------------

    def test_new_case_after_a_closed_one_is_an_episode_of_the_same_file(self):
        self._close(20)
        self.assertRefused("had a case before", self._case, self.client, days_ago=10)
        self.assertFalse(self.client.case_ids - self.case)

    def test_start_of_an_episode_is_not_corrected_into_the_last_one(self):
        self._close(20)
        second = self.case._reopen("Needs advice again", self._day(10))
        second.date_start = self._day(20)
        self.assertRefused(
            "cannot start before the end of the last", second.write, {"date_start": self._day(21)}
        )

    def test_responsibility_begins_with_the_corrected_start(self):
        self._hand_over(self.colleague_a)
        self.case = self._seen_by(self.colleague_a)
        self.case.date_start = self._day(120)
        rows = self.case.sudo().assignment_ids.sorted("date_from")
        self.assertEqual(rows.mapped("date_from"), [self._day(120), self.today])
        self.assertEqual(rows.user_id, self.worker_a | self.colleague_a)
        self.case.date_start = self.today
        rows = self.case.sudo().assignment_ids
        self.assertEqual(rows.mapped("date_from"), [self.today])
        self.assertEqual(rows.user_id, self.colleague_a, "nobody was responsible before the start")

    def test_end_that_is_undone_leaves_the_pause_as_it_was(self):
        self.case._pause("away", self._day(-30))
        self._close()
        self.case.action_undo_close()
        self.assertRecordValues(
            self.case, [{"state": "paused", "pause_until": self._day(-30), "date_end": False}]
        )
        self.case.action_resume()
        self._close()
        self.case.action_undo_close()
        self.assertEqual(self.case.state, "open", "a pause that was ended does not come back")

    def test_archived_reason_closes_nothing(self):
        self.goals_reached.active = False
        self.assertRefused("is archived", self._close)
        self.assertEqual(self.case.state, "open")

    # ------------------------------------------------------------
    # The family's case
    # ------------------------------------------------------------

    def test_nobody_is_accompanied_in_her_own_case(self):
        self.assertRefused(
            "case of a relative", self.client.write, {"family_case_id": self.case.id}
        )

    def test_nobody_with_an_open_case_is_accompanied_in_another(self):
        other = self._case(self._client(self.worker_a, "Yonas Beispielu"))
        self.assertRefused("has an open case", self.client.write, {"family_case_id": other.id})

    def test_nobody_joins_a_closed_case(self):
        child = self._client(self.worker_a, "Danylo B", consent=False)
        self._close()
        self.assertRefused(
            "open case of a relative",
            child.write,
            {"family_case_id": self.case.id},
            number=child.file_number,
        )
