from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .appointment_common import AppointmentCommon

WORDS = {"place": "Hostel", "bring": "Papers", "note": "Afraid"}


@tagged("post_install", "-at_install")
class TestAppointmentGate(AppointmentCommon):
    """No words without consent, and nothing arranged after a no (county standard 2.2, 3.1)."""

    def _words(self):
        item = self.env.ref("integration_management.bring_letters")
        return {**WORDS, "bring_ids": [Command.set(item.ids)]}

    def test_before_the_consent_a_day_and_a_time(self):
        appointment = self._appointment(self.unasked, place_kind="home")
        appointment.write({"time": 9, "place_kind": "office"})
        for name, value in self._words().items():
            with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
                self._appointment(self.unasked, **{name: value})
            with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
                appointment.write({name: value})
        appointment.action_cancel()
        self.assertEqual(appointment.state, "cancelled")

    def test_before_the_consent_nobody_else_is_named(self):
        relative = self._client(self.worker_a, "Relative", consent=False)
        self.case._accompany(relative)
        with self.assertRaisesRegex(UserError, relative.file_number), self.cr.savepoint():
            self._appointment(client_ids=[Command.set((self.client_a | relative).ids)])
        appointment = self._appointment()
        with self.assertRaisesRegex(UserError, relative.file_number), self.cr.savepoint():
            appointment.client_ids = self.client_a | relative

    def test_after_a_withdrawal_it_is_cancelled_and_nothing_else(self):
        appointment = self._appointment(**self._words())
        other = self._appointment(days=3)
        self._consent(self.client_a, "withdrawn")
        for vals in (
            *({name: value} for name, value in self._words().items()),
            {"date": self.today},
            {"time": 8},
            {"duration": 30},
        ):
            with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
                appointment.write(vals)
        with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
            self._appointment()
        self.assertFalse(appointment.reminder)
        appointment.action_cancel()
        other.action_missed()
        self.assertEqual((appointment.state, other.state), ("cancelled", "missed"))
        for settled in (appointment, other):
            with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
                settled.action_plan_again()

    def test_a_superuser_does_not_pass(self):
        with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
            self._appointment(self.unasked.sudo(), note="Afraid", user_id=self.worker_a.id)

    def test_words_may_be_taken_back(self):
        appointment = self._appointment(**self._words())
        appointment.write({"place": False, "bring_ids": [Command.set([])]})
        self.assertFalse(appointment.bring_ids)
