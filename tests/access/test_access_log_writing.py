import threading
import time
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.integration_management.models.access import access_log

# No file has numbers like these; the rows are really committed, and taken away afterwards.
FIRST, SECOND, THIRD = 2_000_000_001, 2_000_000_002, 2_000_000_003
LOGGER = "odoo.addons.integration_management.models.access.access_log"


@tagged("post_install", "-at_install")
class TestAccessLogWriting(TransactionCase):
    """The log is written after the commit: whatever happens to it, the answer stands."""

    def setUp(self):
        super().setUp()
        self.log = self.env["integration.access.log"]
        self.addCleanup(self._forget)

    def _forget(self):
        with self.registry.cursor() as cr:
            cr.execute(SQL("DELETE FROM integration_access_log WHERE client_ref >= %s", FIRST))

    def _pending(self, *refs, company_id=None):
        company_id = company_id or self.env.ref("base.main_company").id
        return {
            (self.env.ref("base.user_root").id, "open", ref, "X", company_id): 1 for ref in refs
        }

    def _written(self):
        with self.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """SELECT client_ref, SUM(count) FROM integration_access_log
                        WHERE client_ref >= %s GROUP BY client_ref""",
                    FIRST,
                )
            )
            return dict(cr.fetchall())

    @contextmanager
    def _while_another_writes(self, *refs):
        """Hold rows of ``refs`` as another request that has written and not yet committed."""
        with self.registry.cursor() as cr:
            self.log._add_rows(cr, self._pending(*refs).items())
            yield cr

    def _in_thread(self, pending):
        errors = []

        def write():
            try:
                self.log._write_pending(self.registry, pending)
            except Exception as error:  # noqa: BLE001 - whatever is raised would be the answer
                errors.append(error)

        thread = threading.Thread(target=write)
        thread.start()
        return thread, errors

    def test_two_requests_of_one_user_overlap(self):
        """Name searches and a saved note come within the same second; both are counted."""
        self.log._write_pending(self.registry, self._pending(FIRST))
        with self._while_another_writes(FIRST):
            thread, errors = self._in_thread(self._pending(FIRST))
            time.sleep(0.3)
            self.assertTrue(thread.is_alive(), "waits for the other one")
        thread.join(20)
        self.assertEqual(errors, [])
        self.assertEqual(self._written(), {FIRST: 3})

    def test_rows_are_taken_in_one_order(self):
        """Two requests that log the same files the other way round wait, and lock nobody out."""
        with self._while_another_writes(FIRST) as cr:
            thread, errors = self._in_thread(self._pending(SECOND, FIRST))
            time.sleep(0.3)
            cr.execute("SET LOCAL lock_timeout = '5s'")
            self.log._add_rows(cr, self._pending(SECOND).items())
        thread.join(20)
        self.assertEqual(errors, [])
        self.assertEqual(self._written(), {FIRST: 2, SECOND: 2})

    def test_a_log_that_cannot_be_written_fails_no_request(self):
        """The note is saved: an error would make its author write it again."""
        with (
            patch.object(access_log, "LOCK_TIMEOUT", "100ms"),
            patch.object(access_log, "PAUSES", (0, 0)),
            self._while_another_writes(FIRST),
            self.assertLogs(LOGGER, "ERROR") as logs,
            mute_logger("odoo.sql_db"),
        ):
            self.log._write_pending(self.registry, self._pending(FIRST))
        self.assertEqual(len(logs.output), 1)
        self.assertIn(str(FIRST), logs.output[0], "what is missing can be read in the server log")

    def test_one_row_that_cannot_be_written_takes_no_other_along(self):
        """An employer who was deleted meanwhile, say."""
        pending = self._pending(FIRST, THIRD) | self._pending(SECOND, company_id=2_000_000_000)
        with self.assertLogs(LOGGER, "ERROR"), mute_logger("odoo.sql_db"):
            self.log._write_pending(self.registry, pending)
        self.assertEqual(self._written(), {FIRST: 1, THIRD: 1})

    def test_many_rows_are_one_query(self):
        """Exporting a thousand files does not ask the database a thousand times."""
        pending = self._pending(*range(FIRST, FIRST + 500))
        with self.registry.cursor() as cr:
            before = cr.sql_log_count
            self.log._add_rows(cr, pending.items())
            self.assertEqual(cr.sql_log_count - before, 1)
            cr.rollback()
