import json
from pathlib import Path

from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from odoo.addons.integration_management.models.access.logged import FEW

from ..common import IntegrationCommon

# What the web client was seen to ask for (bin/bench --capture)
CALLS = json.loads(Path(__file__).with_name("calls.json").read_text())
# Queries of the server's answers, without what each request costs anyway. Fewer is fine: then
# the number goes down here. More is a decision.
MOST = {"kanban": 13, "team": 14, "list": 9, "form": 38, "move": 14}


@tagged("post_install", "-at_install")
class TestBusyCalls(IntegrationCommon):
    """What workers open fifty times a day asks the database no more than it did."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._busy_case("First Person")

    @classmethod
    def _busy_case(cls, name):
        case = cls._case(cls._client(cls.worker_a, name))
        cls._talk(case)
        area = cls.env["integration.area"].search([("consent_purpose", "=", False)], limit=1)
        step = Command.create({"name": "Step", "owner": "worker", "date_due": cls.today})
        case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [
                    Command.create({"area_id": area.id, "name": "Goal", "step_ids": [step]})
                ],
            }
        )
        case.activity_schedule("mail.mail_activity_data_todo", summary="Call", user_id=case.env.uid)
        return case

    def _real(self, value, marks):
        if isinstance(value, dict):
            return {name: self._real(item, marks) for name, item in value.items()}
        if isinstance(value, list):
            return [self._real(item, marks) for item in value]
        return marks.get(value, value) if isinstance(value, str) else value

    def _queries(self, way, user):
        """Return how many queries the calls of a way take, each on a fresh cache."""
        marks = {
            "$case": self.case.id,
            "$client": self.case.client_id.id,
            "$user": user.id,
            "$company": user.company_id.id,
            "$stage": self.env["integration.case.stage"].search([])[1].id,
            "$today": str(self.today),
        }
        total = 0
        for path, params in CALLS[way]:
            if "call_kw" not in path:
                continue
            asked = self._real(params, marks)
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.cache.clear()
            model = self.env(user=user.id)[asked["model"]]
            before = self.cr.sql_log_count
            call_kw(model, asked["method"], asked["args"], asked["kwargs"])
            self.env.flush_all()
            total += self.cr.sql_log_count - before
        return total

    def test_no_more_than_before(self):
        for way, most in MOST.items():
            user = self.lead_a if way == "team" else self.worker_a
            self._queries(way, user)  # what the registry keeps is asked once
            with self.subTest(way):
                self.assertLessEqual(self._queries(way, user), most)

    def test_many_cards_cost_as_few_cost(self):
        found = {"kanban": [], "list": []}
        for count in (3, 6):
            for number in range(count):
                self._busy_case(f"Person {count}.{number}")
            for way, queries in found.items():
                self._queries(way, self.worker_a)
                queries.append(self._queries(way, self.worker_a))
        for way, (few, many) in found.items():
            self.assertEqual(few, many, way)

    def test_the_cards_of_many_open_no_file(self):
        """What is planned next is told on a card as lists tell it."""
        for number in range(FEW):
            self._busy_case(f"Person {number}")
        self.assertIn("activity_summary", json.dumps(CALLS["kanban"]))
        self.env.cr.postcommit.data.clear()
        self._queries("kanban", self.worker_a)
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        self.assertEqual([key for key in pending if key[1] == "open"], [])
