import json

from odoo.fields import Domain
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management import domain_guard

from ..common import IntegrationCommon

WORDS = "Brief von der Ausländerbehörde"
SKIPPING = ("ANY!", "Any!", "NOT ANY!", "not Any!", "any!", "not any!")


@tagged("post_install", "-at_install")
class TestWallsOperators(IntegrationCommon, HttpCase):
    """No request searches past the record rules, however it spells the operator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a))
        cls.case.env["integration.note"].create({"case_id": cls.case.id, "body": WORDS})

    def _conditions(self, operator, words):
        """Return the ways to ask a case for the words of its notes, one inside the other."""
        inner = ["body", "=like", words]
        return (
            ["note_ids", operator, [inner]],
            ["note_ids", "any", [["case_id", operator, [["note_ids", "any", [inner]]]]]],
            ["client_id", operator, [["case_ids", "any", [["note_ids", operator, [inner]]]]]],
        )

    @mute_logger("odoo.addons.integration_management.domain_guard")
    def test_the_orm_reads_no_such_list(self):
        cases = self._as(self.lead_a)["integration.case"]
        for operator in SKIPPING:
            for condition in self._conditions(operator, "Brief%"):
                for method in ("search", "search_count", "search_read"):
                    with self.subTest(method, condition=condition), self.assertRaises(ValueError):
                        getattr(cases, method)([condition])
                with self.subTest("groups", condition=condition), self.assertRaises(ValueError):
                    cases.formatted_read_group([condition], ["stage_id"], ["__count"])

    @mute_logger("odoo.http", "odoo.addons.integration_management.domain_guard")
    def test_a_request_learns_nothing(self):
        """The answer to the right guess and to the wrong one are the same to the letter."""
        for login in ("lead_a", "dpo_a"):
            self.authenticate(login, login)
            for operator in SKIPPING:
                for number in range(3):
                    answers = {
                        self._answer("integration.case", self._conditions(operator, guess)[number])
                        for guess in ("Brief%", "Kein%")
                    }
                    with self.subTest(login, operator=operator, way=number):
                        self.assertEqual(len(answers), 1)

    def _answer(self, model, condition):
        response = self.url_open(
            "/web/dataset/call_kw", headers={"Content-Type": "application/json"},
            data=json.dumps({"params": {
                "model": model, "method": "search_count", "args": [[condition]], "kwargs": {},
            }}),
        )  # fmt: skip
        answer = response.json()
        self.assertIn("error", answer)
        return json.dumps(answer["error"]["data"]["message"])

    def test_the_log_repeats_nothing(self):
        with self.assertLogs("odoo.addons.integration_management.domain_guard", "WARNING") as log:
            with self.assertRaises(ValueError):
                Domain([["note_ids", "ANY!", [["body", "=like", WORDS]]]])
        self.assertNotIn(WORDS, "".join(log.output))

    def test_code_keeps_the_operators(self):
        self.assertTrue(Domain("note_ids", "any!", Domain("body", "!=", False)))
        self.assertTrue(Domain([["note_ids", "any", [["body", "ilike", "a"]]]]))
        self.assertTrue(Domain([("a", "!=", 1), ("b", "not in", [2])]))

    def test_installed_once(self):
        before = Domain.__new__
        domain_guard.install()
        self.assertIs(Domain.__new__, before)
