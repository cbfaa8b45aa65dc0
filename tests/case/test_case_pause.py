from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestCasePause(IntegrationCommon):
    """A temporary break: nobody is sought out, and the rhythm begins anew afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a)
        cls.case = cls._case(cls.client_a)

    def _pause(self, days=10, **values):
        """Pause through the dialog, as the worker does."""
        action = self.case.action_pause()
        with Form(
            self.env[action["res_model"]].with_user(self.worker_a).with_context(**action["context"])
        ) as form:
            form.date_until = self.today + timedelta(days=days)
            for name, value in values.items():
                form[name] = value
        form.record.action_pause()

    def test_no_contact_is_due_while_paused(self):
        self.assertEqual(self.case.silence_state, "silent")
        self._pause(reason="wish")
        self.assertRecordValues(
            self.case,
            [
                {
                    "state": "paused",
                    "silence_state": "paused",
                    "next_contact_date": False,
                    "date_paused": self.today,
                    "pause_reason": "wish",
                }
            ],
        )

    def test_rhythm_begins_anew_when_the_pause_ends(self):
        self._pause()
        self.case.action_resume()
        due = self.today + timedelta(days=self.case.stage_id.rhythm_days)
        self.assertRecordValues(
            self.case, [{"state": "open", "silence_state": "on_time", "next_contact_date": due}]
        )

    def test_pause_ends_by_itself_on_its_day(self):
        self._pause(days=10)
        cron = self.env.ref("integration_management.ir_cron_end_pauses")
        cron.ir_actions_server_id.run()
        self.assertEqual(self.case.state, "paused")
        # as it is ten days later
        self.case.sudo()._as_system().write({"pause_until": self.today})
        cron.ir_actions_server_id.run()
        self.env.invalidate_all()
        self.assertEqual(self.case.state, "open")

    def test_talk_and_closing_go_on(self):
        self._pause()
        self.assertTrue(self._talk(self.case).is_talk)
        self.assertEqual(self.case.state, "paused")
        reason = self.env.ref("integration_management.closure_reason_goals_reached")
        self.case._close(reason, self.today)
        self.assertEqual(self.case.state, "closed")

    def test_what_cannot_be_paused(self):
        number = self.case.file_number
        for days in (0, -3):
            with self.assertRaisesRegex(UserError, number):
                self._pause(days=days)
        with self.assertRaisesRegex(UserError, number):
            self.case.action_resume()
        self._pause()
        with self.assertRaisesRegex(UserError, number):
            self._pause()
        with self.assertRaises(UserError):
            self.case.write({"state": "open"})

    def test_nothing_is_told_after_a_withdrawal_and_the_night_goes_on(self):
        """A reason is a word about the client; the pause itself ends for everybody."""
        other = self._case(self._client(self.worker_a, "Another"))
        until = self.today + timedelta(days=3)
        (self.case + other)._pause("away", until)
        self._consent(self.client_a, "withdrawn")
        (self.case + other).sudo()._as_system().write({"pause_until": self.today})
        self.env["integration.case"].sudo()._cron_end_pauses()
        self.assertEqual(set((self.case + other).mapped("state")), {"open"})
        with self.assertRaisesRegex(UserError, self.client_a.file_number):
            self._pause()

    def test_colleague_and_lead_pause_nothing(self):
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case = self.case.with_user(user)
                dialog = (
                    self.env["integration.case.pause"].with_user(user).create({"case_id": case.id})
                )
                dialog.action_pause()
            with self.assertRaises(AccessError):
                self.case.with_user(user)._pause("other", self.today + timedelta(days=3))
        self.assertEqual(self.case.state, "open")
