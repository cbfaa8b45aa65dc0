import json

from odoo.tests import HttpCase, tagged

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestSeparationRpc(FamilyCommon, HttpCase):
    """After a separation one side asks the server for the other, as an attacker would."""

    def _ask(self, model, method, *args, **kwargs):
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}?debug=1",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "id": 1,
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": {
                        "context": {"integration_show_name": True, "active_test": False},
                        **kwargs,
                    },
                },
            },
        )
        return answer.text

    def test_neither_address_nor_name_comes_back(self):
        self.father.name = "Geheimnisson, Andrij"
        form = self._form("separation")
        form.leaving_ids.add(self.father)
        form.street = "Verborgene Gasse 7"
        self._press(form)
        his = self.father.case_ids
        his.sudo()._as_system().with_context(
            integration_transfer_reason="x" * 12
        ).user_id = self.colleague_a
        self.env.flush_all()
        row = self.father.sudo().household_member_ids
        self.authenticate(self.worker_a.login, self.worker_a.login)
        father = [self.father.id]
        home = [self.home.id]
        asked = [
            self._ask("integration.client", "read", father, ["name", "street"]),
            self._ask("integration.client", "web_read", father, specification={"street": {}}),
            self._ask("integration.client", "search_read", [["street", "ilike", "Gasse"]], ["id"]),
            self._ask("integration.client", "name_search", "Geheimnisson"),
            self._ask("integration.household", "name_search", "Geheimnisson"),
            self._ask("integration.household", "read", home, ["display_name", "member_ids"]),
            self._ask("integration.household.member", "read", row.ids, ["client_id", "age"]),
            self._ask(
                "integration.household.member",
                "web_read",
                row.ids,
                specification={
                    "client_id": {"fields": {"display_name": {}}},
                    "current_case_id": {},
                },
            ),
            self._ask("integration.case", "get_glance", [self.case.id]),
            self._ask("integration.case", "get_glance", his.ids),
            self._ask("integration.case", "get_timeline", [self.case.id]),
            self._ask(
                "integration.case",
                "web_read",
                [self.case.id],
                specification={"household_id": {"fields": {"display_name": {}}}},
            ),
            self._ask(
                "integration.family.separation",
                "onchange",
                [],
                {"leaving_ids": [[6, 0, father]], "case_id": self.case.id},
                ["leaving_ids"],
                {"consequences": {}, "member_ids": {"fields": {"display_name": {}}}},
            ),
            self._ask(
                "integration.family.marriage",
                "onchange",
                [],
                {"spouse_id": self.father.id, "client_id": self.mother.id},
                ["spouse_id"],
                {"spouse_family_ids": {"fields": {"display_name": {}}}},
            ),
            self._ask("integration.family.death", "create", [{"client_id": self.father.id}]),
        ]
        for number, answer in enumerate(asked):
            with self.subTest(number):
                # What was asked for comes back in no refusal either
                said = json.loads(answer)
                self.assertNotIn("Verborgene", str(said))
                self.assertNotIn("Geheimnisson", str(said))
        own = self._ask("integration.client", "read", [self.mother.id], ["street"])
        self.assertIn("Musterweg", own, "the question itself is right")
