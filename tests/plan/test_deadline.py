from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestDeadline(IntegrationCommon):
    """A day that must not be missed: entered by hand or following from what is recorded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, "Olena Beispielko")
        cls.case = cls._case(cls.client)
        cls.Deadline = cls.case.env["integration.deadline"]
        cls.appeal = cls.env.ref(f"{MODULE}.deadline_kind_appeal")
        cls.status = cls.env["integration.residence.status"].search([], limit=1)

    def _in(self, days):
        return self.today + timedelta(days=days)

    def _deadline(self, days=30, **values):
        return self.Deadline.create(
            {"case_id": self.case.id, "kind_id": self.appeal.id, "date": self._in(days), **values}
        )

    def _permit(self, days, client=None, **values):
        client = client or self.client
        return client.env["integration.residence"].create(
            {
                "client_id": client.id,
                "status_id": self.status.id,
                "date_from": self._in(-20),
                "date_to": self._in(days),
                **values,
            }
        )

    def _night(self):
        self.env["integration.deadline"]._cron_remind()

    def _todos(self, case=None):
        """Return the to-dos of days to come; what else a case brings about is due today."""
        case = case or self.case
        return case.sudo().activity_ids.filtered(lambda todo: todo.date_deadline > self.today)

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def test_by_hand(self):
        deadline = self._deadline(30)
        self.assertRecordValues(
            deadline,
            [
                {
                    "client_id": self.client.id,
                    "user_id": self.worker_a.id,
                    "date_remind": self._in(30 - self.appeal.lead_days),
                    "state": "open",
                }
            ],
        )
        self.assertNotIn("Olena", deadline.display_name)
        deadline.action_done()
        self.assertEqual((deadline.state, deadline.date_done), ("done", self.today))
        deadline.action_open_again()
        self.assertEqual((deadline.state, deadline.date_done), ("open", False))

    def test_slips_are_told_in_words(self):
        number = self.client.file_number
        for values, words in (
            ({"date": self.case.date_start - timedelta(days=1)}, "before the start of the case"),
            ({"date": self._in(9), "date_remind": self._in(10)}, "reminder comes after"),
            ({"client_id": self._client(self.worker_a, "Other").id}, "choose the client of the"),
        ):
            with self.subTest(words):
                with self.assertRaisesRegex(ValidationError, f"{number}.*{words}"):
                    self._deadline(**values)
        with self.assertRaisesRegex(ValidationError, "cannot be meant"):
            self._deadline(365 * 900)

    def test_family_member_of_the_case(self):
        child = self._client(self.worker_a, "Danylo B", family_case_id=self.case.id)
        self.assertEqual(self._deadline(client_id=child.id).client_id, child)

    # ------------------------------------------------------------
    # From what is recorded
    # ------------------------------------------------------------

    def test_last_day_of_a_permit_is_a_deadline_and_moves_with_it(self):
        permit = self._permit(200)
        deadline = self.case.deadline_ids
        self.assertEqual(deadline.date, self._in(200))
        self.assertEqual(deadline.kind_id, self.env.ref(f"{MODULE}.deadline_kind_residence"))
        permit.date_to = self._in(300)
        self.assertEqual(deadline.date, self._in(300))
        permit.date_to = False
        self.assertEqual(deadline.state, "dropped")

    def test_what_was_dealt_with_stays_so(self):
        permit = self._permit(20)
        self.case.deadline_ids.action_done()
        permit.date_to = self._in(300)
        self.assertRecordValues(self.case.deadline_ids, [{"state": "done", "date": self._in(20)}])

    def test_no_deadline_where_none_can_be_watched(self):
        self._permit(-2)
        self.assertFalse(self.case.deadline_ids, "it has passed")
        no_case = self._client(self.worker_a, "Yonas Beispielu")
        self._permit(90, no_case)
        self.assertFalse(self.Deadline.search([("case_id.client_id", "!=", self.client.id)]))

    def test_night_finds_what_no_save_has_made(self):
        client = self._client(self.worker_a, "Yonas Beispielu")
        self._permit(90, client)
        case = self._case(client)
        self.assertFalse(case.deadline_ids)
        self._night()
        self._night()
        self.assertEqual(case.deadline_ids.mapped("date"), [self._in(90)])
        self.assertEqual(len(self._todos(case)), 1, "and of it she is told the same night")

    def test_night_goes_on_where_a_consent_has_ended(self):
        client = self._client(self.worker_a, "Yonas Beispielu")
        self._permit(20, client)
        case = self._case(client)
        self._consent(client, "withdrawn")
        self._night()
        self.assertFalse(case.deadline_ids)

    def test_renewed_permit_does_not_run_out_any_more(self):
        old = self._permit(30)
        deadline = self.case.deadline_ids
        old.date_to = self._in(-1)
        new = self._permit(700, date_from=self.today)
        self.assertEqual(deadline.state, "dropped", "the new one counts")
        self.assertEqual((self.case.deadline_ids - deadline).residence_id, new)

    def test_deleted_entry_takes_its_deadline_and_reminder_along(self):
        permit = self._permit(5)
        self._night()
        self.assertTrue(self._todos())
        permit.unlink()
        self.assertFalse(self.case.deadline_ids)
        self.assertFalse(self._todos())

    def test_day_that_follows_is_not_changed_here(self):
        self._permit(90)
        other = self._client(self.worker_a, "Danylo B", family_case_id=self.case.id)
        for values in (
            {"date": self._in(80)},
            {"kind_id": self.appeal.id},
            {"client_id": other.id},
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, "no longer change"):
                self.case.deadline_ids.write(values)
        self.case.deadline_ids.note = "Two photographs"

    def test_case_that_goes_on_takes_the_deadline_up_again(self):
        self._permit(90)
        old = self.case.deadline_ids
        reason = self.env["integration.closure.reason"].search([], limit=1)
        self.case._close(reason, self.today)
        case = self.case._reopen("Needs advice again", self.today)
        self._night()
        self._night()
        self.assertEqual(case.deadline_ids.mapped("date"), [self._in(90)])
        self.assertEqual(old.case_id, self.case, "what was left open stays where it was")

    def test_closed_case_takes_none(self):
        reason = self.env["integration.closure.reason"].search([], limit=1)
        self.case._close(reason, self.today)
        with self.assertRaisesRegex(ValidationError, f"{self.client.file_number}.*is closed"):
            self._deadline(5)

    def test_permit_of_a_member_is_entered_after_the_family_case_was_closed(self):
        child = self._client(self.worker_a, "Danylo B", family_case_id=self.case.id)
        reason = self.env["integration.closure.reason"].search([], limit=1)
        self.case._close(reason, self.today)
        permit = self._permit(90, child)
        self._night()
        self.assertTrue(permit.exists())
        self.assertFalse(self.case.deadline_ids, "nobody works on it any more")
        self.assertEqual(child.action_open_case()["res_id"], self.case.id)

    def test_corrected_day_may_lie_before_the_case(self):
        permit = self._permit(60)
        permit.write({"date_from": self._in(-900), "date_to": self._in(-800)})
        self.assertEqual(self.case.deadline_ids.state, "dropped")

    def test_benefit(self):
        self.client.env["integration.benefit"].create(
            {
                "client_id": self.client.id,
                "type_id": self.env["integration.benefit.type"].search([], limit=1).id,
                "date_from": self._in(-5),
                "date_to": self._in(170),
            }
        )
        self.assertEqual(
            self.case.deadline_ids.kind_id, self.env.ref(f"{MODULE}.deadline_kind_benefit")
        )

    # ------------------------------------------------------------
    # Reminder
    # ------------------------------------------------------------

    def test_worker_is_reminded_once_and_without_words(self):
        deadline = self._deadline(self.appeal.lead_days, note="Bring the letter")
        self._deadline(self.appeal.lead_days + 1)
        self._night()
        self._night()
        todo = self._todos()
        self.assertRecordValues(
            todo, [{"user_id": self.worker_a.id, "date_deadline": deadline.date, "note": False}]
        )
        self.assertNotIn(self.appeal.name, todo.summary)
        self.assertNotIn("letter", todo.summary)
        self.assertEqual(deadline.date_reminded, self.today)

    def test_another_day_is_another_reminder(self):
        deadline = self._deadline(5)
        self._night()
        self.assertTrue(self._todos())
        deadline.date = self._in(400)
        self.assertFalse(deadline.date_reminded)
        self.assertFalse(self._todos(), "the old reminder would mislead")
        deadline.date = self._in(6)
        self._night()
        self.assertEqual(self._todos().date_deadline, self._in(6))

    def test_nothing_is_left_to_do_once_it_is_dealt_with(self):
        deadline = self._deadline(5)
        self._night()
        deadline.action_done()
        self.assertFalse(self._todos())
        deadline.action_open_again()
        self._night()
        self.assertEqual(len(self._todos()), 1, "open once more, told once more")

    def test_nobody_is_reminded_of_what_is_over(self):
        self._deadline(-1)
        self._deadline(2).action_done()
        self._night()
        self.assertFalse(self._todos())
        self._deadline(2)
        self.case._close(self.env["integration.closure.reason"].search([], limit=1), self.today)
        self._night()
        self.assertFalse(self._todos())

    def test_nobody_is_reminded_after_a_withdrawal(self):
        self._deadline(2)
        self._consent(self.client, "withdrawn")
        self._night()
        self.assertFalse(self._todos())

    def test_night_costs_as_many_queries_for_ten_as_for_two(self):
        def night(number):
            for _index in range(number):
                self._deadline(2)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._night()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        night(2)
        self.assertLessEqual(night(10), night(2) + 2)

    # ------------------------------------------------------------
    # Walls
    # ------------------------------------------------------------

    def test_gate(self):
        nobody = self._case(self._client(self.worker_a, "Nobody Asked", consent=False))
        with self.assertRaises(UserError):
            self._deadline(case_id=nobody.id)
        deadline = self._deadline()
        self._consent(self.client, "withdrawn")
        with self.assertRaises(UserError):
            deadline.note = "Words"

    def test_lead_without_entry_sees_none(self):
        deadline = self._deadline()
        with self.assertRaises(AccessError):
            deadline.with_user(self.lead_a).read(["date"])
        self.assertFalse(self.Deadline.with_user(self.lead_a).search([]))

    def test_origin_and_reminder_are_not_set_by_hand(self):
        permit = self._permit(90)
        for name, value in (
            ("residence_id", permit.id),
            ("date_reminded", self.today),
            ("date_done", self.today),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, "Not to be set by hand"):
                self._deadline(**{name: value})
