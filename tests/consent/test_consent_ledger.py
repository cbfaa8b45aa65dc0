import base64
from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import IntegrationCommon

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()
# Written after the row itself, or of no weight as evidence
BOOKKEEPING = {"id", "write_date", "write_uid", "create_uid", "create_date"}


@tagged("post_install", "-at_install")
class TestLedger(IntegrationCommon):
    """What was recorded as evidence stays, no matter who tries and by what means."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, consent=False)
        cls.consent = cls._consent(cls.client_a, attachment=PNG, attachment_name="Nadja.png")
        cls.env.flush_all()

    def _refused(self, query):
        with (
            self.assertRaises(psycopg2.IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(flush=False),
        ):
            self.cr.execute(query)

    def test_write_unlink_and_copy_are_refused_to_everybody(self):
        admin = self.env.ref("base.user_admin")
        for env in (self.consent.env, self.env, self.env(user=admin, su=False)):
            consent = self.consent.with_env(env)
            for attempt in (
                lambda c: c.write({"decision": "refused"}),
                lambda c: c.unlink(),
                lambda c: c.copy(),
                lambda c: setattr(c, "date", fields.Date.today()),
                lambda c: c.load(["id", "decision"], [[str(c.id), "refused"]]),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    messages = attempt(consent)
                    # Imports collect errors instead of raising them.
                    if isinstance(messages, dict) and messages["messages"]:
                        raise UserError(messages["messages"])
        self.assertEqual(self.consent.decision, "given")

    def test_sql_is_refused(self):
        table = SQL.identifier("integration_consent")
        for column in self.env["integration.consent"]._ledger_columns:
            self._refused(SQL("UPDATE %s SET %s = NULL", table, SQL.identifier(column)))
        self._refused(SQL("DELETE FROM %s WHERE id = %s", table, self.consent.id))
        self._refused(SQL("DELETE FROM integration_client WHERE id = %s", self.client_a.id))
        self._refused(SQL("UPDATE %s SET id = 999999 WHERE id = %s", table, self.consent.id))

    def test_no_table_of_evidence_is_emptied(self):
        for name in self.env.registry.descendants(["integration.evidence"], "_inherit"):
            model = self.env[name]
            if not model._abstract:
                self._refused(SQL("TRUNCATE %s CASCADE", SQL.identifier(model._table)))
        for name in ("integration.release", "integration.disclosure"):
            table = SQL.identifier(self.env[name]._fields["kind_ids"].relation)
            self._refused(SQL("TRUNCATE %s", table))

    def test_every_column_is_guarded(self):
        for name in self.env.registry.descendants(["integration.evidence"], "_inherit"):
            model = self.env[name]
            if model._abstract:
                continue
            columns = {f.name for f in model._fields.values() if f.column_type and f.store}
            if name == "integration.information.kind":
                columns = {"code", "special"}  # master data: the rest may be worded anew
            guarded = {*model._ledger_columns, *model._ledger_once_columns} - {"create_date"}
            self.assertEqual(columns - BOOKKEEPING, guarded, name)

    def test_user_named_in_the_ledger_is_kept(self):
        self._refused(SQL("DELETE FROM res_users WHERE id = %s", self.worker_a.id))

    def test_update_of_the_module_with_a_new_column(self):
        self.cr.execute(SQL("ALTER TABLE integration_consent ADD COLUMN x_new varchar DEFAULT ''"))
        self.cr.execute(SQL("UPDATE integration_consent SET x_new = 'filled'"))
        self.env.registry.init_models(
            self.cr, ["integration.consent"], {"module": "test"}, install=False
        )
        self.cr.execute(SQL("UPDATE integration_consent SET x_new = 'filled again'"))
        self._refused(SQL("UPDATE integration_consent SET decision = 'refused'"))

    def test_table_can_be_removed(self):
        self.cr.execute(SQL("ALTER TABLE integration_consent DROP COLUMN decision CASCADE"))
        self.env["integration.consent"]._drop_guard()
        self.cr.execute(SQL("DROP TABLE integration_consent CASCADE"))
        self.cr.execute(
            SQL(
                "SELECT 1 FROM pg_proc WHERE proname IN "
                "('integration_consent_guard', 'integration_consent_erase')"
            )
        )
        self.assertFalse(self.cr.fetchall(), "nothing is left behind")

    def test_retention_deletes_one_whole_ledger(self):
        other = self._client(self.worker_a)
        self.env["integration.consent"]._erase_ledger(self.client_a)
        self.assertFalse(self.consent.exists())
        self.assertTrue(other.consent_ids)
        self._refused(SQL("DELETE FROM integration_consent WHERE client_id = %s", other.id))

    def test_two_events_of_the_same_second(self):
        self.client_a.env["integration.consent"].create(
            [
                {"client_id": self.client_a.id, "decision": decision, "reason": "Changed her mind"}
                for decision in ("withdrawn", "given", "withdrawn")
            ]
        )
        self.assertEqual(self.client_a.consent_state, "withdrawn", "the later entered one holds")


@tagged("post_install", "-at_install")
class TestSignedPaper(IntegrationCommon):
    """The scan of what was signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, consent=False)

    def _paper(self, content):
        return self._consent(self.client_a, attachment=base64.b64encode(content).decode())

    def test_kept_with_hash_and_neutral_name(self):
        consent = self._consent(self.client_a, attachment=PNG, attachment_name="Nadja Erfunden.png")
        self.assertEqual(len(consent.attachment_hash), 64)
        self.assertTrue(consent._paper_is_intact())
        self.assertRegex(consent.attachment_name, r"^[0-9a-f]{12}\.png$")
        forged = self._consent(self.client_a, "renewed", attachment_hash="0" * 64)
        self.assertFalse(forged.attachment_hash)

    def test_stored_file_cannot_be_exchanged(self):
        consent = self._consent(self.client_a, attachment=PNG)
        stored = self.env["ir.attachment"].search(
            [
                ("res_model", "=", consent._name),
                ("res_id", "=", consent.id),
                ("res_field", "=", "attachment"),
            ]
        )
        self.assertTrue(stored)
        for attempt in (
            lambda: stored.unlink(),
            lambda: stored.write({"raw": b"%PDF-other"}),
            lambda: stored.write({"res_id": False}),
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_too_large_or_no_paper(self):
        for megabytes in (11, 50):
            with self.assertRaisesRegex(ValidationError, "10 MB"):
                self._paper(b"%PDF-" + b"0" * (megabytes * 1024 * 1024))
        with self.assertRaises(ValidationError):
            self._paper(b"MZ no picture")
        with self.assertRaises(ValidationError):
            self._consent(self.client_a, attachment="no base64 at all!")

    def test_bad_input(self):
        with self.assertRaises(ValidationError):
            self._consent(self.client_a, "withdrawn")
        with self.assertRaises(ValidationError):
            self._consent(self.client_a, date=self.today + timedelta(days=1))

    def test_withdrawal_dated_before_the_consent(self):
        """It would stand first in the ledger and end nothing, unnoticed."""
        self._consent(self.client_a, date=self.today)
        for decision in ("withdrawn", "renewed", "expired"):
            with (
                self.assertRaisesRegex(ValidationError, self.client_a.file_number),
                self.cr.savepoint(),
            ):
                self._consent(self.client_a, decision, date=self.today - timedelta(days=1))
        self._consent(self.client_a, "withdrawn")
        self.assertEqual(self.client_a.consent_state, "withdrawn")
