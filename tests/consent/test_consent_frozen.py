import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..common import MODULE
from ..disclosure.test_release import PDF, DisclosureCommon
from .test_consent_notice import NoticeCommon


class FrozenCommon(NoticeCommon, DisclosureCommon):
    """A published notice, a draft beside it, a signed release and one that is not signed yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls._published()
        cls.draft = cls.notice.browse(cls.notice.action_new_version()["res_id"])
        cls.signed, cls.unsigned = cls._release(), cls._release(signed=False)
        cls.env.flush_all()

    def _refused(self, query, *args, **kwargs):
        with (
            self.assertRaises(psycopg2.IntegrityError, msg=query),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(flush=False),
        ):
            self.cr.execute(SQL(query, *args, **kwargs))


@tagged("post_install", "-at_install")
class TestFrozen(FrozenCommon):
    """What was published or signed stays, in the database itself."""

    def test_published_notice_in_sql(self):
        table = SQL.identifier("integration_consent_notice")
        for column in self.notice._ledger_columns:
            self._refused(
                "UPDATE %s SET %s = %s WHERE id = %s",
                table,
                SQL.identifier(column),
                SQL.identifier(column),
                self.notice.id,
            )
        self._refused("DELETE FROM %s WHERE id = %s", table, self.notice.id)
        self.cr.execute(SQL("UPDATE %s SET intro = 'Other' WHERE id = %s", table, self.draft.id))

    def test_purposes_of_a_published_notice_in_sql(self):
        table, line = SQL.identifier("integration_consent_notice_line"), self.notice.line_ids[0]
        for column in line._ledger_columns:
            self._refused(
                "UPDATE %s SET %s = %s WHERE id = %s",
                table,
                SQL.identifier(column),
                SQL.identifier(column),
                line.id,
            )
        self._refused("DELETE FROM %s WHERE id = %s", table, line.id)
        other = self.draft.line_ids[0]
        self._refused("UPDATE %s SET notice_id = %s WHERE id = %s", table, self.notice.id, other.id)
        self._refused(
            "INSERT INTO %s (notice_id, purpose, name, text) VALUES (%s, 'file', 'x', 'x')",
            table,
            self.notice.id,
        )
        self.cr.execute(SQL("UPDATE %s SET text = 'Other' WHERE id = %s", table, other.id))
        self.cr.execute(SQL("DELETE FROM %s WHERE id = %s", table, other.id))

    def test_signed_release_in_sql(self):
        table = SQL.identifier("integration_release")
        for column in self.signed._ledger_columns:
            self._refused(
                "UPDATE %s SET %s = %s WHERE id = %s",
                table,
                SQL.identifier(column),
                SQL.identifier(column),
                self.signed.id,
            )
        self._refused("DELETE FROM %s WHERE id = %s", table, self.signed.id)
        self.cr.execute(
            SQL("UPDATE %s SET recipient_name = 'Other' WHERE id = %s", table, self.unsigned.id)
        )
        self.cr.execute(SQL("DELETE FROM %s WHERE id = %s", table, self.unsigned.id))

    def test_withdrawal_and_paper_come_later_and_once(self):
        self.signed.attachment = PDF
        self.signed.action_withdraw()
        self.env.flush_all()
        table = SQL.identifier("integration_release")
        for column in self.signed._ledger_once_columns:
            self._refused(
                "UPDATE %s SET %s = NULL WHERE id = %s",
                table,
                SQL.identifier(column),
                self.signed.id,
            )

    def test_kinds_are_kept_beside_the_table_of_kinds(self):
        self.assertEqual(self.signed.kind_codes, "housing")
        self.unsigned.write(
            {"kind_ids": [Command.link(self.finance.id)], "date_signed": self.today}
        )
        self.env.flush_all()
        self.assertEqual(self.unsigned.kind_codes, "finance, housing")
        by_default = self.releases.with_context(default_kind_ids=self.finance.ids).create(
            {
                "client_id": self.client_a.id,
                "recipient_name": "Landlord",
                "purpose": "Flat",
                "valid_until": self.today,
            }
        )
        self.assertEqual(by_default.kind_codes, "finance")
        entry = self.register.with_context(default_kind_ids=self.finance.ids).create(
            {"client_id": self.client_a.id, "recipient_name": "Landlord", "basis": "present"}
        )
        self.assertEqual(entry.kind_codes, "finance")
        with self.assertRaises(UserError):
            by_default.kind_codes = "housing"

    def test_unlink_by_anybody(self):
        admin = self.env.ref("base.user_admin")
        for record in (self.notice, self.signed, self.notice.line_ids[0]):
            for env in (self.env, self.env(user=admin, su=False), self.env(user=admin, su=True)):
                with self.assertRaises(UserError), self.cr.savepoint():
                    record.with_env(env).unlink()

    def test_update_of_the_module_with_a_new_column(self):
        for record in (self.notice, self.notice.line_ids[0], self.signed):
            table = SQL.identifier(record._table)
            self.cr.execute(SQL("ALTER TABLE %s ADD COLUMN x_new varchar DEFAULT ''", table))
            self.cr.execute(SQL("UPDATE %s SET x_new = 'filled'", table))
            self.env.registry.init_models(
                self.cr, [record._name], {"module": "test"}, install=False
            )
            self.cr.execute(SQL("UPDATE %s SET x_new = 'filled again'", table))
            self._refused(
                "UPDATE %s SET %s = %s WHERE id = %s",
                table,
                *[SQL.identifier(record._ledger_columns[0])] * 2,
                record.id,
            )

    def test_update_that_fills_a_new_column(self):
        """A computed column is written into rows that are evidence already, once."""
        entry = self.register.create(
            {
                "client_id": self.client_a.id,
                "recipient_name": "Landlord",
                "basis": "present",
                "kind_ids": self.housing.ids,
            }
        )
        self.env.flush_all()
        table = SQL.identifier(entry._table)
        self.cr.execute(SQL("ALTER TABLE %s DROP COLUMN company_id CASCADE", table))
        self.env.registry.init_models(self.cr, [entry._name], {"module": MODULE}, install=False)
        self.env.flush_all()
        self.cr.execute(SQL("SELECT company_id FROM %s WHERE id = %s", table, entry.id))
        self.assertEqual(self.cr.fetchone(), (self.company_a.id,))
        self._refused("UPDATE %s SET company_id = NULL WHERE id = %s", table, entry.id)

    def test_tables_can_be_removed(self):
        for record in (self.signed, self.notice.line_ids[0], self.notice):
            table = SQL.identifier(record._table)
            record._drop_guard()
            self.cr.execute(SQL("ALTER TABLE %s DROP COLUMN company_id CASCADE", table))
            self.cr.execute(SQL("DROP TABLE %s CASCADE", table))
            self.cr.execute(
                SQL(
                    "SELECT 1 FROM pg_proc WHERE proname = ANY(%s)",
                    [
                        f"{record._table}_{name}"
                        for name in ("guard", "erase", "kinds_guard", "paper_guard")
                    ],
                )
            )
            self.assertFalse(self.cr.fetchall(), "nothing is left behind")

    def test_retention_of_a_whole_file(self):
        self.env["integration.release"]._erase_ledger(self.client_a)
        self.assertFalse(self.signed.exists())
        self.assertTrue(self.notice.exists())


@tagged("post_install", "-at_install")
class TestFrozenForTheAdministrator(FrozenCommon, HttpCase):
    """The administrator with the Settings right, in the interface."""

    def test_write_and_unlink_over_rpc(self):
        admin = self.env.ref("base.user_admin")
        admin.write(
            {
                "company_ids": [Command.link(self.company_a.id)],
                "company_id": self.company_a.id,
                "group_ids": [
                    Command.link(self.env.ref(f"{MODULE}.group_{role}").id)
                    for role in ("admin", "dpo", "caseworker")
                ],
            }
        )
        self.signed.sudo().client_id.access_ids[0].copy({"user_id": admin.id})
        self.authenticate(admin.login, admin.login)
        line = self.notice.line_ids[0]
        consent = self.client_a.consent_ids[0]
        with mute_logger("odoo.http"):
            for record, vals in (
                (self.notice, {"intro": "Other"}),
                (line, {"text": "Other"}),
                (self.signed, {"recipient_name": "Other"}),
                (consent, {"decision": "refused"}),
                (self.notice, {"line_ids": [[1, line.id, {"text": "Other"}]]}),
                (self.notice, {"line_ids": [[2, line.id, 0]]}),
            ):
                for method, args in (
                    ("write", [vals]),
                    ("web_save", [vals, {}]),
                    ("unlink", []),
                    ("web_save_multi", [[vals], {}]),
                ):
                    answer = self.url_open(
                        f"/web/dataset/call_kw/{record._name}/{method}",
                        json={
                            "params": {
                                "model": record._name,
                                "method": method,
                                "args": [record.ids, *args],
                                "kwargs": {},
                            }
                        },
                    ).json()
                    # No role may change or delete consents at all, so no word about this one.
                    expected = "Access" if record == consent else "User"
                    self.assertEqual(
                        answer.get("error", {}).get("data", {}).get("name"),
                        f"odoo.exceptions.{expected}Error",
                        (record, method, answer),
                    )
        self.env.invalidate_all()
        self.assertNotEqual(line.text, "Other")
        self.assertEqual(self.signed.recipient_name, "Jobcenter Aheim")
