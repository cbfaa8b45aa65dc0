from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.models.appointment.appointment_times import local_moment

from .appointment_common import AppointmentCommon


@tagged("post_install", "-at_install")
class TestAppointment(AppointmentCommon):
    """Day, time, people and worker of an appointment."""

    def test_day_and_time_are_those_of_germany_on_both_sides_of_the_changes(self):
        for day, hours, moment in (
            (date(2027, 3, 27), 9, datetime(2027, 3, 27, 8)),
            (date(2027, 3, 28), 9, datetime(2027, 3, 28, 7)),
            (date(2027, 10, 30), 9, datetime(2027, 10, 30, 7)),
            (date(2027, 10, 31), 9, datetime(2027, 10, 31, 8)),
            # The hour that comes twice: the first
            (date(2027, 10, 31), 2.5, datetime(2027, 10, 31, 0, 30)),
        ):
            appointment = self._appointment(date=day, time=hours, duration=45)
            with self.subTest(day=day, hours=hours):
                self.assertEqual(appointment.start, moment)
                self.assertEqual(appointment.stop, moment + timedelta(minutes=45))

    def test_zone_of_the_user_changes_nothing(self):
        env = self.case.with_context(tz="Asia/Kabul").env
        appointment = env["integration.appointment"].create(
            {"case_id": self.case.id, "date": date(2027, 1, 11), "time": 14.5}
        )
        self.assertEqual(appointment.start, datetime(2027, 1, 11, 13, 30))
        self.assertIn("14:30", appointment.when)

    def test_the_hour_that_the_clocks_leave_out_is_refused(self):
        self.assertIsNone(local_moment(date(2027, 3, 28), 2.5))
        with self.assertRaisesRegex(ValidationError, "clocks go forward"), self.cr.savepoint():
            self._appointment(date=date(2027, 3, 28), time=2.5)

    def test_moved_in_a_calendar_it_moves_by_the_clocks(self):
        appointment = self._appointment(date=date(2027, 3, 22), time=9, duration=30)
        appointment.write({"start": "2027-03-29 07:15:00", "stop": "2027-03-29 08:00:00"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(appointment.date, date(2027, 3, 29))
        self.assertEqual((appointment.time, appointment.duration), (9.25, 45))
        self.assertEqual(appointment.stop, datetime(2027, 3, 29, 8))

    def test_time_still_open_takes_the_whole_day(self):
        appointment = self._appointment(date=date(2027, 7, 5), time=0)
        self.assertTrue(appointment.time_open)
        self.assertEqual(appointment.start, datetime(2027, 7, 4, 22))
        self.assertEqual(appointment.stop, datetime(2027, 7, 5, 21, 59))
        self.assertNotIn("00:00", appointment.when)

    def test_a_tap_in_the_calendar_begins_there(self):
        model = self.case.env["integration.appointment"].with_context(
            default_start="2027-07-05 08:30:00", default_stop="2027-07-05 09:00:00"
        )
        found = model.default_get(["date", "time", "duration"])
        self.assertEqual(found, {"date": date(2027, 7, 5), "time": 10.5, "duration": 30})

    def test_nobody_arranges_anything_for_yesterday_or_for_the_next_century(self):
        for days in (-1, 3000):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._appointment(days=days)
        for wrong in ({"time": 24}, {"time": -1}, {"duration": 0}, {"duration": 900}):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._appointment(**wrong)

    def test_the_client_is_proposed_and_strangers_are_refused(self):
        relative = self._client(self.worker_a, "Relative")
        self.case._accompany(relative)
        self.assertEqual(self._appointment().client_ids, self.client_a)
        both = self._appointment(client_ids=[Command.set((self.client_a | relative).ids)])
        self.assertEqual(both.client_ids, self.client_a | relative)
        stranger = self._client(self.worker_a, "Stranger")
        with self.assertRaisesRegex(ValidationError, "choose the client"), self.cr.savepoint():
            self._appointment(client_ids=[Command.set(stranger.ids)])

    def test_it_bears_the_number_alone(self):
        appointment = self._appointment()
        self.assertEqual(appointment.display_name, self.case.file_number)
        named = appointment.with_context(integration_show_name=True)
        self.assertIn("Arranged Person", named.display_name)

    def test_only_for_workers_who_read_the_file(self):
        with self.assertRaisesRegex(ValidationError, "closed to"), self.cr.savepoint():
            self._appointment(user_id=self.colleague_a.id)
        appointment = self._appointment()
        with self.assertRaisesRegex(ValidationError, "closed to"), self.cr.savepoint():
            appointment.user_id = self.colleague_a

    def test_closed_to_everybody_without_the_file(self):
        appointment = self._appointment(note="Words", place="Here")
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.dpo_a, self.admin_a):
            foreign = appointment.with_user(user)
            self.env.invalidate_all()
            with (
                self.assertRaises(AccessError),
                self.cr.savepoint(),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                foreign.read(["note"])
            for button in ("action_missed", "action_cancel", "action_held", "action_remind"):
                with (
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                    mute_logger("odoo.addons.base.models.ir_rule"),
                ):
                    getattr(foreign, button)()
        self.assertEqual(appointment.state, "planned")

    def test_state_and_contact_are_no_business_of_a_request(self):
        appointment = self._appointment()
        for vals in (
            {"state": "held"},
            {"contact_id": self._talk(self.case).id},
            {"entry_number": 1},
            {"time_open": True},
            {"case_id": self.unasked.id},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                appointment.write(vals)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._appointment(state="held")
        with self.assertRaises(UserError), self.cr.savepoint():
            appointment.unlink()

    # ------------------------------------------------------------
    # At the same time
    # ------------------------------------------------------------

    def test_what_collides_is_said_and_never_refused(self):
        first = self._appointment(time=10, duration=60)
        other = self._appointment(self.unasked, time=10.75, duration=30)
        self.assertIn("10:00–11:00", other.collisions)
        self.assertIn(self.case.file_number, other.collisions)
        self.assertFalse(self._appointment(self.unasked, time=12).collisions)
        first.action_cancel()
        other.invalidate_recordset()
        self.assertFalse(other.collisions)

    def test_what_is_closed_collides_without_its_number(self):
        self._appointment(time=10)
        shared = self._case(self._client(self.colleague_a, "Shared Person"))
        self.env["integration.case.access"].sudo().create(
            {
                "case_id": shared.id,
                "client_id": shared.client_id.id,
                "user_id": self.worker_a.id,
                "kind": "team",
            }
        )
        planned = self._appointment(shared, time=10.5, user_id=self.worker_a.id)
        self.assertIn("10:00–11:00", planned.collisions)
        self.assertNotIn(self.case.file_number, planned.collisions)

    def test_a_talk_without_a_case_collides_with_nothing(self):
        """Nothing is planned in it: the dialog warns of no hour."""
        self._appointment(time=10)
        dialog = self._as(self.worker_a)["integration.contact.quick"].new({})
        self.assertFalse(dialog.collisions_next)

    def test_who_is_away_meets_nobody(self):
        workers = self.env["integration.worker"].search([("user_id", "=", self.worker_a.id)])
        worker = workers or workers.create(
            {"user_id": self.worker_a.id, "company_id": self.company_a.id}
        )
        worker.write(
            {"date_away_from": self.today, "date_away_until": self.today + timedelta(days=7)}
        )
        self.assertIn("is away until", self._appointment(days=7).collisions)
        self.assertFalse(self._appointment(days=8).collisions)

    def test_said_while_it_is_typed(self):
        self._appointment(time=10)
        form = Form(self.case.env["integration.appointment"])
        form.case_id = self.unasked
        form.date = self.today + timedelta(days=7)
        form.time = 10.5
        self.assertIn("10:00–11:00", form.collisions)

    # ------------------------------------------------------------
    # In the case
    # ------------------------------------------------------------

    def test_the_next_one_stands_in_the_case(self):
        self.assertFalse(self.case.next_appointment)
        self._appointment(days=9)
        first = self._appointment(days=2, place_kind="phone")
        self.case.invalidate_recordset()
        self.assertEqual(self.case.next_appointment_id, first)
        self.assertIn("14:30", self.case.next_appointment)
        self.assertIn("telephone", self.case.next_appointment)
        self.env.invalidate_all()
        self.assertFalse(self.case.with_user(self.lead_a).next_appointment)
        first.action_cancel()
        self.case.invalidate_recordset()
        self.assertNotEqual(self.case.next_appointment_id, first)

    def test_in_the_time_line_if_it_was_missed(self):
        missed = self._appointment(days=0)
        missed.action_missed()
        self._appointment(days=1).action_cancel()
        self._appointment(days=2)
        found = [e for e in self.case.get_timeline()["entries"] if e["lane"] == "appointment"]
        self.assertEqual([e["id"] for e in found], missed.ids)
