from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .papers_common import HTML, PDF, SVG, PapersCommon, packed, picture

SILENT = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
# What a browser shows; none of it runs in the page's name
SHOWN = ("application/pdf", "image/jpeg", "image/png")


@tagged("post_install", "-at_install")
class TestDocumentsServed(PapersCommon, HttpCase):
    """What lies in a file is handed out to its readers, and never so that it could run."""

    def _get(self, url):
        with mute_logger(*SILENT):
            return self.url_open(url)

    def _urls(self, record, field):
        yield f"/web/content/{record._name}/{record.id}/{field}"
        yield f"/web/content?model={record._name}&id={record.id}&field={field}&mimetype=text/html"
        yield f"/web/content/{record._name}/{record.id}/{field}/page.html?mimetype=image/svg%2Bxml"
        yield f"/web/content/{record._name}/{record.id}/{field}?download=true&filename=a.html"
        yield f"/web/image/{record._name}/{record.id}/{field}?mimetype=text/html"

    def _assert_harmless(self, answer, url):
        kind = answer.headers["Content-Type"].split(";")[0]
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff", url)
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"], url)
        if kind not in SHOWN:
            self.assertEqual(kind, "application/octet-stream", url)
            self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"), url)

    def test_never_so_that_it_could_run(self):
        self.authenticate(self.worker_a.login, self.worker_a.login)
        for content in (PDF, picture(), packed(word__document_DOT_xml="x")):
            paper = self._copied(content)
            self.env.flush_all()
            for url in self._urls(paper, "file"):
                answer = self._get(url)
                if answer.status_code == 200:
                    self._assert_harmless(answer, url)

    def test_nor_what_was_attached_to_the_case(self):
        """Whatever its name and kind say: also what an administrator has put there."""
        self.authenticate(self.worker_a.login, self.worker_a.login)
        for content, kind in ((HTML, "text/html"), (SVG, "image/svg+xml"), (b"x", "text/xml")):
            attachment = self.env["ir.attachment"].create(
                {
                    "name": "page.html",
                    "raw": content,
                    "mimetype": kind,
                    "res_model": self.case._name,
                    "res_id": self.case.id,
                }
            )
            self.env.flush_all()
            for url in (f"/web/content/{attachment.id}", *self._urls(attachment, "raw")):
                answer = self._get(url)
                if answer.status_code == 200:
                    self._assert_harmless(answer, url)

    def test_shown_in_the_browser(self):
        """A scan is read without a copy on the device."""
        self.authenticate(self.worker_a.login, self.worker_a.login)
        paper = self._copied()
        answer = self._get(f"/web/content/{paper._name}/{paper.id}/file?filename_field=file_name")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("inline"))
        self.assertIn(paper.file_name, answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.content, PDF)

    def test_by_each_role(self):
        paper = self._copied()
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", paper._name), ("res_id", "=", paper.id), ("res_field", "=", "file")]
        )
        self.assertEqual(len(stored), 1)
        self.env.flush_all()
        users = (
            self.colleague_a, self.lead_a, self.dpo_a, self.admin_a, self.reporting_a,
            self.worker_b, self.lead_b, self.county_user, self.employee, self.portal, None,
        )  # fmt: skip
        for user in users:
            self.authenticate(user and user.login, user and user.login)
            for url in (f"/web/content/{stored.id}", *self._urls(paper, "file")):
                answer = self._get(url)
                with self.subTest(f"{user and user.login} {url}"):
                    self.assertNotIn(PDF, answer.content)
