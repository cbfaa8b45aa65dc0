import base64
from pathlib import Path

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..disclosure.test_release import PDF, DisclosureCommon


class EvidenceCommon(DisclosureCommon):
    """A consent and a release with their signed papers, and an entry of the register."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consent = cls._consent(
            cls.client_a, purpose="messenger", attachment=PDF, date=cls.today
        )
        cls.release = cls._release(attachment=PDF)
        cls.entry = cls.register.create(
            {
                "client_id": cls.client_a.id,
                "recipient_name": "Jobcenter Aheim",
                "kind_ids": [Command.set(cls.housing.ids)],
                "release_id": cls.release.id,
            }
        )
        cls.env.flush_all()

    @classmethod
    def _document(cls, record):
        return cls.env["ir.attachment"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("res_field", "=", "attachment"),
            ]
        )

    def _refused(self, query, *args):
        with (
            self.assertRaises(psycopg2.IntegrityError, msg=query),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(flush=False),
        ):
            self.cr.execute(SQL(query, *args))

    def _tampered(self, record):
        """Write another content into the file of a paper, as somebody on the server could."""
        document = self._document(record)
        path = Path(document._full_path(document.store_fname))
        former = path.read_bytes()
        self.addCleanup(lambda: (path.chmod(0o644), path.write_bytes(former)))
        path.chmod(0o644)
        path.write_bytes(b"%PDF-1.4 forged")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestEvidencePapers(EvidenceCommon):
    """Papers and kinds beside the frozen rows are as frozen, down to SQL and to the disk."""

    def test_row_of_the_document(self):
        for record in (self.consent, self.release):
            document = self._document(record).id
            for change in (
                "store_fname = 'aa/other'",
                "checksum = 'x'",
                "db_datas = 'x'",
                "id = 999999",
                "res_id = 1",
                "res_model = 'res.partner'",
                "res_field = NULL",
            ):
                self._refused(f"UPDATE ir_attachment SET {change} WHERE id = %s", document)
            self._refused("DELETE FROM ir_attachment WHERE id = %s", document)
            self._refused(
                "INSERT INTO ir_attachment (name, type, res_model, res_id, res_field) "
                "VALUES ('x', 'binary', %s, %s, 'attachment')",
                record._name,
                record.id,
            )
        self._refused("TRUNCATE ir_attachment CASCADE")
        self.cr.execute(SQL("UPDATE ir_attachment SET description = 'x' WHERE id = %s", document))

    def test_other_documents_stay_free(self):
        document = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        document.raw = b"y"
        document.unlink()

    def test_kinds_of_a_paper(self):
        """Widening the table of the kinds would let more pass than was signed for."""
        for record, row in (
            (self.release, "integration_release_id"),
            (self.entry, "integration_disclosure_id"),
        ):
            field = record._fields["kind_ids"]
            self.assertEqual(field.column1, row)
            names = [SQL.identifier(n) for n in (field.relation, field.column1, field.column2)]
            insert = "INSERT INTO %s (%s, %s) VALUES (%s, %s)"
            self._refused(insert, *names, record.id, self.finance.id)
            self._refused("DELETE FROM %s WHERE %s = %s", *names[:2], record.id)
            self._refused("UPDATE %s SET %s = %s", names[0], names[2], self.finance.id)

    def test_code_in_the_evidence(self):
        for change in ("code = 'finance2'", "special = true", "id = 999999"):
            self._refused(
                f"UPDATE integration_information_kind SET {change} WHERE id = %s", self.housing.id
            )
        self._refused("DELETE FROM integration_information_kind WHERE id = %s", self.housing.id)
        for vals in ({"code": "other"}, {"special": True}):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.housing.write(vals)
        unused = self.housing.create({"name": "New", "code": "new_one"})
        unused.write({"code": "newer", "special": True})
        self.env.flush_all()
        unused.unlink()

    def test_forged_file_is_told_and_not_handed_out(self):
        self.assertFalse(self.release.is_paper_broken)
        self._tampered(self.release)
        self.assertTrue(self.release.is_paper_broken)
        with self.assertRaisesRegex(UserError, self.release.attachment_hash):
            self.release._ensure_paper_intact()

    def test_retention_takes_the_papers_along(self):
        documents = self._document(self.consent) | self._document(self.release)
        for model in ("integration.disclosure", "integration.release", "integration.consent"):
            self.env[model]._erase_ledger(self.client_a)
        self.assertFalse(documents.exists())
        self.assertFalse((self.consent | self.client_a.consent_ids).exists())
        self.assertFalse(self.entry.exists() or self.release.exists())

    def test_guards_survive_an_update(self):
        names = ["integration.release", "integration.information.kind", "integration.disclosure"]
        self.env.registry.init_models(self.cr, names, {"module": "test"}, install=False)
        self._refused("DELETE FROM ir_attachment WHERE id = %s", self._document(self.release).id)
        self._refused(
            "UPDATE integration_information_kind SET code = 'x' WHERE id = %s", self.housing.id
        )


@tagged("post_install", "-at_install")
class TestEvidencePapersHttp(EvidenceCommon, HttpCase):
    """The same where a paper is fetched."""

    def test_reprint(self):
        self.authenticate(self.worker_a.login, self.worker_a.login)
        urls = [
            f"/web/content/{record._name}/{record.id}/attachment"
            for record in (self.release, self.consent)
        ]
        urls += [f"/web/content/{self._document(self.release).id}"]
        for url in urls:
            answer = self.url_open(url)
            self.assertEqual((answer.status_code, answer.content), (200, base64.b64decode(PDF)))
        self._tampered(self.release)  # the same bytes, so the same file on the disk
        for url in urls:
            with mute_logger("odoo.http"):
                answer = self.url_open(url)
            self.assertEqual(answer.status_code, 409)
            self.assertNotIn(b"forged", answer.content)
            self.assertIn("SHA-256", answer.text)
