import io
from datetime import timedelta

from PIL import Image

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.papers import paper_file
from .papers_common import HTML, PDF, SVG, PapersCommon, b64, packed, picture


@tagged("post_install", "-at_install")
class TestDocuments(PapersCommon):
    """That a paper was seen is enough as a rule; a copy says what it is for and when it goes."""

    def test_seen_is_one_click(self):
        form = Form(self.Document.with_context(default_case_id=self.case.id))
        form.kind_id = self._kind("passport")
        paper = form.save()
        self.assertRecordValues(
            paper,
            [
                {
                    "client_id": self.client_a.id,
                    "date_seen": self.today,
                    "state": "seen",
                    "file_name": False,
                    "date_delete": False,
                }
            ],
        )
        self.assertEqual(self.case.document_count, 1)

    def test_copy_without_purpose_or_day_is_refused(self):
        for name in ("purpose", "date_delete"):
            with self._refusing("what it is for"):
                self._copied(**{name: False})
        with self._refusing("what it is for"):
            self._copied(purpose="  ")
        paper = self._copied()
        for name in ("purpose", "date_delete"):
            with self._refusing("what it is for"):
                paper.write({name: False})
        seen = self._seen()
        with self._refusing("what it is for"):
            seen.write({"file": b64(PDF)})

    def test_day_of_deletion_lies_ahead(self):
        with self._refusing("lies ahead"):
            self._copied(date_delete=self.today)
        paper = self._copied()
        with self._refusing("lies ahead"):
            paper.date_delete = self.today - timedelta(days=1)
        with self._refusing("future"):
            self._seen(date_seen=self.today + timedelta(days=1))

    def test_day_of_deletion_is_proposed_by_the_kind(self):
        form = Form(self.Document.with_context(default_case_id=self.case.id))
        form.kind_id = self._kind("payslip")
        self.assertFalse(form.date_delete)
        form.file = b64(PDF)
        self.assertEqual(form.date_delete, self.today + timedelta(days=90))

    def test_what_is_kept_of_a_file(self):
        for content, suffix, file_format in (
            (PDF, "pdf", "pdf"),
            (picture(), "jpg", "picture"),
            (picture(file_format="PNG"), "jpg", "picture"),
            (packed(word__document_DOT_xml="x"), "docx", "office"),
            (packed(xl__workbook_DOT_xml="x"), "xlsx", "office"),
            (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt", "office"),
        ):
            paper = self._copied(content)
            with self.subTest(suffix):
                self.assertEqual(paper.file_format, file_format)
                self.assertRegex(paper.file_name, rf"^[0-9a-f]{{12}}\.{suffix}$")

    def test_what_could_run_is_refused(self):
        for content, words in (
            (HTML, "not kept"),
            (SVG, "not kept"),
            (b"<?xml version='1.0'?><x/>", "not kept"),
            (b"alert(1)", "not kept"),
            (b"MZ\x90\x00", "not kept"),
            (b"\xd0\xcf\x11\xe0 old office", "not kept"),
            (packed(index_DOT_html=HTML), "not kept"),
            (packed(mimetype="text/html"), "not kept"),
            (packed(word__document_DOT_xml="x", word__vbaProject_DOT_bin="x"), "macro"),
            (b"\xff\xd8\xff" + HTML, "cannot be read"),
            (b"PK\x03\x04 broken", "not kept"),
        ):
            with self.subTest(content[:20]):
                with self._refusing(words, ValidationError):
                    self._copied(content)
                seen = self._seen()
                with self._refusing(words, ValidationError):
                    seen.write({**self._copy_vals(content), "case_id": self.case.id})
        with self._refusing("cannot be read", ValidationError):
            self.Document.create(dict(self._copy_vals(), file="no base64!"))

    def test_size_is_told(self):
        with self._refusing("at most 10 MB", ValidationError):
            self._copied(b"%PDF-" + b"0" * paper_file.MAX_BYTES)

    def test_a_photograph_keeps_neither_place_nor_script(self):
        exif = Image.Exif()
        exif[0x010E] = "<script>alert(1)</script>"
        exif[0x0112] = 6  # lies on its side
        photo = picture((4000, 3000), exif=exif, comment=b"<script>")
        self.assertIn(b"<script>", photo)
        paper = self._copied(photo)
        content = self._content(paper)
        self.assertNotIn(b"script", content)
        with Image.open(io.BytesIO(content)) as stored:
            self.assertEqual(stored.size, (1440, 1920), "upright, and no larger than is needed")
            self.assertFalse(stored.getexif())

    def _content(self, paper):
        # sudo: only to look at what is stored
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", paper._name),
                    ("res_id", "=", paper.id),
                    ("res_field", "=", "file"),
                ]
            )
            .raw
        )

    def test_no_way_around_the_field(self):
        """A copy comes by the field that checks it, whatever is sent beside it."""
        for vals in (
            {"file_name": "name.pdf"},
            {"file_format": "pdf"},
            {"date_deleted": self.today},
            {"state": "copy"},
        ):
            with self._refusing("by hand"):
                self._seen(**vals)
            paper = self._seen()
            with self._refusing("by hand"):
                paper.write(vals)
        paper = self.Document.with_context(default_file=b64(HTML)).create(
            {"case_id": self.case.id, "kind_id": self._kind("other").id}
        )
        self.assertFalse(paper.file)
        attachments = self.case.env["ir.attachment"]
        for vals in ({}, {"res_field": "file"}):
            records = [self._seen()] if vals else [self._seen(), self._write()]
            for record in records:
                with self.subTest(f"{record._name} {vals}"), self._refusing("attached"):
                    attachments.create(
                        {
                            "name": "Scan",
                            "raw": HTML,
                            "res_model": record._name,
                            "res_id": record.id,
                            **vals,
                        }
                    )
        loose = attachments.create({"name": "Scan", "raw": HTML})
        with self._refusing("attached"):
            loose.write({"res_model": paper._name, "res_id": paper.id})

    def test_nothing_is_attached_to_the_case_itself(self):
        """By no request: there it would have neither a purpose nor an end."""
        at_case = {"res_model": self.case._name, "res_id": self.case.id}
        attachments = self.case.env["ir.attachment"]
        loose = attachments.create({"name": "Scan", "raw": b"x"})
        for number, function in enumerate(
            (
                lambda: attachments.create({"name": "Scan", "raw": b"x", **at_case}),
                lambda: attachments.sudo().create({"name": "Scan", "raw": b"x", **at_case}),
                lambda: loose.write(at_case),
                lambda: loose.copy(at_case),
            )
        ):
            with self.subTest(number), self._refusing("among the papers"):
                function()
        self.assertTrue(self._copied())

    def test_nor_to_any_other_record_of_the_file(self):
        env = self.case.env
        values = {"case_id": self.case.id, "body": "Words"}
        for record in (
            env["integration.note"].create(values),
            self.client_a,
            self._household(self.client_a),
            self._talk(self.case),
        ):
            place = {"res_model": record._name, "res_id": record.id}
            loose = env["ir.attachment"].create({"name": "Scan", "raw": b"x"})
            for function in (
                lambda p=place: env["ir.attachment"].create({"name": "Scan", "raw": b"x", **p}),
                lambda p=place, one=loose: one.write(p),
            ):
                with self.subTest(record._name), self._refusing("among the papers"):
                    function()

    def test_one_copy_at_a_time(self):
        paper = self._copied()
        with self._refusing("already"):
            paper.file = b64(picture())
        paper.file = False
        self.assertEqual(paper.state, "deleted")
        self.assertEqual(paper.date_deleted, self.today)

    def test_health_needs_that_consent(self):
        self._seen("medical")
        self._consent(self.client_a, "withdrawn", purpose="health")
        with self._refusing("health"):
            self._seen("disability")
        paper = self._seen()
        with self._refusing("health"):
            paper.kind_id = self._kind("medical")

    def test_a_relative_has_papers_in_the_case(self):
        relative, stranger = self._client(self.worker_a), self._client(self.worker_a)
        self.case._accompany(relative)
        self.assertEqual(self._seen(client_id=relative.id).client_id, relative)
        with self._refusing("client of the case", ValidationError):
            self._seen(client_id=stranger.id)

    def test_found_by_kind_and_person(self):
        relative = self._client(self.worker_a, "Somebody Else")
        self.case._accompany(relative)
        own, hers = self._seen("passport"), self._seen("passport", client_id=relative.id)
        tenancy = self._seen()
        found = self.Document.search([("kind_id", "=", "Passport or travel document")])
        self.assertEqual(found & (own | hers | tenancy), own | hers)
        self.assertEqual(self.Document.search(relative.action_open_documents()["domain"]), hers)
        listed = self.Document.search(self.case.action_open_documents()["domain"])
        self.assertEqual(listed, own | hers | tenancy)

    def test_no_word_in_the_display_name(self):
        paper = self._seen("disability")
        self.assertIn(self.client_a.file_number, paper.display_name)
        self.assertNotIn("disab", paper.display_name)

    def test_a_paper_noted_by_mistake_is_deleted(self):
        paper = self._copied()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", paper._name), ("res_id", "=", paper.id), ("res_field", "=", "file")]
        )
        paper.unlink()
        self.assertFalse(attachment.exists())

    def test_closed_case(self):
        self.case.action_close()
        self.case._as_system().write({"state": "closed", "date_end": self.today})
        with self.assertRaises(UserError):
            self._seen()
