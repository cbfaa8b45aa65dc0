from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import MODULE
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestTwoEditors(ContactCommon, HttpCase):
    """Who saves second is asked before the words of the first are gone."""

    def _known(self, record, **before):
        return record.with_context(integration_known={f"{record._name},{record.id}": before})

    def _goal(self):
        area = self.env.ref(f"{MODULE}.area_language").id
        goal = Command.create({"area_id": area, "name": "B1"})
        plan = self.case.env["integration.plan"].create(
            {"case_id": self.case.id, "line_ids": [goal]}
        )
        return plan.line_ids

    def test_the_second_editor_is_told(self):
        note = self.Note.create({"case_id": self.case.id, "body": "First words"})
        self.olena.phone = "07071 1"
        goal = self._goal()
        for record, name in ((note, "body"), (self.olena, "phone"), (goal, "name")):
            opened = record[name]
            record.write({name: "What a colleague typed"})
            with self.subTest(record._name):
                with self.assertRaises(UserError) as refused:
                    self._known(record, **{name: opened}).web_save({name: "Mine"}, {})
                self.assertEqual(
                    refused.exception.context["integration_overtaken"],
                    [record._name, record.id, [name]],
                )
                self.assertNotIn("colleague", str(refused.exception), "words are not logged")
                self.assertEqual(record[name], "What a colleague typed")
                seen = self._known(record, **{name: "What a colleague typed"})
                seen.web_save({name: "Mine"}, {})
                self.assertEqual(record[name], "Mine")

    def test_a_goal_changed_on_the_form_of_its_plan(self):
        goal = self._goal()
        goal.name = "What a colleague typed"
        known = {f"integration.plan.line,{goal.id}": {"name": "B1"}}
        plan = goal.plan_id.with_context(integration_known=known)
        with self.assertRaises(UserError):
            plan.web_save({"line_ids": [Command.update(goal.id, {"name": "Mine"})]}, {})
        self.assertEqual(goal.name, "What a colleague typed")

    def test_nobody_is_asked_about_what_is_the_same(self):
        self.olena.phone = "07071 1"
        for before, mine in (("07071 1", "07071 2"), ("07071", "07071 2"), (False, "07071 2")):
            with self.subTest(before):
                self._known(self.olena, phone=before).web_save({"phone": mine}, {})
        self.olena.with_context(integration_known="forged").phone = "07071 3"
        self.olena.with_context(integration_known={f"x,{self.olena.id}": 1}).phone = "07071 4"
        self.assertEqual(self.olena.phone, "07071 4")

    def test_on_the_screen_both_are_shown(self):
        self.worker_a.lang = "en_US"  # the tour finds its buttons by their English words
        self.start_tour(
            f"/odoo/integration-persons/{self.olena.id}",
            "integration_overtaken",
            login=self.worker_a.login,
        )
        self.assertEqual(self.olena.phone, "07071 333")
