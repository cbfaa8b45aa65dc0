import threading
from datetime import timedelta
from functools import partial

from odoo import api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.integration_management.tools import local_today

from .. import world
from ..common import MODULE

# What was committed, in the order in which it can be taken away
LEFT = (
    ("integration_plan_review", "plan_id IN (SELECT id FROM integration_plan WHERE {case})"),
    ("integration_plan_step", "{case}"),
    ("integration_plan_line", "plan_id IN (SELECT id FROM integration_plan WHERE {case})"),
    ("integration_plan", "{case}"),
    ("integration_contact_person", "client_id = %(client)s"),
    ("integration_contact", "{case}"),
    ("integration_housing", "client_id = %(client)s"),
    ("integration_case_assignment", "{case}"),
    ("integration_case_access", "client_id = %(client)s"),
    ("integration_case", "client_id = %(client)s"),
)


@tagged("post_install", "-at_install")
class TestCaseRaces(TransactionCase):
    """Two people do something with the same file in the same second, on two connections."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)
        people = world.find(self.env)
        if not people:
            self.skipTest("the worker must be committed, which bin/test sees to")
        self.worker = people["worker_a"].id
        self.town = people["town_a"].id
        self.today = local_today(self.env)
        with self.database.cursor() as cr:
            env = self._env(cr)
            client = env["integration.client"].create({"name": "Side By Side"})
            self.client_id = client.id
            day = self.today - timedelta(days=100)
            env["integration.consent"].create(
                {"client_id": client.id, "decision": "given", "date": day}
            )
            case = env["integration.case"].create(
                {"client_id": client.id, "municipality_id": self.town, "date_start": day}
            )
            self.case_id = case.id
            self.plan_vals = {
                "case_id": case.id,
                "line_ids": [
                    Command.create(
                        {
                            "area_id": env.ref(f"{MODULE}.area_language").id,
                            "name": "B1",
                            "step_ids": [Command.create({"name": "Register"})],
                        }
                    )
                ],
            }
        self.addCleanup(self._clean_up)

    def _env(self, cr):
        return api.Environment(cr, self.worker, {"tracking_disable": True})

    def _clean_up(self):
        with self.database.cursor() as cr:
            env = self._env(cr)(su=True)
            client = env["integration.client"].browse(self.client_id)
            partner = client.partner_id.id
            for name in ("integration.agreement", "integration.consent"):
                env[name]._erase_ledger(client)
            # Else the numbers of the tests after this one do not begin with 1.
            codes = ("integration.client", "integration.household")
            env["ir.sequence"].search([("code", "in", codes)]).unlink()
            for table, where in LEFT:
                where = where.format(case=f"case_id = {int(self.case_id)}")
                cr.execute(f"DELETE FROM {table} WHERE {where}", {"client": self.client_id})  # pylint: disable=sql-injection
            cr.execute(SQL("DELETE FROM integration_client WHERE id = %s", self.client_id))
            cr.execute(SQL("DELETE FROM res_partner WHERE id = %s", partner))

    def _race(self, *requests):
        """Let the requests run at once, as Odoo handles them; return which were refused.

        Each has looked at the case before any writes, and commits at the end of its own.
        """
        begun, refused = threading.Barrier(len(requests), timeout=20), []

        def run(number, request):
            with self.database.cursor() as cr:
                env = self._env(cr)
                env["integration.case"].browse(self.case_id).state  # noqa: B018
                begun.wait()
                try:
                    retrying(partial(request, env), env)
                except UserError:
                    cr.rollback()
                    refused.append(number)

        threads = [
            threading.Thread(target=run, args=(number, request))
            for number, request in enumerate(requests)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return refused

    def _look(self, question):
        with self.database.cursor() as cr:
            return question(self._env(cr))

    def _close(self, env, days_ago=0):
        env["integration.case.close"].create(
            {
                "case_id": self.case_id,
                "date_end": self.today - timedelta(days=days_ago),
                "closure_reason_id": env.ref(f"{MODULE}.closure_reason_goals_reached").id,
            }
        ).action_close()

    def test_a_plan_begun_while_the_case_is_closed(self):
        refused = self._race(
            self._close, lambda env: env["integration.plan"].create(self.plan_vals)
        )
        state, plans = self._look(
            lambda env: (
                env["integration.case"].browse(self.case_id).state,
                env["integration.plan"].search([("case_id", "=", self.case_id)]).mapped("state"),
            )
        )
        # Either the plan came first, and ends with the case, or it is refused.
        self.assertEqual(state, "closed")
        self.assertIn((refused, plans), (([], ["ended"]), ([1], [])))

    def test_a_contact_after_the_end(self):
        def talk(env):
            env["integration.contact"].create(
                {
                    "case_id": self.case_id,
                    "date": self.today,
                    "reached": False,
                    "channel_id": env.ref(f"{MODULE}.channel_telephone").id,
                }
            )

        refused = self._race(partial(self._close, days_ago=1), talk)
        state, days = self._look(
            lambda env: (
                env["integration.case"].browse(self.case_id).state,
                env["integration.contact"].search([("case_id", "=", self.case_id)]).mapped("date"),
            )
        )
        self.assertIn((refused, state, days), (([1], "closed", []), ([0], "open", [self.today])))

    def test_the_same_past_housing_twice(self):
        vals = {
            "client_id": self.client_id,
            "date_from": self.today - timedelta(days=90),
            "date_to": self.today - timedelta(days=60),
        }

        def move_in(env):
            kind = env["integration.housing.type"].search([], limit=1)
            env["integration.housing"].create(
                {**vals, "type_id": kind.id, "municipality_id": self.town}
            )

        refused = self._race(move_in, move_in)
        self.assertEqual(len(refused), 1)
        count = self._look(
            lambda env: env["integration.housing"].search_count(
                [("client_id", "=", self.client_id)]
            )
        )
        self.assertEqual(count, 1)

    def test_a_step_ticked_by_two_is_done(self):
        def begin(env):
            plan = env["integration.plan"].create(self.plan_vals)
            plan.action_agree()
            return plan.step_ids.id

        step = self._look(begin)

        def tick(env):
            env["integration.plan.step"].browse(step).action_tick_off()

        self.assertEqual(self._race(tick, tick), [])
        state = self._look(lambda env: env["integration.plan.step"].browse(step).state)
        self.assertEqual(state, "done")

    def test_a_dialog_pressed_twice_at_once(self):
        with self.database.cursor() as cr:
            env = self._env(cr)
            dialog = (
                env["integration.contact.quick"]
                .create(
                    {
                        "case_id": self.case_id,
                        "channel_id": env.ref(f"{MODULE}.channel_telephone").id,
                    }
                )
                .id
            )

        def press(env):
            env["integration.contact.quick"].browse(dialog).action_save()

        self.assertEqual(self._race(press, press), [])
        count = self._look(
            lambda env: env["integration.contact"].search_count([("case_id", "=", self.case_id)])
        )
        self.assertEqual(count, 1)
