from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .appointment_common import AppointmentCommon


@tagged("post_install", "-at_install")
class TestAppointmentContact(AppointmentCommon):
    """The contact dialog: begun at an appointment, and with the next one in the same save."""

    def _dialog(self, action=None, **values):
        context = (action or {}).get("context", {})
        dialogs = self.case.env["integration.contact.quick"].with_context(**context)
        return dialogs.create({"case_id": self.case.id, **values})

    def test_the_next_one_with_day_time_and_place_in_the_same_save(self):
        day = self.today + timedelta(days=5)
        dialog = self._dialog(
            date_next=day, time_next=9.5, place_kind_next="home", place_next="Second floor"
        )
        dialog.action_save()
        dialog.action_save()
        planned = self.case.appointment_ids
        self.assertEqual(len(planned), 1)
        self.assertEqual((planned.date, planned.time, planned.duration), (day, 9.5, 60))
        self.assertEqual((planned.place_kind, planned.place), ("home", "Second floor"))
        self.assertEqual((planned.user_id, planned.client_ids), (self.worker_a, self.client_a))
        self.assertFalse(self.case.activity_ids)

    def test_a_day_alone_leaves_the_time_open(self):
        self._dialog(date_next=self.today + timedelta(days=5)).action_save()
        self.assertTrue(self.case.appointment_ids.time_open)

    def test_all_or_nothing(self):
        dialog = self._dialog(date_next=self.today - timedelta(days=5))
        with self.assertRaisesRegex(UserError, "is over"), self.cr.savepoint():
            dialog.action_save()
        self.assertFalse(self.case.env["integration.contact"].search([]))

    def test_before_the_consent_without_words(self):
        values = {"case_id": self.unasked.id, "client_ids": False, "unnamed_count": 1}
        day = self.today + timedelta(days=5)
        self._dialog(**values, date_next=day, time_next=10).action_save()
        self.assertEqual(self.unasked.appointment_ids.time, 10)
        dialog = self._dialog(**values, date_next=day, place_next="Hostel")
        with self.assertRaisesRegex(UserError, "no valid consent"), self.cr.savepoint():
            dialog.action_save()

    def test_what_collides_is_said_in_the_dialog(self):
        self._appointment(self.unasked, days=5, time=10)
        form = Form(self.case.env["integration.contact.quick"])
        form.case_id = self.case
        form.date_next = self.today + timedelta(days=5)
        form.time_next = 10.5
        self.assertIn("10:00–11:00", form.collisions_next)

    def test_held_opens_the_dialog_filled_in_and_is_settled_by_its_save(self):
        relative = self._client(self.worker_a, "Relative")
        self.case._accompany(relative)
        planned = self._appointment(
            days=0, place_kind="home", duration=40, client_ids=(self.client_a | relative).ids
        )
        dialog = self._dialog(planned.action_held())
        self.assertEqual(planned.state, "planned")
        self.assertEqual(dialog.client_ids, self.client_a | relative)
        self.assertEqual((dialog.channel_id, dialog.date), (self.home_visit, self.today))
        self.assertEqual(dialog.duration, 40)
        dialog.action_save()
        self.assertEqual(planned.state, "held")
        self.assertEqual(planned.contact_id.client_ids, self.client_a | relative)

    def test_who_was_unticked_was_not_there(self):
        relative = self._client(self.worker_a, "Relative")
        self.case._accompany(relative)
        planned = self._appointment(days=0, client_ids=(self.client_a | relative).ids)
        dialog = self._dialog(planned.action_held())
        dialog.client_ids = relative
        dialog.action_save()
        self.assertEqual(planned.contact_id.client_ids, relative)

    def test_two_windows_settle_it_once(self):
        planned = self._appointment(days=0)
        first, second = (self._dialog(planned.action_held()) for _window in range(2))
        first.action_save()
        with self.assertRaisesRegex(UserError, "said already"), self.cr.savepoint():
            second.action_save()
        self.assertEqual(len(self.case.env["integration.contact"].search([])), 1)

    def test_nobody_reached_is_missed(self):
        planned = self._appointment(days=0)
        self._dialog(
            planned.action_held(), reached=False, client_ids=[Command.clear()]
        ).action_save()
        self.assertEqual(planned.state, "missed")
        self.assertFalse(planned.contact_id.reached)

    def test_of_another_case_it_is_not_settled(self):
        planned = self._appointment(self.unasked, days=0)
        self._dialog(appointment_id=planned.id).action_save()
        self.assertEqual(planned.state, "planned")

    def test_what_was_typed_of_the_next_one_is_kept_as_a_draft(self):
        dialogs = self.case.env["integration.contact.quick"]
        values = {"case_id": self.case.id, "date_next": str(self.today), "time_next": 9.5}
        self.assertEqual(dialogs.keep_draft("a" * 32, "b" * 32, values, True)["state"], "kept")
        draft = self.case.env["integration.contact.draft"].search([("case_id", "=", self.case.id)])
        found = dialogs.with_context(integration_draft=draft.id).default_get(["time_next"])
        self.assertEqual(found["time_next"], 9.5)
