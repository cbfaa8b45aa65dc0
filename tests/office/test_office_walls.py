from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeWalls(OfficeCommon, HttpCase):
    """Who has no access to a file does not learn that its client came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor = cls._visitor(client_id=cls.client_a.id)
        cls.unnamed = cls._visitor(name="Hat")
        cls.visitor.action_call()

    def _seen(self, user):
        return self._as(user)["integration.office.visitor"].search(
            [("session_id", "=", self.office.id)]
        )

    def test_a_colleague_and_the_lead_see_those_without_a_file(self):
        self.assertEqual(self._seen(self.worker_a), self.visitor | self.unnamed)
        for user in (self.colleague_a, self.lead_a):
            self.assertEqual(self._seen(user), self.unnamed)
            self.env.invalidate_all()
            session = self.office.with_env(self._as(user))
            self.assertEqual(session.visitor_count, 1)
            self.assertEqual(session.visitor_ids, self.unnamed)
            with self.assertRaises(AccessError):
                self.visitor.with_env(self._as(user)).read(["state"])

    def test_other_roles_and_employers_see_nobody(self):
        for user in (self.worker_b, self.lead_b):
            self.assertFalse(self._seen(user))
            self.assertFalse(
                self._as(user)["integration.office.session"].search([("id", "=", self.office.id)])
            )
        for user in (self.dpo_a, self.admin_a, self.reporting_a, self.county_user):
            with self.assertRaises(AccessError):
                self._seen(user)

    def test_nothing_is_found_by_way_of_the_session_or_a_client(self):
        env = self._as(self.colleague_a)
        sessions = env["integration.office.session"]
        domain = [("visitor_ids.client_id", "=", self.client_a.id), ("id", "=", self.office.id)]
        self.assertFalse(sessions.search(domain))
        groups = env["integration.office.visitor"]._read_group(
            [("session_id", "=", self.office.id)], ["client_id"], ["__count"]
        )
        self.assertEqual([count for _client, count in groups], [1])
        with self.assertRaises(AccessError):
            env["integration.office.visitor"].create(
                {"session_id": self.office.id, "client_id": self.client_a.id}
            )

    def test_over_rpc(self):
        self.authenticate("colleague_a", "colleague_a")
        for method, args in (
            ("read", [self.visitor.ids, ["client_id", "state", "display_name"]]),
            ("web_read", [self.visitor.ids, {"client_id": {"fields": {"display_name": {}}}}]),
            ("action_talk", [self.visitor.ids]),
            ("action_left", [self.visitor.ids]),
            ("write", [self.visitor.ids, {"person_count": 2}]),
            ("unlink", [self.visitor.ids]),
        ):
            with self.subTest(method):
                response = self.url_open(
                    "/web/dataset/call_kw",
                    json={
                        "jsonrpc": "2.0",
                        "params": {
                            "model": "integration.office.visitor",
                            "method": method,
                            "args": args,
                            "kwargs": {},
                        },
                    },
                )
                self.assertIn("error", response.json())
                self.assertNotIn(self.client_a.file_number, response.text)
                self.assertNotIn("Visiting", response.text)
        self.env.invalidate_all()
        self.assertEqual(self.visitor.state, "with_me")

    def test_access_that_ends_closes_the_visit(self):
        access = self.case.sudo().access_ids if "access_ids" in self.case._fields else None
        rows = access or self.env["integration.case.access"].search(
            [("case_id", "=", self.case.id), ("user_id", "=", self.worker_a.id)]
        )
        self.env.cr.execute(
            "DELETE FROM integration_case_access WHERE id IN %s", (tuple(rows.ids),)
        )
        self.env.invalidate_all()
        self.assertEqual(self._seen(self.worker_a), self.unnamed)

    def test_the_walk_of_numbers_tells_no_name(self):
        later = self._visitor(self.office.with_env(self._as(self.colleague_a)))
        self.assertEqual(later.number, 3)
        self.assertEqual(later.display_name, "No. 3")
