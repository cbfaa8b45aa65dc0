from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .contact_common import ContactCommon

QUICK = "integration.contact.quick"


@tagged("post_install", "-at_install")
class TestContactFromEverywhere(ContactCommon):
    """The dialog of a contact opens from wherever somebody is, with what is known there."""

    def _opened(self, record, button="action_new_contact"):
        action = getattr(record, button)()
        self.assertEqual((action["res_model"], action["target"]), (QUICK, "new"))
        return Form(record.env[QUICK].with_context(**action["context"]))

    def test_from_a_person(self):
        form = self._opened(self.olena)
        self.assertEqual((form.case_id, form.client_ids[:]), (self.case, self.olena))
        form = self._opened(self.son)
        self.assertEqual((form.case_id, form.client_ids[:]), (self.case, self.son))
        talk = form.save()
        talk.channel_id = self.home_visit
        talk.action_save()
        self.assertEqual(self.case.contact_ids.client_ids, self.son)

    def test_a_person_without_a_case(self):
        nobody = self._client(self.worker_a, "Hana Invented")
        self.assertRefused("no open case", nobody.action_new_contact)

    def test_from_a_household(self):
        household = self._household(self.olena, self.son, self.yonas)
        form = self._opened(household)
        self.assertIn(form.case_id, self.case | self.own)
        self.assertEqual(form.client_ids[:], self.olena | self.son | self.yonas)
        empty = self._household(self._client(self.worker_a, "Hana Invented"))
        with self.assertRaisesRegex(UserError, "no open case"):
            empty.action_new_contact()

    def test_from_an_appointment(self):
        activity = self.case.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.worker_a.id
        )
        form = self._opened(activity, "action_integration_contact")
        self.assertEqual(form.case_id, self.case)
        with self.assertRaises(AccessError):
            activity.with_user(self.colleague_a).action_integration_contact()
        other = self.env["mail.activity"].create(
            {"summary": "Buy paper", "user_id": self.worker_a.id}
        )
        with self.assertRaises(ValueError):
            other.action_integration_contact()

    # ------------------------------------------------------------
    # The same visit, twice
    # ------------------------------------------------------------

    def _hints(self, **values):
        return (
            self._as(self.worker_a)[QUICK]
            .new({"case_id": self.case.id, "channel_id": self.home_visit.id, **values})
            .hints
        )

    def test_the_same_visit_of_two_colleagues_gets_a_hint_and_no_block(self):
        self.assertFalse(self._hints())
        self._share(self.case, self.colleague_a)
        theirs = self.case.with_env(self._as(self.colleague_a))
        self._talk(theirs, days_ago=0)
        hint = self._hints()
        self.assertIn(self.colleague_a.name, hint)
        self.assertIn(self.olena.file_number, hint)
        self.assertNotIn(self.olena.name, hint)
        self.assertFalse(self._hints(date=self._day(1)))
        dialog = self._as(self.worker_a)[QUICK].create(
            {"case_id": self.case.id, "channel_id": self.home_visit.id}
        )
        dialog.action_save()
        self.assertEqual(len(self.case.contact_ids), 2)

    def test_no_hint_of_what_is_cancelled_or_closed(self):
        self._talk(self.case, days_ago=0, cancelled=True)
        self._talk(self.theirs, days_ago=0)
        self.assertFalse(self._hints())
        # A relative's own case, where the other visit was written down
        self._share(self.own, self.colleague_a)
        self._talk(self.own.with_env(self._as(self.colleague_a)), self.yonas, days_ago=0)
        hint = self._hints(client_ids=(self.olena | self.yonas).ids)
        self.assertIn(self.yonas.file_number, hint)
