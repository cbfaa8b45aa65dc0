from datetime import date, datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .appointment_common import AppointmentCommon


@tagged("post_install", "-at_install")
class TestAppointmentCalendar(AppointmentCommon):
    """The entry in Odoo's calendar, if it is installed: it need not be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "calendar.event" not in cls.env.registry:
            cls.skipTest(cls, "The calendar is not installed.")

    def _entry(self, appointment):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["calendar.event"].sudo().browse(appointment.sudo().entry_number).exists()

    def test_one_private_entry_with_the_number_alone(self):
        activities = self.env["mail.activity"].search_count([])
        messages = self.env["mail.message"].search_count([])
        appointment = self._appointment(
            date=date(2027, 2, 1), place="Secret place", note="Secret words"
        )
        entry = self._entry(appointment)
        self.assertEqual(len(entry), 1)
        self.assertEqual(entry.name, self.case.file_number)
        self.assertEqual((entry.privacy, entry.show_as), ("private", "busy"))
        self.assertEqual((entry.start, entry.stop), (appointment.start, appointment.stop))
        self.assertEqual(entry.user_id, self.worker_a)
        self.assertEqual(entry.partner_ids, self.worker_a.partner_id)
        self.assertFalse(entry.alarm_ids)
        self.assertEqual((entry.res_model, entry.res_id), ("integration.case", self.case.id))
        self.assertNotIn("Secret", str(entry.read()))
        self.assertEqual(self.env["mail.activity"].search_count([]), activities)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)

    def test_before_the_consent_too(self):
        self.assertTrue(self._entry(self._appointment(self.unasked)))

    def test_what_stands_on_the_screen_is_not_what_it_is_about(self):
        other = self._appointment(days=3)
        for model, record in (
            ("integration.appointment", other),
            ("integration.case", self.unasked),
        ):
            appointments = self.case.env["integration.appointment"].with_context(
                active_model=model, active_id=record.id, default_res_id=record.id
            )
            entry = self._entry(
                appointments.create({"case_id": self.case.id, "date": self.today, "time": 9})
            )
            self.assertEqual((entry.res_model, entry.res_id), ("integration.case", self.case.id))

    def test_to_others_it_is_a_busy_hour(self):
        entry = self._entry(self._appointment())
        for user in (self.colleague_a, self.lead_a, self.employee):
            self.env.invalidate_all()
            shown = str(entry.with_user(user).read(["name", "display_name", "location"]))
            self.assertNotIn(self.case.file_number, shown)

    def test_it_moves_with_the_appointment_and_goes_with_it(self):
        appointment = self._appointment(date=date(2027, 2, 1))
        number = appointment.sudo().entry_number
        appointment.write({"date": date(2027, 2, 2), "time": 8})
        entry = self._entry(appointment)
        self.assertEqual((entry.id, entry.start), (number, datetime(2027, 2, 2, 7)))
        appointment.time = 0
        entry = self._entry(appointment)
        self.assertTrue(entry.allday)
        self.assertEqual(entry.start_date, date(2027, 2, 2))
        appointment.action_cancel()
        self.assertFalse(self.env["calendar.event"].sudo().browse(number).exists())
        appointment.action_plan_again()
        self.assertTrue(self._entry(appointment))

    def test_moving_the_entry_moves_the_appointment(self):
        appointment = self._appointment(date=date(2027, 3, 22), time=9)
        entry = self._entry(appointment).with_user(self.worker_a)
        entry.write({"start": "2027-03-29 08:00:00", "stop": "2027-03-29 08:30:00"})
        self.env.invalidate_all()
        self.assertEqual((appointment.date, appointment.time), (date(2027, 3, 29), 10))
        self.assertEqual(appointment.duration, 30)

    def test_a_withdrawal_stops_moving_in_the_calendar_too(self):
        appointment = self._appointment(date=date(2027, 2, 1))
        entry = self._entry(appointment).with_user(self.worker_a)
        self._consent(self.client_a, "withdrawn")
        with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
            entry.write({"start": "2027-02-03 08:00:00", "stop": "2027-02-03 08:30:00"})
        entry.unlink()
        self.assertEqual(appointment.state, "cancelled")

    def test_deleting_or_archiving_the_entry_cancels(self):
        first, second = self._appointment(), self._appointment(days=9)
        self._entry(first).with_user(self.worker_a).unlink()
        self.assertEqual(first.state, "cancelled")
        self._entry(second).with_user(self.worker_a).active = False
        self.assertEqual(second.state, "cancelled")

    def test_other_events_move_nothing(self):
        appointment = self._appointment()
        events = self._as(self.worker_a)["calendar.event"]
        other = events.create(
            {"name": "Lunch", "start": "2027-02-01 11:00:00", "stop": "2027-02-01 12:00:00"}
        )
        appointment.sudo()._as_system().entry_number = other.id
        other.write({"start": "2027-02-01 10:00:00", "stop": "2027-02-01 11:00:00"})
        self.assertEqual(appointment.time, 14.5)
        other.unlink()
        self.assertEqual(appointment.state, "planned")

    def test_handed_over_it_stands_in_the_calendar_of_the_next_worker(self):
        appointment = self._appointment()
        self.case.with_user(self.lead_a).user_id = self.colleague_a
        entry = self._entry(appointment)
        self.assertEqual(entry.user_id, self.colleague_a)
        self.assertEqual(entry.partner_ids, self.colleague_a.partner_id)

    def test_what_was_planned_before_gets_its_entry_at_night_and_once(self):
        appointment = self._appointment()
        self._entry(appointment).with_context(integration_entry_follows=True).sudo()
        self.env.cr.execute(
            "DELETE FROM calendar_event WHERE id = %s", [appointment.sudo().entry_number]
        )
        self.env.invalidate_all()
        for _night in range(2):
            self.env["integration.appointment"]._cron_calendar_entries()
        self.assertEqual(
            self.env["calendar.event"]
            .sudo()
            .search_count([("res_model", "=", "integration.case"), ("res_id", "=", self.case.id)]),
            1,
        )
        self.assertTrue(self._entry(appointment))

    def test_what_else_stands_in_the_calendar_collides(self):
        events = self._as(self.worker_a)["calendar.event"].with_context(no_mail_to_attendees=True)
        day = self.today + timedelta(days=7)
        start = datetime(day.year, day.month, day.day, 6)
        events.create(
            {"name": "Dentist", "privacy": "private", "start": start,
             "stop": start + timedelta(hours=8)}
        )  # fmt: skip
        appointment = self._appointment(time=10)
        self.assertIn("Dentist", appointment.collisions)
        self._agree_beside_file(self.client_a)
        self.env["integration.case.access"].sudo().create(
            {
                "case_id": self.case.id,
                "client_id": self.client_a.id,
                "user_id": self.colleague_a.id,
                "kind": "deputy",
            }
        )
        self.env.invalidate_all()
        told = appointment.with_user(self.colleague_a).collisions
        self.assertTrue(told)
        self.assertNotIn("Dentist", told)
        # Its own entry is no other one
        self.assertEqual(len(appointment.collisions.splitlines()), 1)

    def test_a_contact_is_begun_at_an_entry(self):
        appointment = self._appointment(days=0)
        entry = self._entry(appointment).with_user(self.worker_a)
        context = entry.action_integration_contact()["context"]
        self.assertEqual(context["default_appointment_id"], appointment.id)
        self.assertEqual(context["default_case_id"], self.case.id)
        arch = entry.get_view(view_type="form")["arch"]
        self.assertIn("action_integration_contact", arch)
        for user in (self.colleague_a, self.worker_b):
            with self.assertRaises(UserError), self.cr.savepoint():
                entry.with_user(user).action_integration_contact()
