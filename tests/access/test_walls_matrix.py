from collections import defaultdict
from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..product.thirds import due
from .walls_count import count
from .walls_forged import ForgedProbes
from .walls_registry import extended_models, own_models
from .walls_routes import FINDING, NEEDS, OPENING, QUIET, found
from .walls_rows import WallsRows
from .walls_scan import ScanProbes
from .walls_table import KEYS, NOT_BEHIND_WALLS, OPERATIONS, allowed

# Rows that hold nothing, so that there is nothing to refuse.
EMPTY = {("integration.first.steps", "copy")}


@tagged("post_install", "-at_install")
class TestWallsMatrix(ForgedProbes, ScanProbes, WallsRows):
    """Every role tries every right and every route on every row; walls_table.py says what opens.

    All rights are tried every time; of the other walks a third (thirds.py).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.samples = {}

    def test_table_covers_every_model(self):
        """A model of the module without a line of the table is a hole nobody looks at."""
        named = {key.split(":")[0] for key in KEYS}
        self.assertEqual(own_models(self.env) - named, set(), "not in the table")
        self.assertEqual(extended_models(self.env) - named - set(NOT_BEHIND_WALLS), set())
        self.assertEqual(named - set(self.env.registry), set(), "in the table, but gone")
        tried = {key for key, _situation, _rows in self.everything("worker")}
        self.assertEqual(KEYS, tried, "without a row to try it on")

    def test_rights_are_those_of_the_table(self):
        for role, user in self.users.items():
            rows = self._by_key(role)
            wrong = set()
            with self.acting(user):
                for key, parts in rows.items():
                    everything = self._union(rows for _situation, rows in parts)
                    for operation in OPERATIONS.values():
                        self.env.invalidate_all()
                        opened = everything.with_env(self.env)._filtered_access(operation)
                        count("rights", len(everything))
                        wrong |= {
                            (role, key, situation, operation)
                            for situation, records in parts
                            if set(opened._ids).intersection(records._ids)
                            != (
                                set(records._ids)
                                if operation in allowed(key, role, situation)
                                else set()
                            )
                        }
            with self.subTest(role):
                self.assertEqual(sorted(wrong), [])

    def test_no_route_finds_what_is_closed(self):
        for role, user in self.users.items():
            by_model = self.opened_ids(role)
            wrong = []
            with self.acting(user), self._short_errors():
                for name, (everything, opened) in by_model.items():
                    domain = [("id", "in", list(everything))]
                    for route in FINDING:
                        if not due("find", role, name, route):
                            continue
                        self.env.invalidate_all()
                        result = found(route, self.env[name], domain)
                        count("ways to find", len(everything))
                        if result != (len(opened) if isinstance(result, int) else opened):
                            wrong.append((role, name, route))
            with self.subTest(role):
                self.assertEqual(wrong, [])

    def test_closed_rows_refuse_every_route(self):
        for role, user in self.users.items():
            # One row for each situation; that all the others are closed as well is asked above.
            rows = {
                (key, situation): (records[:1], allowed(key, role, situation))
                for key, situation, records in self.everything(role)
            }
            wrong = []
            with self.acting(user), self._short_errors():
                for (key, situation), (row, rights) in rows.items():
                    for route, function in OPENING.items():
                        if NEEDS.get(route, "read") in rights or (key, route) in EMPTY:
                            continue
                        if not due("open", role, key, situation, route):
                            continue
                        count("ways to a closed row")
                        if not self._refuses(function, row.with_env(self.env)):
                            wrong.append((role, key, situation, route))
            with self.subTest(role):
                self.assertEqual(wrong, [])

    # ------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------

    def opened_ids(self, role):
        """Return {model: (ids of all rows of the world, ids of those open to ``role``)}."""
        by_model = defaultdict(lambda: (set(), set()))
        for key, situation, records in self.everything(role):
            everything, opened = by_model[key.split(":")[0]]
            everything.update(records.ids)
            if "read" in allowed(key, role, situation):
                opened.update(records.ids)
        return by_model

    def _by_key(self, role):
        rows = defaultdict(list)
        for key, situation, records in self.everything(role):
            rows[key].append((situation, records))
        return rows

    @staticmethod
    def _union(recordsets):
        first, *others = recordsets
        return first.union(*others)

    @contextmanager
    def _short_errors(self):
        """Leave out the words of refusals, which take ten times as long as the refusal."""

        def closed(*_args):
            return AccessError("closed")

        with (
            mute_logger(*QUIET),
            patch.object(self.env.registry["ir.rule"], "_make_access_error", closed),
            patch.object(self.env.registry["ir.model.access"], "_make_access_error", closed),
        ):
            yield

    def _refuses(self, function, row):
        """Return whether the call is refused, and not because something broke."""
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                function(row)
                self.env.flush_all()
        except (AccessError, UserError, MissingError, IntegrityError):
            return True
        return False
