import json

from odoo.tests import tagged

from odoo.addons.integration_management.models.access.logged import FEW

from .busy_common import CALLS, BusyCommon

# Queries of the server's answers, without what each request costs anyway. Fewer is fine: then
# the number goes down here. More is a decision.
MOST = {"kanban": 13, "team": 14, "list": 9, "form": 19, "move": 14}


@tagged("post_install", "-at_install")
class TestBusyCalls(BusyCommon):
    """What workers open fifty times a day asks the database no more than it did."""

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
