from odoo.exceptions import UserError
from odoo.tests import tagged

from .appointment_common import AppointmentCommon


@tagged("post_install", "-at_install")
class TestAppointmentCourse(AppointmentCommon):
    """What becomes of appointments, and of those of a case that ends or passes on."""

    def test_missed_counts_as_an_attempt_if_the_worker_says_so_and_once(self):
        appointment = self._appointment(days=0, place_kind="home")
        appointment.action_missed()
        self.assertFalse(appointment.contact_id)
        appointment.action_count_attempt()
        attempt = appointment.contact_id
        self.assertEqual((attempt.reached, attempt.channel_id), (False, self.home_visit))
        self.assertEqual(attempt.date, self.today)
        appointment.action_count_attempt()
        self.assertEqual(len(self.case.env["integration.contact"].search([])), 1)
        with self.assertRaisesRegex(UserError, "a contact documents"), self.cr.savepoint():
            appointment.action_plan_again()

    def test_what_lies_ahead_is_no_attempt(self):
        appointment = self._appointment(days=2)
        with self.assertRaisesRegex(UserError, "only a missed"), self.cr.savepoint():
            appointment.action_count_attempt()
        appointment.action_missed()
        with self.assertRaisesRegex(UserError, "not come yet"), self.cr.savepoint():
            appointment.action_count_attempt()

    def test_buttons_pressed_twice_work_once(self):
        appointment = self._appointment()
        for button in ("action_missed", "action_plan_again", "action_cancel"):
            getattr(appointment, button)()
            state = appointment.state
            getattr(appointment, button)()
            self.assertEqual(appointment.state, state)
        with self.assertRaisesRegex(UserError, "said already"), self.cr.savepoint():
            appointment.action_missed()

    def test_what_was_stays(self):
        appointment = self._appointment()
        appointment.action_cancel()
        with self.assertRaisesRegex(UserError, "not planned any more"), self.cr.savepoint():
            appointment.time = 9
        appointment.note = "Wanted another day"

    def test_handing_over_a_case_hands_over_what_is_planned(self):
        planned, cancelled = self._appointment(), self._appointment(days=8)
        cancelled.action_cancel()
        self.case.with_user(self.lead_a).user_id = self.colleague_a
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(planned.sudo().user_id, self.colleague_a)
        self.assertEqual(cancelled.sudo().user_id, self.worker_a)
        self.assertEqual(planned.with_user(self.colleague_a).time, 14.5)

    def test_a_colleague_who_loses_the_file_hands_over_her_appointments(self):
        self._agree_beside_file(self.client_a)
        entry = (
            self.env["integration.case.access"]
            .sudo()
            .create(
                {
                    "case_id": self.case.id,
                    "client_id": self.client_a.id,
                    "user_id": self.colleague_a.id,
                    "kind": "team",
                }
            )
        )
        planned = self._appointment(user_id=self.colleague_a.id)
        entry._end()
        self.assertEqual(planned.user_id, self.worker_a)

    def test_who_leaves_passes_on_what_is_planned(self):
        self.env["integration.case.access"].sudo().create(
            {
                "case_id": self.case.id,
                "client_id": self.client_a.id,
                "user_id": self.colleague_a.id,
                "kind": "deputy",
            }
        )
        planned = self._appointment(user_id=self.colleague_a.id)
        self.colleague_a.action_archive()
        self.assertEqual(planned.user_id, self.worker_a)

    def test_closing_the_case_cancels_and_says_so_before(self):
        planned = self._appointment(note="Words")
        dialog = self.case.env["integration.case.close"].create(
            {
                "case_id": self.case.id,
                "closure_reason_id": self.env["integration.closure.reason"].search([], limit=1).id,
            }
        )
        self.assertIn("Appointment", dialog.planned)
        self.assertNotIn("Words", dialog.planned)
        dialog.action_close()
        self.assertEqual(planned.state, "cancelled")
        with self.assertRaisesRegex(UserError, "case is closed"), self.cr.savepoint():
            planned.action_plan_again()
        with self.assertRaisesRegex(UserError, "case is closed"), self.cr.savepoint():
            self._appointment()

    def test_closing_after_a_withdrawal_cancels_too(self):
        planned = self._appointment(note="Words")
        self._consent(self.client_a, "withdrawn")
        reason = self.env["integration.closure.reason"].search([], limit=1)
        self.case._close(reason, self.today)
        self.assertEqual(planned.state, "cancelled")
