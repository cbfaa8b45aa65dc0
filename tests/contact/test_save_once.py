from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import MODULE
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestSaveOnce(ContactCommon, HttpCase):
    """A new form whose answer got lost makes one record, however often it is saved."""

    def _form(self, user, key="form-1"):
        return self._as(user)["integration.note"].with_context(integration_save_key=key)

    def _vals(self, body="Words"):
        return {"case_id": self.case.id, "body": body}

    def _notes(self):
        return self.env["integration.note"].search([("case_id", "=", self.case.id)])

    def test_saved_again_is_the_same_record(self):
        first = self._form(self.worker_a).web_save(self._vals(), {"body": {}})
        again = self._form(self.worker_a).web_save(self._vals(), {"body": {}})
        self.assertEqual(first, again)
        self.assertEqual(self._notes().ids, [first[0]["id"]])

    def test_lines_are_not_doubled(self):
        area = self.env.ref(f"{MODULE}.area_language").id
        vals = {
            "case_id": self.case.id,
            "line_ids": [Command.create({"area_id": area, "name": "B1"})],
        }
        plans = self._as(self.worker_a)["integration.plan"].with_context(integration_save_key="p")
        for _press in range(2):
            plan = plans.web_save(vals, {"line_ids": {}})[0]
            self.assertEqual(len(plan["line_ids"]), 1)
        self.assertEqual(len(self.case.plan_ids), 1)

    def test_another_form_and_another_user_make_another(self):
        self._agree_beside_file(self.olena)
        self.env["integration.case.share"].with_user(self.worker_a).create(
            {"case_id": self.case.id, "user_id": self.colleague_a.id, "kind": "team"}
        ).action_share()
        self._form(self.worker_a).web_save(self._vals(), {})
        self._form(self.worker_a, "form-2").web_save(self._vals(), {})
        self._form(self.colleague_a).web_save(self._vals(), {})
        self.assertEqual(len(self._notes()), 3)

    def test_what_was_typed_since_is_not_lost_without_a_word(self):
        self._form(self.worker_a).web_save(self._vals(), {})
        with self.assertRaisesRegex(UserError, f"{self.olena.file_number}.*saved already"):
            self._form(self.worker_a).web_save(self._vals("Words, and more"), {})
        self.assertEqual(self._notes().body, "Words")

    def test_refused_save_may_be_corrected(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._form(self.worker_a).web_save(dict(self._vals(), body=" "), {})
        self._form(self.worker_a).web_save(self._vals("Corrected"), {})
        self.assertEqual(self._notes().body, "Corrected")

    def test_key_holds_no_words(self):
        self._form(self.worker_a).web_save(self._vals("Secret words"), {})
        self.env.cr.execute("SELECT to_json(k)::text FROM integration_save_key k")
        self.assertNotIn("Secret", str(self.env.cr.fetchall()))

    def test_key_of_one_model_opens_no_other(self):
        self._form(self.worker_a).web_save(self._vals(), {})
        kind = self.env.ref(f"{MODULE}.deadline_kind_appeal")
        deadlines = self._as(self.worker_a)["integration.deadline"]
        saved = deadlines.with_context(integration_save_key="form-1").web_save(
            {"case_id": self.case.id, "kind_id": kind.id, "date": self.today}, {"kind_id": {}}
        )
        self.assertEqual(saved, [{"id": self.case.deadline_ids.id, "kind_id": kind.id}])

    def test_one_press_that_arrives_twice(self):
        self.worker_a.lang = "en_US"  # the tour finds its buttons by their English words
        self.start_tour(
            "/odoo/integration-deadlines/new", "integration_save_once", login=self.worker_a.login
        )
        self.assertEqual(self.case.deadline_ids.mapped("note"), ["Two photographs"])
