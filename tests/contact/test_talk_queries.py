from uuid import uuid4

from odoo.tests import tagged

from ..speed.busy_common import CALLS, BusyCommon

# Queries of the one request by which a talk with its note is saved, without what each request
# costs anyway. Fewer is fine: then the number goes down here. More is a decision.
MOST = 22


@tagged("post_install", "-at_install")
class TestTalkQueries(BusyCommon):
    """A talk is saved in one request, which asks the database no more than it did."""

    def _saved(self):
        return self._queries("talk", self.worker_a, **{"$key": uuid4().hex})

    def test_one_request(self):
        """As the web client was seen to save: nothing is stored and read again before it."""
        self.assertEqual([params["method"] for _path, params in CALLS["talk"]], ["save_typed"])

    def test_no_more_queries_than_before(self):
        self._saved()  # what the registry keeps is asked once
        talks = len(self.case.contact_ids)
        self.assertLessEqual(self._saved(), MOST)
        self.assertEqual(len(self.case.contact_ids), talks + 1)
        self.assertTrue(self.case.contact_ids.sorted("id")[-1:].note_ids.body)

    def test_a_family_costs_as_many_whoever_comes_along(self):
        """Rows are written together: three persons cost the queries of two."""
        counts = []
        for number in range(2):
            relative = self._client(self.worker_a, f"Relative {number}")
            self.case._accompany(relative)
            family = [(4, client.id) for client in self.case.client_id | self.case.member_ids]
            self._saved_with(family)
            counts.append(self._saved_with(family))
        self.assertEqual(counts[0], counts[1])

    def _saved_with(self, client_ids):
        ((path, params),) = CALLS["talk"]
        key, button, values = params["args"][1:]
        args = [[], key, button, {**values, "client_ids": client_ids}]
        with self._sent("talk", [(path, {**params, "args": args})]):
            return self._saved()
