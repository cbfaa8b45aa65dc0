from odoo.tests import tagged

from ..common import IntegrationCommon
from ..kept import World


@tagged("post_install", "-at_install")
class TestKept(IntegrationCommon):
    """What a class of tests begins with comes back as it was written."""

    def _build(self):
        cls = type(self)
        cls.kept_client = self._client(self.worker_a, "Person to keep")
        cls.kept_case = self._case(cls.kept_client)
        self._talk(cls.kept_case)
        self.worker_a.name = "Worker of that name"
        cls.kept_number = self.env["ir.sequence"].create({"name": "Kept", "code": "kept"})
        cls.kept_number.next_by_id()

    def _rows(self):
        self.env.flush_all()
        rows = {}
        for table in ("integration_case", "integration_consent", "res_partner", "res_users"):
            self.env.cr.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            rows[table] = self.env.cr.fetchall()
        return rows

    def test_rows_and_attributes_come_back(self):
        with self.env.cr.savepoint() as savepoint:
            world = World(type(self), self._build)
            written, number = self._rows(), self.kept_number.next_by_id()
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertFalse(self.kept_case.exists())
        self.assertNotEqual(self._rows(), written)
        world.bring_back(type(self))
        self.assertEqual(self._rows(), written)
        self.assertEqual(self.kept_case.client_id, self.kept_client)
        self.assertEqual(self.kept_case.env.uid, self.worker_a.id)
        self.assertEqual(self.kept_number.next_by_id(), number)
        # The caches know the world as well: it can be worked with
        self.assertTrue(self._talk(self.kept_case, days_ago=2).is_talk)
