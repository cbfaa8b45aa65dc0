from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestHouseholdForm(FamilyCommon):
    """The household with members, roles and dates, their cases, and the ways to each dialog."""

    def _home(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(user or self.worker_a)["integration.household"].browse(self.home.id)

    def test_members_with_their_cases_and_who_is_responsible(self):
        fathers = self._case(self.father)
        rows = {row.client_id: row for row in self._home().member_ids}
        self.assertEqual(rows[self.father].current_case_id, fathers)
        self.assertEqual(rows[self.child].current_case_id, self.case)
        self.assertEqual(rows[self.child].current_user_id, self.worker_a)
        self.assertEqual(rows[self.mother].age, 35)

    def test_roles_and_dates_are_changed_in_the_form(self):
        with Form(self._home().with_context(integration_show_name=True)) as form:
            index = next(
                i
                for i in range(len(form.member_ids))
                if form._values["member_ids"] and i == len(form.member_ids) - 1
            )
            with form.member_ids.edit(index) as line:
                line.role = "other"
        self.assertIn("other", self._home().member_ids.mapped("role"))

    def test_each_dialog_opens_at_the_family(self):
        for event in ("birth", "arrival", "marriage", "separation", "death"):
            with self.subTest(event):
                action = getattr(self._home(), f"action_{event}")()
                self.assertEqual(action["context"]["default_case_id"], self.case.id)
                dialogs = self._as(self.worker_a)[action["res_model"]]
                form = Form(dialogs.with_context(**action["context"]))
                self.assertEqual(form.case_id, self.case)

    def test_each_dialog_opens_with_nothing_chosen(self):
        for event in ("birth", "marriage", "separation", "death", "of_age"):
            with self.subTest(event):
                dialogs = self._as(self.worker_a)[f"integration.family.{event}".replace("_", ".")]
                self.assertFalse(Form(dialogs).client_id)
                values = {"name": "Any"} if event == "birth" else {}
                with self.assertRaises(UserError):
                    dialogs.create(values).action_save()

    def test_without_an_open_case_there_is_nothing_to_begin_at(self):
        lone = self._household(self._client(self.worker_a, "Erfunden, Hana"))
        with self.assertRaisesRegex(UserError, lone.name):
            lone.action_birth()

    def test_separation_from_the_row(self):
        row = self._home().member_ids.filtered(lambda r: r.client_id == self.father)
        action = row.action_open_separation()
        form = Form(self._as(self.worker_a)[action["res_model"]].with_context(**action["context"]))
        self.assertEqual(form.leaving_ids.ids, self.father.ids)
        form.save().action_save()
        self.env.invalidate_all()
        self.assertFalse(self.father.household_id)
