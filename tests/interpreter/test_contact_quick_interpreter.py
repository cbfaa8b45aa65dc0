from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .interpreter_common import InterpreterCommon

QUICK = "integration.contact.quick"


@tagged("post_install", "-at_install")
class TestContactQuickInterpreter(InterpreterCommon):
    """Who interpreted is one tap in the dialog; nobody who must not is offered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls._interpreter("Home Person", gender="male")
        cls._interpreter("No Pledge", pledge_date=False)
        cls._interpreter("Archived", active=False)
        cls._interpreter("Other Language", language_ids=cls.tigrinya.ids)
        cls._interpreter("Far", user=cls.lead_b)
        cls._interpreter("Husband Beispiel")
        cls.husband = cls._client(
            cls.worker_a, "Beispiel, Husband", birthdate=cls.today - relativedelta(years=40)
        )
        cls.child = cls._client(
            cls.worker_a, "Child", birthdate=cls.today - relativedelta(years=9), consent=False
        )
        cls._household(cls.client, cls.husband, cls.child)

    def _form(self, case=None):
        case = case or self.case
        return Form(self._as(self.worker_a)[QUICK].with_context(default_case_id=case.id))

    def _offered(self, form):
        return [one["name"] for one in form.interpreter_offer]

    def test_offered(self):
        form = self._form()
        self.assertTrue(form.interpreter_needed)
        self.assertEqual(self._offered(form), ["Noor Beispiel", "Home Person"])
        self.assertFalse(form.interpreter_used, "nothing is said that nobody chose")

    def test_last_used_first_but_the_preferred_sex_before(self):
        self._interpreted(self._row(self.home), days_ago=3)
        self._interpreted(self._row(self.noor), days_ago=5)
        form = self._form()
        self.assertEqual(self._offered(form), ["Home Person", "Noor Beispiel"])
        self.assertIn("last time", form.interpreter_offer[0]["hint"])
        self.client.interpreter_gender = "female"
        self.assertEqual(self._offered(self._form()), ["Noor Beispiel", "Home Person"])

    def test_used_for_others_says_nothing(self):
        """Neither by another file of the employer nor by one the user does not read."""
        other = self._client(self.colleague_a, language_ids=self.arabic.ids)
        self._interpreted(self._row(self.home), case=self._case(other))
        offer = self._form().interpreter_offer
        self.assertEqual([one["name"] for one in offer], ["Noor Beispiel", "Home Person"])
        self.assertNotIn("last", str(offer))

    def test_one_choice_is_enough(self):
        form = self._form()
        form.duration = 45
        form.interpreter_id = self.noor
        self.assertTrue(form.interpreter_used)
        form.save().action_save()
        row = self.case.contact_ids.interpreting_ids
        self.assertEqual(row.interpreter_id, self.noor.with_env(row.env))
        self.assertEqual((row.minutes, row.language_id.code, row.kind), (45, "ar", "pool"))
        self.assertTrue(self.case.contact_ids.interpreter_used)

    def test_taken_back(self):
        form = self._form()
        form.interpreter_id = self.noor
        form.interpreter_used = False
        self.assertFalse(form.interpreter_id)
        form.interpreter_id = self.noor
        form.reached = False
        self.assertFalse(form.interpreter_id)

    def test_another_case_offers_others(self):
        other = self._client(self.worker_a, language_ids=self.tigrinya.ids, interpreter_needed=True)
        form = self._form()
        form.interpreter_id = self.noor
        form.case_id = self._case(other)
        self.assertFalse(form.interpreter_id)
        self.assertEqual(self._offered(form), ["Other Language"])

    def test_nobody_speaks_it(self):
        """Usable without pool: the name of a telephone service."""
        other = self._client(self.worker_a, language_ids=self.farsi.ids, interpreter_needed=True)
        case = self._case(other)
        form = self._form(case)
        self.assertFalse(form.interpreter_offer)
        self.assertIn("telephone service", form.interpreter_hint)
        form.interpreter_used = True
        self.assertEqual(form.interpreter_kind, "service")
        form.interpreter_name = "Sprachtelefon"
        form.save().action_save()
        row = case.contact_ids.interpreting_ids
        self.assertEqual((row.name, row.minutes), ("Sprachtelefon", 30))
        self.assertEqual(row.language_id.code, "fa")

    def test_why_nobody(self):
        form = self._form()
        form.no_interpreter_reason = "missing"
        form.save().action_save()
        self.assertEqual(self.case.contact_ids.no_interpreter_reason, "missing")
        form = self._form()
        form.no_interpreter_reason = "missing"
        form.interpreter_id = self.noor
        self.assertFalse(form.no_interpreter_reason)

    def test_relative_with_a_reason_and_of_age(self):
        form = self._form()
        form.interpreter_used = True
        form.interpreter_kind = "relative"
        self.assertEqual(form.possible_relative_ids[:], self.husband)
        form.interpreter_relative_id = self.husband
        dialog = form.save()
        with self.assertRaisesRegex(UserError, "reason"), self.env.cr.savepoint():
            dialog.action_save()
        dialog.interpreter_reason = "Acute, the telephone service had nobody"
        dialog.action_save()
        row = self.case.contact_ids.interpreting_ids
        self.assertEqual((row.kind, row.relative_id), ("relative", self.husband))

    def test_child_by_a_forged_dialog(self):
        dialog = self._as(self.worker_a)[QUICK].create(
            {
                "case_id": self.case.id,
                "interpreter_used": True,
                "interpreter_kind": "relative",
                "interpreter_relative_id": self.child.id,
                "interpreter_reason": "Was there",
                "interpreter_of_age": True,
                "interpreter_language_id": self.arabic.id,
            }
        )
        with self.assertRaisesRegex(UserError, "under age"):
            dialog.action_save()

    def test_unnamed_talk_offers_all_who_may_be_asked(self):
        form = Form(self._as(self.worker_a)[QUICK])
        names = self._offered(form)
        self.assertIn("Other Language", names)
        self.assertNotIn("No Pledge", names)
        self.assertNotIn("Far", names)
