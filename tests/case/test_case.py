from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestCase(IntegrationCommon):
    """The course of a case: opening, silence, handing over, closing, reopening."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a)
        cls.case = cls._case(cls.client_a)
        cls.reason = cls.env.ref("integration_management.closure_reason_goals_reached")

    def test_opened_from_consent_and_mandate_found(self):
        self.assertEqual(self.case.mandate_id, self.mandate_a)
        self.assertEqual(self.case.date_opened, self.case.date_start)
        self.assertEqual(self.case.assignment_ids.user_id, self.worker_a)

    def test_start_needs_a_mandate(self):
        other = self._client(self.worker_a)
        with self.assertRaisesRegex(ValidationError, other.file_number):
            self._case(other, self.town_b)
        with self.assertRaises(ValidationError):
            self._case(other, days_ago=900)
        with self.assertRaises(ValidationError):
            self._case(other, days_ago=-1)

    def test_one_open_case_per_client(self):
        with self.assertRaisesRegex(ValidationError, self.client_a.file_number):
            self._case(self.client_a, days_ago=3)

    def test_silence_follows_rhythm_and_last_talk(self):
        rhythm = self.case.stage_id.rhythm_days
        self.assertEqual(self.case.silence_state, "silent")
        self._talk(self.case, days_ago=rhythm + 1)
        self.assertEqual(self.case.silence_state, "due")
        talk = self._talk(self.case, days_ago=0)
        self.assertEqual(self.case.last_talk_date, self.today)
        self.assertEqual(self.case.silence_state, "on_time")
        talk.cancelled = True
        self.assertEqual(self.case.silence_state, "due", "a cancelled contact breaks no silence")

    def test_only_the_lead_reassigns_and_access_is_lost_at_once(self):
        with self.assertRaises(AccessError):
            self.case.user_id = self.colleague_a
        self._as(self.lead_a)["integration.case"].browse(self.case.id).user_id = self.colleague_a
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.case.read(["file_number"])
        with self.assertRaises(AccessError):
            self.client_a.read(["name"])
        theirs = self._as(self.colleague_a)["integration.case"].search([("id", "=", self.case.id)])
        self.assertEqual(theirs.client_id.name, "Invented Person")
        rows = self.case.sudo().assignment_ids.sorted("date_from")
        self.assertEqual(rows.user_id, self.worker_a | self.colleague_a)
        self.assertEqual(rows[0].date_to, self.today - timedelta(days=1))

    def test_lead_sees_the_case_but_no_content_and_changes_nothing_else(self):
        self._talk(self.case)
        env = self._as(self.lead_a)
        case = env["integration.case"].browse(self.case.id)
        self.assertEqual(case.silence_state, "on_time")
        self.assertFalse(env["integration.contact"].search([]))
        self.assertFalse(env["integration.note"].search([]))
        self.assertFalse(env["integration.client"].search([]))
        with self.assertRaises(AccessError):
            case.date_start = self.today
        with self.assertRaises(ValidationError):
            case.user_id = self.lead_a

    def test_state_is_set_by_dialogs_only(self):
        for vals in ({"state": "closed"}, {"date_end": self.today}, {"date_opened": self.today}):
            with self.assertRaises(UserError):
                self.case.write(vals)
            with self.assertRaises(UserError):
                self.case.with_context(integration_system=True).write(vals)

    def test_close_and_reopen(self):
        self._talk(self.case, days_ago=5)
        wizard = self.case.env["integration.case.close"].create(
            {
                "case_id": self.case.id,
                "closure_reason_id": self.reason.id,
                "date_end": self.today - timedelta(days=6),
            }
        )
        with self.assertRaises(UserError) as refused:
            wizard.action_close()
        self.assertIn(self.client_a.file_number, str(refused.exception))
        wizard.date_end = self.today - timedelta(days=2)
        wizard.action_close()
        self.assertEqual((self.case.state, self.case.date_end), ("closed", wizard.date_end))
        wizard.action_close()
        self.assertEqual(self.case.date_end, wizard.date_end, "pressed again, closed once")
        reopen = self.case.env["integration.case.reopen"].create(
            {"case_id": self.case.id, "reason": "New need for advice"}
        )
        reopen.action_reopen()
        new = self.client_a.case_ids - self.case
        self.assertEqual((new.episode, new.previous_case_id, new.state), (2, self.case, "open"))
        self.assertEqual(self.case.state, "closed", "the closed episode stays closed")

    def test_end_of_today_can_be_undone_an_earlier_one_not(self):
        self.case._close(self.reason, self.today)
        self.case.action_undo_close()
        self.assertEqual(self.case.state, "open")
        self.case._close(self.reason, self.today - timedelta(days=1))
        with self.assertRaises(UserError):
            self.case.action_undo_close()

    def test_family_member_is_accompanied_and_leaves_with_an_own_case(self):
        child = self._client(self.worker_a, "Child")
        self.case._accompany(child)
        self._as(self.lead_a)["integration.case"].browse(self.case.id).user_id = self.colleague_a
        env = self._as(self.colleague_a)
        self.assertEqual(env["integration.client"].browse(child.id).name, "Child")
        with self.assertRaises(AccessError):
            self._as(self.worker_a)["integration.client"].browse(child.id).read(["name"])
        own = self._case(env["integration.client"].browse(child.id), days_ago=1)
        self.assertFalse(child.sudo().family_case_id)
        self.assertEqual(own.user_id, self.colleague_a)

    def test_nightly_job_touches_each_case_once(self):
        self._talk(self.case, days_ago=0)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_case SET next_contact_date = %s WHERE id = %s",
            (self.today - timedelta(days=100), self.case.id),
        )
        self.env.invalidate_all()
        for _run in range(3):
            self.env["integration.case"]._cron_refresh_silence()
        self.assertEqual(self.case.silence_state, "silent")
