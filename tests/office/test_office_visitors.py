from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeVisitors(OfficeCommon):
    """Who comes, in turn, and what becomes of it."""

    def _dialog(self, visitor):
        action = visitor.action_talk()
        env = visitor.env
        return Form(env[action["res_model"]].with_context(**action["context"]))

    def test_numbers_in_turn(self):
        first, second = self._visitor(), self._visitor(name="Hat")
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual(second.display_name, "No. 2")
        self.assertEqual(self.office.waiting_count, 2)

    def test_a_talk_without_a_name_in_one_press(self):
        visitor = self._visitor(person_count=3)
        visitor.action_count()
        talk = self.office.contact_ids
        self.assertEqual(visitor.state, "done")
        self.assertEqual(talk.channel_id.code, "office_hours")
        self.assertEqual(talk.municipality_id, self.town_a)
        self.assertEqual((talk.date, talk.unnamed_count), (self.today, 3))
        self.assertTrue(talk.is_talk)
        with self._refused("already"):
            visitor.action_count()
        self.assertEqual(len(self.office.contact_ids), 1)

    def test_a_contact_with_a_file_has_channel_place_and_session(self):
        self.office.municipality_id = self.town_b
        visitor = self._visitor(client_id=self.client_a.id)
        with self._dialog(visitor) as form:
            self.assertEqual(form.case_id, self.case)
            self.assertEqual(form.client_ids[:], self.client_a)
            self.assertEqual(form.channel_id.code, "office_hours")
            self.assertEqual(form.unnamed_count, 0)
            dialog = form.save()
        self.assertEqual(visitor.state, "with_me")
        dialog.action_save()
        talk = self.case.contact_ids
        self.assertEqual(talk.session_id, self.office)
        self.assertEqual(talk.municipality_id, self.town_b)
        self.assertEqual(visitor.state, "done")

    def test_a_contact_without_a_file_may_have_topics(self):
        visitor = self._visitor(person_count=2)
        with self._dialog(visitor) as form:
            self.assertFalse(form.case_id)
            self.assertEqual(form.unnamed_count, 2)
            self.assertEqual(form.municipality_id, self.town_a)
            form.topic_ids.add(self.env["integration.topic"].search([], limit=1))
            dialog = form.save()
        dialog.action_save()
        self.assertEqual(self.office.contact_ids.unnamed_count, 2)
        self.assertEqual(visitor.state, "done")

    def test_the_same_visitor_twice_is_refused_by_number(self):
        self._visitor(client_id=self.client_a.id)
        with self._refused(r"on the list already \(no. 1\)") as refused:
            self._visitor(client_id=self.client_a.id)
        self.assertIn(self.client_a.file_number, str(refused.exception))
        self.assertNotIn("Visiting", str(refused.exception))
        self._visitor(name="Red coat")
        with self._refused("called the same") as refused:
            self._visitor(name="red  Coat")
        self.assertNotIn("oat", str(refused.exception))

    def test_who_left_may_come_again(self):
        first = self._visitor(client_id=self.client_a.id)
        first.action_left()
        again = self._visitor(client_id=self.client_a.id)
        self.assertEqual(again.number, 2)
        with self._refused("already"):
            first.action_back()

    def test_nobody_comes_before_the_day(self):
        later = self._session(self.worker_a, days=3)
        with self._refused("not come yet"):
            self._visitor(later)

    def test_only_with_a_consent(self):
        unasked = self._client(self.worker_a, "Unasked Person", consent=False)
        self._case(unasked)
        with self._refused("consent"):
            self._visitor(client_id=unasked.id)

    def test_with_a_file_no_word_is_kept(self):
        visitor = self._visitor(client_id=self.client_a.id, name="Visiting")
        self.assertFalse(visitor.name)
        with self.assertRaises(UserError):
            visitor.client_id = False

    def test_a_word_is_short(self):
        with self._refused("short word"):
            self._visitor(name="Somebody with a whole name and street")
        for persons in (0, 31):
            with self._refused("come together"):
                self._visitor(person_count=persons)

    def test_state_and_number_are_set_by_buttons_alone(self):
        visitor = self._visitor()
        for values in ({"state": "done"}, {"number": 9}, {"contact_id": 1}):
            with self.assertRaises(UserError):
                visitor.write(values)

    def test_what_was_counted_stays(self):
        slip = self._visitor()
        slip.unlink()
        visitor = self._visitor()
        visitor.action_count()
        with self._refused("stays on the list"):
            visitor.unlink()

    def test_a_talk_is_of_the_day_of_its_session(self):
        talk = self._visitor()
        talk.action_count()
        contact = self.office.contact_ids
        with self._refused("office hours were on"):
            contact.date = self.today - timedelta(days=1)
        other = self._session(self.worker_a, time_from=8, time_to=9)
        with self.assertRaises(UserError):
            contact.session_id = other

    def test_another_day_in_the_dialog_is_a_contact_without_session(self):
        visitor = self._visitor(client_id=self.client_a.id)
        with self._dialog(visitor) as form:
            form.date = self.today - timedelta(days=1)
            dialog = form.save()
        dialog.action_save()
        self.assertFalse(self.case.contact_ids.session_id)

    def test_the_button_of_the_board_adds_one_to_its_session(self):
        visitors = self.office.env["integration.office.visitor"]
        visitors.with_context(default_session_id=self.office.id).action_add_unnamed()
        self.assertEqual(self.office.visitor_ids.number, 1)
        with self._refused("Choose the session"):
            visitors.action_add_unnamed()
