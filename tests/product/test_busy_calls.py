from odoo.tests import tagged

from .busy_common import BusyCommon

# Queries of the server's answers, without what each request costs anyway. Fewer is fine: then
# the number goes down here. More is a decision.
MOST = {"kanban": 15, "team": 14, "list": 10, "form": 74, "move": 16}


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
