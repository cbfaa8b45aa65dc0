from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestFamilyNew(IntegrationCommon):
    """A family of three in one dialog."""

    def _wizard(self, *persons, **values):
        env = self._as(self.worker_a)
        return env["integration.family.new"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.home_visit.id,
                "line_ids": [Command.create(person) for person in persons],
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
        clients = wizard.line_ids.client_id
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
        wizard.action_save()
        father = wizard.line_ids[1].client_id
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
