from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .outreach_common import OutreachCommon

DIALOG = "integration.family.new"


@tagged("post_install", "-at_install")
class TestArrivalFamily(OutreachCommon):
    """Counselling is wanted: client, household and case in one step, nothing typed twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.language = cls.env["integration.language"].search([("code", "=", "ar")], limit=1)
        cls.arrival = cls._arrival(
            cls.worker_a,
            name="Invented Family",
            street="Lindenstraße 4",
            zip="88000",
            city="Aheim",
            person_count=3,
            user_id=cls.worker_a.id,
            language_ids=cls.language.ids,
        )

        cls.arrival.action_take_over()

    def _form(self, arrival=None):
        arrival = arrival or self.arrival
        action = arrival.action_accept()
        return Form(arrival.env[DIALOG].with_context(**action["context"]))

    def _save(self, form, consent="paper"):
        with form.line_ids.edit(0) as line:
            line.consent = consent
        return form.save()

    def test_what_is_known_is_filled_in(self):
        form = self._form()
        self.assertEqual(
            (form.municipality_id.id, form.street, form.zip, form.city),
            (self.town_a.id, "Lindenstraße 4", "88000", "Aheim"),
        )
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.name, "Invented Family")
            self.assertEqual(line.language_ids[:].ids, self.language.ids)
            line.consent = "paper"
        with form.line_ids.new() as line:
            line.name = "Second Person"
            self.assertEqual(line.language_ids[:].ids, self.language.ids)

    def test_accepted_makes_a_family_and_clears_the_arrival(self):
        answer = self._save(self._form()).action_save()
        case = self.arrival.env["integration.case"].browse(answer["res_id"])
        client = case.client_id
        self.assertEqual((client.name, client.street), ("Invented Family", "Lindenstraße 4"))
        self.assertEqual(client.language_ids.ids, self.language.ids)
        self.assertEqual(case.municipality_id.id, self.town_a.id)
        self.assertTrue(client.household_id)
        self.assertEqual(client.consent_state, "given")
        self.assertEqual((self.arrival.state, self.arrival.name), ("accepted", False))
        self.assertEqual(self.arrival.date_result, self.today)
        self.assertEqual(self.arrival.date_reached, self.today)

    def test_the_talk_counts_once(self):
        before = self.env["integration.contact"].search([])
        self._save(self._form()).action_save()
        talks = self.env["integration.contact"].search([]) - before
        self.assertEqual(len(talks.filtered("is_talk")), 1)
        # Talked at the door today, and the dialog comes afterwards
        arrival = self._arrival(self.worker_a, name="Second Family")
        self._visit(arrival, days_ago=0)
        before = self.env["integration.contact"].search([])
        form = self._form(arrival)
        self.assertFalse(form.talk)
        self._save(form).action_save()
        self.assertFalse(self.env["integration.contact"].search([]) - before)
        self.assertEqual(arrival.visit_count, 1)

    def test_nobody_is_made_a_client_twice(self):
        first, second = self._save(self._form()), self._save(self._form())
        first.action_save()
        number = self.env["integration.client"].search_count([])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            second.action_save()
        self.assertEqual(self.env["integration.client"].search_count([]), number)

    def test_an_arrival_without_name_begins_an_empty_line(self):
        arrival = self._arrival(self.worker_a, street="Other Street 1")
        form = self._form(arrival)
        self.assertEqual(len(form.line_ids), 0)
        self.assertEqual(form.street, "Other Street 1")

    def test_a_foreign_arrival_fills_in_nothing(self):
        for user in (self.colleague_a, self.worker_b):
            arrival = self.arrival.with_env(self._as(user))
            for method in ("action_accept", "action_decline", "action_visit_nobody"):
                with self.subTest((user.login, method)), self.assertRaises(AccessError):
                    getattr(arrival, method)()
            dialog = arrival.env[DIALOG].with_context(default_arrival_id=arrival.id)
            with self.subTest(user.login), self.assertRaises(AccessError):
                dialog.default_get(["arrival_id", "street", "line_ids"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                dialog.create({"municipality_id": self.town_a.id})

    def test_the_dialog_keeps_no_words_of_the_arrival(self):
        dialog = self._save(self._form())
        dialog.action_save()
        self.assertFalse(dialog.street or dialog.city or dialog.line_ids)
