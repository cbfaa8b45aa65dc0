from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeSessions(OfficeCommon):
    """When and where sessions can be, and what is refused in words."""

    def test_times_that_end_before_they_start(self):
        for begins, ends in ((16, 14), (14, 14), (-1, 2), (23, 25)):
            with self.subTest(begins), self.assertRaises(ValidationError) as refused:
                self._session(self.worker_a, days=1, time_from=begins, time_to=ends)
            self.assertIn(":", str(refused.exception))
            with self.assertRaises(ValidationError):
                self._hour(self.worker_a, time_from=begins, time_to=ends)

    def test_two_sessions_of_a_worker_at_once(self):
        for begins, ends in ((15, 17), (13, 14.5), (14.5, 15), (13, 17)):
            with self.subTest(begins), self._refused("other office hours"):
                self._session(self.worker_a, time_from=begins, time_to=ends)
        # One after the other, by somebody else, or once the first is cancelled
        self._session(self.worker_a, time_from=16, time_to=17)
        self._session(self.colleague_a)
        self.office._cancel("worker", False)
        again = self._session(self.worker_a)
        with self._refused("other office hours"):
            self.office.action_restore()
        again._cancel("other", False)
        self.office.action_restore()
        self.assertEqual(self.office.state, "planned")

    def test_a_colleague_who_stands_in_must_be_free(self):
        other = self._session(self.colleague_a)
        with self._refused("other office hours"):
            other.user_id = self.worker_a
        other.time_from, other.time_to = 8, 9
        other.user_id = self.worker_a
        self.assertEqual(other.user_id, self.worker_a)

    def test_a_place_names_the_municipality_once(self):
        town = self.office.municipality_id
        room = self.office.env["integration.office.room"].create(
            {"name": "Rathaus", "address": "Hauptstr. 1", "municipality_id": town.id}
        )
        self.office.room_id = room
        self.assertEqual(self.office._place_lines(), ["Rathaus", "Hauptstr. 1", town.name])
        room.address = f"Hauptstr. 1, 88000 {town.name}"
        self.assertEqual(self.office._place_lines(), ["Rathaus", room.address])

    def test_a_room_lies_in_the_municipality(self):
        room = self.office.env["integration.office.room"].create(
            {"name": "Room 1", "municipality_id": self.town_b.id}
        )
        with self._refused("another municipality"):
            self.office.room_id = room
        with self._refused("another municipality"):
            self._hour(self.worker_a, room_id=room.id)

    def test_in_the_form_another_municipality_empties_the_room(self):
        room = self.office.env["integration.office.room"].create(
            {"name": "Room 1", "municipality_id": self.town_a.id}
        )
        with Form(self.office.env["integration.office.session"]) as form:
            form.municipality_id = self.town_a
            form.room_id = room
            form.municipality_id = self.town_b
            self.assertFalse(form.room_id)
            form.date = self.today + timedelta(days=3)

    def test_what_is_cancelled_no_longer_changes(self):
        self.office._cancel("room", "No key")
        with self._refused("cancelled"):
            self.office.time_to = 17
        with self._refused("cancelled"):
            self._visitor()
        self.office._cancel("other", "Once more")
        self.assertEqual(self.office.cancel_reason, "room")

    def test_a_reason_is_needed_and_state_is_set_by_buttons_alone(self):
        with self._refused("why"):
            self.office._cancel(False, "Words")
        for values in ({"state": "cancelled"}, {"cancel_reason": "room"}):
            with self._refused("Not to be set by hand"):
                self.office.write(values)

    def test_a_session_with_talks_has_taken_place(self):
        self._visitor().action_count()
        with self._refused("has taken place"):
            self.office._cancel("room", False)
        with self._refused("on its list"):
            self.office.date = self.today - timedelta(days=1)

    def test_nobody_deletes_a_session(self):
        with self.assertRaises(UserError):
            self.office.with_user(self.lead_a).unlink()

    def test_nobody_stands_in_for_herself(self):
        with self._refused("herself"):
            self._hour(self.worker_a, cover_id=self.worker_a.id)

    def test_the_last_day_comes_after_the_first(self):
        with self._refused("before the first"):
            self._hour(self.worker_a, date_to=self.today - timedelta(days=1))
