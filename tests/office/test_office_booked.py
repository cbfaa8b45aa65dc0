from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeBooked(OfficeCommon):
    """Times that a worker gives at office hours, and who is told when they fall away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ahead = cls._session(cls.worker_a, days=2, slot_minutes="30")

    def test_times_are_given_away_once(self):
        self.assertEqual(self.ahead.free_slots, "14:00, 14:30, 15:00, 15:30")
        self._booked(self.ahead, time=14.5)
        self.env.invalidate_all()
        self.assertEqual(self.ahead.free_slots, "14:00, 15:00, 15:30")
        other = self._case(self._client(self.worker_a, "Other Person"))
        with self._refused("given away.*14:00, 15:00, 15:30") as refused:
            self._booked(self.ahead, other, time=14.75)
        self.assertNotIn(self.case.file_number, str(refused.exception))

    def test_a_time_outside_is_refused(self):
        for time in (13.0, 15.75, 18.0):
            with self.subTest(time), self._refused("outside"):
                self._booked(self.ahead, time=time)
        booked = self._booked(self.ahead)
        with self._refused("outside"):
            booked.date = self.today
        booked.write({"session_id": False, "date": self.today})

    def test_the_dialog_proposes_the_first_free_time(self):
        self._booked(self.ahead)
        action = self.ahead.action_book()
        env = self.ahead.env
        form = Form(
            env["integration.appointment"].with_context(**action["context"]),
            "integration_management.integration_appointment_view_form_new",
        )
        self.assertEqual((form.date, form.time), (self.ahead.date, 14.5))

    def test_without_slots_nothing_is_given(self):
        with self._refused("no time is left"):
            self.office.action_book()

    def test_who_had_booked_comes_onto_the_list_once_and_is_held(self):
        self.office.slot_minutes = "30"
        booked = self._booked(self.office)
        booked.action_arrived()
        booked.action_arrived()
        visitor = self.office.visitor_ids
        self.assertEqual((visitor.client_id, visitor.appointment_id), (self.client_a, booked))
        action = visitor.action_talk()
        form = Form(visitor.env[action["res_model"]].with_context(**action["context"]))
        form.save().action_save()
        self.assertEqual((visitor.state, booked.state), ("done", "held"))
        self.assertEqual(booked.contact_id, self.case.contact_ids)

    def _cancel(self, session, reason="worker"):
        dialog = session.env["integration.office.cancel"].create(
            {"session_id": session.id, "reason": reason, "words": "Words"}
        )
        return dialog, dialog.action_cancel_session()

    def test_cancelling_takes_what_was_booked_along(self):
        booked = self._booked(self.ahead)
        dialog, action = self._cancel(self.ahead)
        self.assertEqual(self.ahead.state, "cancelled")
        self.assertEqual(booked.state, "cancelled")
        told = self.ahead.env[action["res_model"]].search(action["domain"])
        self.assertEqual(told, booked)
        # The button works once
        again = dialog.action_cancel_session()
        self.assertEqual(list(map(tuple, again["domain"])), action["domain"])

    def test_a_message_only_with_the_consent_to_it(self):
        booked = self._booked(self.ahead)
        self._cancel(self.ahead)
        self.assertFalse(booked.cancel_message)
        self.assertTrue(booked.cancel_refusal)
        self._consent(self.client_a, purpose="messenger")
        self.env.invalidate_all()
        self.assertFalse(booked.cancel_refusal)
        self.assertIn("14:00", booked.cancel_message)
        self.assertIn(self.ahead.date.strftime("%d.%m.%Y"), booked.cancel_message)
        self.assertNotIn("Visiting", booked.cancel_message)
        self.assertNotIn(self.case.file_number, booked.cancel_message)

    def test_the_message_is_in_the_clients_language(self):
        self.client_a.language_ids = self.env.ref("integration_management.language_ar")
        self._consent(self.client_a, purpose="messenger")
        booked = self._booked(self.ahead)
        self._cancel(self.ahead)
        self.assertIn("ساعة الاستشارة", booked.cancel_message)

    def test_a_planned_one_has_no_message_that_it_is_cancelled(self):
        self._consent(self.client_a, purpose="messenger")
        booked = self._booked(self.ahead)
        self.assertFalse(booked.cancel_message)

    def test_colleagues_get_a_task_for_theirs_and_nothing_is_told_to_who_cancels(self):
        client = self._client(self.colleague_a, "Hidden Person")
        case = self._case(client)
        self._booked(self.ahead, case, user_id=self.colleague_a.id)
        _dialog, action = self._cancel(self.ahead)
        self.assertEqual(action["type"], "ir.actions.act_window_close")
        task = case.activity_ids
        self.assertEqual(task.user_id, self.colleague_a)
        self.assertIn(case.file_number, task.summary)
        self.assertNotIn("Hidden", task.summary)
        self.assertFalse(task.with_env(self._as(self.worker_a))._filtered_access("read"))
        action = self.ahead.action_cancelled_appointments()
        self.assertFalse(self.ahead.env[action["res_model"]].search(action["domain"]))

    def test_nothing_is_booked_in_what_is_cancelled(self):
        self._cancel(self.ahead, "room")
        with self._refused("cancelled"):
            self._booked(self.ahead)
        with self._refused("no time is left"):
            self.ahead.action_book()

    def test_each_time_is_told_or_given(self):
        for length, _words in self.ahead._fields["slot_minutes"].selection[1:]:
            self.ahead.slot_minutes = length
            slots = self.ahead._slots()
            for time in slots:
                booked = self._booked(self.ahead, time=time, duration=int(length))
                left = [slot for slot in slots if slot != time]
                self.assertEqual(self.ahead._free_slots(), left, (length, time))
                booked.session_id = False

    def test_a_session_stays_where_it_is_expected(self):
        self._booked(self.ahead)
        with self._refused("given away", ValidationError):
            self.ahead.date += timedelta(days=1)
        with self._refused("given away", ValidationError):
            self.ahead.time_from = 14.5
        self.ahead.time_to = 17
        self._visitor()
        with self._refused("on its list"):
            self.office.date += timedelta(days=1)

    def test_planned_again_without_what_was_cancelled(self):
        booked = self._booked(self.ahead)
        self._cancel(self.ahead, "room")
        booked.action_plan_again()
        self.assertEqual((booked.state, booked.session_id.id), ("planned", False))

    def test_not_the_one_who_is_ill_tells_them(self):
        booked = self._booked(self.ahead)
        self.case.sudo().user_id = self.colleague_a
        booked.sudo()._as_system().user_id = self.worker_a
        self.ahead.with_env(self._as(self.lead_a))._cancel("worker", False)
        task = self.case.sudo().activity_ids.filtered(lambda one: one.automated)
        self.assertEqual(task.user_id, self.colleague_a)
