from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestContact(IntegrationCommon):
    """Talks with and without names, and who may write and read them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a)
        cls.case = cls._case(cls.client_a)

    def test_family_talk_is_one_talk_with_everybody_present(self):
        second = self._client(self.worker_a, "Second Adult")
        own = self._case(second)
        talk = self._talk(self.case, self.client_a | second)
        self.assertTrue(talk.is_talk)
        self.assertEqual(talk.person_ids.case_id, self.case | own)
        self.assertEqual(own.last_talk_date, talk.date)

    def test_household_of_the_day_stays(self):
        env = self.case.env
        household = env["integration.household"].create({})
        member = env["integration.household.member"].create(
            {
                "household_id": household.id,
                "client_id": self.client_a.id,
                "date_from": self.today - timedelta(days=50),
            }
        )
        talk = self._talk(self.case, days_ago=10)
        member.action_separate()
        self.assertEqual(talk.person_ids.household_id, household)

    def test_household_entered_after_the_talk(self):
        """Who lived together on that day is one family, whenever somebody wrote it down."""
        second = self._client(self.worker_a, "Second Adult")
        before = self._talk(self.case, self.client_a | second, days_ago=10)
        self.assertFalse(before.person_ids.household_id)
        household = self._household(self.client_a, second)
        after = self._talk(self.case, self.client_a | second, days_ago=5)
        self.assertEqual((before | after).person_ids.mapped("household_id"), household)
        self.assertTrue(all(person.household_id for person in before.person_ids))
        # Separated in between, as she tells later
        second.household_member_ids.date_to = self.today - timedelta(days=7)
        self.assertEqual(before.person_ids.household_id, household)
        gone = after.person_ids.filtered(lambda person: person.client_id == second)
        self.assertFalse(gone.household_id)
        # A slip is taken back
        second.household_member_ids.unlink()
        self.assertEqual(len(before.person_ids.filtered("household_id")), 1)

    def test_talk_belongs_to_who_held_it_after_hand_over(self):
        talk = self._talk(self.case)
        self._as(self.lead_a)["integration.case"].browse(self.case.id).user_id = self.colleague_a
        self.assertEqual(talk.sudo().user_id, self.worker_a)
        with self.assertRaises(AccessError):
            talk.read(["duration"])

    def test_unnamed_talk(self):
        env = self._as(self.worker_a)
        vals = {"channel_id": self.home_visit.id, "municipality_id": self.town_a.id}
        with self.assertRaises(ValidationError):
            env["integration.contact"].create(vals)
        talk = env["integration.contact"].create(dict(vals, unnamed_count=3))
        self.assertTrue(talk.is_talk)
        self.assertEqual(talk.company_id, self.company_a)
        self.assertFalse(self._as(self.colleague_a)["integration.contact"].search([]))
        with self.assertRaises(ValidationError):
            talk.person_ids = [Command.create({"client_id": self.client_a.id})]

    def test_bad_input(self):
        for vals in (
            {"duration": -1},
            {"duration": 1441},
            {"date": self.today + timedelta(days=1)},
            {"time_start": 24.5},
            {"unnamed_count": -2},
        ):
            with self.assertRaisesRegex(ValidationError, self.client_a.file_number):
                self._talk(self.case, **vals)
        with self.assertRaises(ValidationError):
            self._talk(self.case, days_ago=101)
        with self.assertRaises(ValidationError):
            self._talk(self.case, clients=self.client_a.browse())

    def test_foreign_clients_and_cases_are_refused(self):
        foreign = self._client(self.worker_b, "Foreign Person")
        foreign_case = self._case(foreign)
        mine = self.case.env
        with self.assertRaises(AccessError):
            self._talk(self.case, mine["integration.client"].browse(foreign.id))
        with self.assertRaises(AccessError):
            self._talk(mine["integration.case"].browse(foreign_case.id), self.client_a)
        household = mine["integration.household"].create({})
        with self.assertRaises(AccessError):
            mine["integration.household.member"].create(
                {"household_id": household.id, "client_id": foreign.id}
            )

    def test_contacts_are_cancelled_not_deleted(self):
        talk = self._talk(self.case)
        with self.assertRaises(UserError):
            talk.unlink()
        talk.cancelled = True
        self.assertFalse(talk.is_talk)

    def test_areas_follow_from_topics(self):
        topic = self.env["integration.topic"].search([], limit=1)
        talk = self._talk(self.case, topic_ids=[Command.set(topic.ids)])
        self.assertEqual(talk.area_ids, topic.area_id)

    def test_confidential_note_is_for_the_author_and_named_persons(self):
        note = self.case.env["integration.note"].create(
            {"case_id": self.case.id, "body": "Secret", "confidentiality": "confidential"}
        )
        self._as(self.lead_a)["integration.case"].browse(self.case.id).user_id = self.colleague_a
        theirs = self._as(self.colleague_a)["integration.note"]
        self.assertFalse(theirs.search([("case_id", "=", self.case.id)]))
        note.sudo().user_ids = self.colleague_a
        self.assertEqual(theirs.search([("case_id", "=", self.case.id)]).body, "Secret")

    def test_quick_dialog_saves_everything_or_nothing(self):
        wizard = self.case.env["integration.contact.quick"].create(
            {
                "case_id": self.case.id,
                "channel_id": self.home_visit.id,
                "note": "What was said",
                "date_next": self.today + timedelta(days=7),
            }
        )
        self.assertEqual(wizard.client_ids, self.client_a)
        wizard.action_save()
        contact = self.case.contact_ids
        self.assertEqual(contact.note_ids.body, "What was said")
        self.assertEqual(self.case.appointment_ids.date, self.today + timedelta(days=7))
        with self.assertRaises(AccessError):
            self._as(self.colleague_a)["integration.contact.quick"].browse(wizard.id).read(["note"])

    def test_quick_dialog_refuses_words_without_a_file(self):
        wizard = self._as(self.worker_a)["integration.contact.quick"].create(
            {
                "channel_id": self.home_visit.id,
                "municipality_id": self.town_a.id,
                "unnamed_count": 1,
                "note": "Words",
            }
        )
        with self.assertRaises(UserError):
            wizard.action_save()
        self.assertEqual(wizard.note, "Words")

    def test_quick_dialog_says_how_a_call_before_the_consent_is_counted(self):
        card = self._case(self._client(self.worker_a, consent=False))
        call = {
            "case_id": card.id,
            "channel_id": self.env.ref("integration_management.channel_telephone").id,
        }
        dialog = card.env["integration.contact.quick"].new(call)
        self.assertIn(card.file_number, dialog.hints)
        dialog.reached = False
        self.assertFalse(dialog.hints)
        # As the hint says
        card.env["integration.contact.quick"].create(
            {**call, "client_ids": [Command.clear()], "unnamed_count": 1}
        ).action_save()
        self.assertTrue(card.contact_ids.is_talk)
        self.assertFalse(card.contact_ids.person_ids)
        # Anyone who said no is not told to be counted: nothing is recorded at all.
        self._consent(card.client_id, "refused")
        self.assertFalse(card.env["integration.contact.quick"].new(call).hints)
