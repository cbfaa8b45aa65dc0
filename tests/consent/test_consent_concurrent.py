import threading
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger


@tagged("post_install", "-at_install")
class TestConcurrentConsents(TransactionCase):
    """Two people record a decision of the same client in the same second, on two connections."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(self.env.cr.dbname)
        with self.database.cursor() as cr:
            env = self._env(cr)
            self.client_id = env["integration.client"].create({"name": "Side By Side"}).id
            self._record(env, "given")
        self.addCleanup(self._clean_up)

    @staticmethod
    def _env(cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def _record(self, env, decision):
        env["integration.consent"].create(
            {"client_id": self.client_id, "decision": decision, "reason": "Decided otherwise"}
        )

    def _clean_up(self):
        """Take away what was committed, by the way that the retention of a file goes."""
        with self.database.cursor() as cr:
            env = self._env(cr)
            client = env["integration.client"].browse(self.client_id)
            partner = client.partner_id
            env["integration.consent"]._erase_ledger(client)
            client.access_ids.unlink()
            cr.execute(SQL("DELETE FROM integration_client WHERE id = %s", client.id))
            cr.execute(SQL("DELETE FROM res_partner WHERE id = %s", partner.id))

    def _race(self, decisions):
        """Record ``decisions`` at once, as Odoo handles requests; return the refusals."""
        begun, refused = threading.Barrier(len(decisions), timeout=20), []

        def request(decision):
            with self.database.cursor() as cr:
                env = self._env(cr)
                # Both have looked at the client before either writes.
                env["integration.client"].browse(self.client_id).consent_state  # noqa: B018
                begun.wait()
                try:
                    retrying(partial(self._record, env, decision), env)
                except ValidationError:
                    cr.rollback()
                    refused.append(decision)

        threads = [threading.Thread(target=request, args=(d,)) for d in decisions]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return refused

    def _ledger(self):
        """Return the stored state and the decisions of the ledger in their order."""
        with self.database.cursor() as cr:
            client = self._env(cr)["integration.client"].browse(self.client_id)
            return client.consent_state, client.consent_ids.sorted("id").mapped("decision")

    def test_withdrawal_and_renewal_at_once(self):
        for _round in range(3):
            refused = self._race(["withdrawn", "renewed"])
            state, decisions = self._ledger()
            # Either the withdrawal came first, and there is nothing left to renew, or second.
            self.assertEqual(decisions[-1], "withdrawn")
            self.assertEqual(state, "withdrawn")
            self.assertIn(refused, ([], ["renewed"]))
            with self.database.cursor() as cr:
                self._record(self._env(cr), "given")

    def test_two_withdrawals_at_once(self):
        self.assertEqual(self._race(["withdrawn", "withdrawn"]), ["withdrawn"])
        self.assertEqual(self._ledger(), ("withdrawn", ["given", "withdrawn"]))

    def test_two_consents_at_once(self):
        self.assertEqual(self._race(["given", "given"]), [])
        self.assertEqual(self._ledger(), ("given", ["given"] * 3))
