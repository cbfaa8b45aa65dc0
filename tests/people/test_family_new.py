from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE, IntegrationCommon
from ..consent.test_consent_notice import NoticeCommon


@tagged("post_install", "-at_install")
class TestFamilyNew(IntegrationCommon):
    """A family of three in one dialog."""

    def _wizard(self, *persons, **values):
        env = self._as(self.worker_a)
        return env["integration.family.new"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.home_visit.id,
                "line_ids": [Command.create({"consent": "paper", **person}) for person in persons],
                **values,
            }
        )

    def test_family_of_three(self):
        child_birth = self.today - timedelta(days=8 * 365)
        wizard = self._wizard(
            {"name": "Mother"},
            {"name": "Father"},
            {"name": "Child", "birthdate": child_birth},
            note="First words",
        )
        self.assertEqual(wizard.line_ids.mapped("has_case"), [True, True, False])
        action = wizard.action_save()
        case = wizard.env["integration.case"].browse(action["res_id"])
        clients = case.household_id.current_client_ids.sorted("id")
        self.assertEqual(clients.mapped("name"), ["Mother", "Father", "Child"])
        self.assertEqual(clients.mapped("consent_state"), ["given"] * 3)
        self.assertEqual(clients[2].consent_ids.guardian_id, clients[0])
        self.assertEqual(len(clients.household_id), 1)
        self.assertEqual(case.member_ids, clients[2])
        talk = case.contact_ids
        self.assertEqual((talk.person_count, talk.is_talk), (2, True))
        self.assertEqual(talk.note_ids.body, "First words")
        self.assertEqual(case.date_opened, self.today)

    def test_refusal_leaves_a_card_in_the_first_phase(self):
        wizard = self._wizard({"name": "Mother"}, {"name": "Father", "consent": "refused"})
        case = wizard.env["integration.case"].browse(wizard.action_save()["res_id"])
        father = case.household_id.current_client_ids.sorted("id")[1]
        self.assertEqual(father.consent_state, "refused")
        self.assertEqual(father.case_ids.stage_id, self.stage_intake)
        self.assertFalse(father.case_ids.date_opened)

    def test_present_without_consent_is_refused_and_nothing_is_saved(self):
        wizard = self._wizard({"name": "Nobody Asked", "consent": "later", "present": True})
        before = self.env["integration.client"].search_count([])
        with self.assertRaises(UserError), self.cr.savepoint():
            wizard.action_save()
        self.assertEqual(self.env["integration.client"].search_count([]), before)
        self.assertEqual(wizard.line_ids.name, "Nobody Asked", "what was typed is still there")

    def test_nothing_is_ticked_before(self):
        wizard = self._wizard(
            {"name": "First"},
            {"name": "Second", "consent": False},
            {"name": "Third", "consent": False},
        )
        self.assertEqual(wizard.line_ids.mapped("present"), [True, False, False])
        before = self.env["integration.client"].search_count([])
        with self.assertRaisesRegex(UserError, "person 2, 3 "), self.cr.savepoint():
            wizard.action_save()
        self.assertEqual(self.env["integration.client"].search_count([]), before)
        new = self._as(self.worker_a)["integration.family.new.line"].new({"name": "Nobody"})
        self.assertFalse(new.consent or new.present)

    def test_minor_needs_a_guardian(self):
        with self.assertRaises(UserError):
            self._wizard(
                {"name": "Child", "birthdate": self.today - timedelta(days=3000)}
            ).action_save()
        with self.assertRaises(UserError):
            self._wizard().action_save()

    def test_dialog_proposes_by_age(self):
        form = Form(self._as(self.worker_a)["integration.family.new"])
        with form.line_ids.new() as line:
            line.name = "Child"
            line.birthdate = self.today - timedelta(days=3000)
            self.assertEqual(line.role, "child")
            self.assertFalse(line.has_case)
            self.assertFalse(line.consent, "nobody has consented yet")


@tagged("post_install", "-at_install")
class TestFamilyLanguages(NoticeCommon):
    """Anyone who cannot read the notice is told so, and the interpreter is named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arabic, cls.tigrinya = (
            cls.env.ref(f"{MODULE}.language_{code}") for code in ("ar", "ti")
        )

    def _form(self, *languages):
        form = Form(self._as(self.worker_a)["integration.family.new"])
        form.municipality_id = self.town_a
        for index, language in enumerate(languages):
            with form.line_ids.new() as line:
                line.name = f"Person {index}"
                line.language_ids.add(language)
                line.consent = "paper"
        return form

    def test_hint(self):
        self.assertFalse(self._form(self.tigrinya).language_hint, "the employer's own paper form")
        self._published()
        self._published("ar")
        self.assertFalse(self._form(self.arabic).language_hint)
        form = self._form(self.arabic, self.tigrinya)
        self.assertIn("Tigrinya", form.language_hint)
        self.assertNotIn("Arab", form.language_hint)
        with form.line_ids.edit(1) as line:
            line.language_ids.add(self.arabic)
        self.assertFalse(form.language_hint, "she reads the Arabic one")

    def test_interpreter_is_kept(self):
        german = self._published()
        form = self._form(self.tigrinya)
        self.assertFalse(form.interpreter_used)
        form.interpreter = "Dolmetscherin Beispiel"
        self.assertTrue(form.interpreter_used)
        wizard = form.save()
        case = wizard.env["integration.case"].browse(wizard.action_save()["res_id"])
        consent = case.client_id.consent_ids
        self.assertEqual(consent.interpreter, "Dolmetscherin Beispiel")
        self.assertEqual(consent.notice_id, german)
        self.assertTrue(case.contact_ids.interpreter_used)
