import subprocess

from odoo.tests import HttpCase, tagged

from ..common import MODULE
from ..consent.test_consent_papers import glyphs
from .papers_common import PapersCommon


@tagged("post_install", "-at_install")
class TestLettersPdf(PapersCommon, HttpCase):
    """The printed page, read back from the PDF."""

    def _pdf(self, letter):
        reports = self.case.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            report = f"{MODULE}.integration_letter_report"
            return reports._render_qweb_pdf(report, letter.ids)[0]

    def _invitation(self, code):
        self.client_a.language_ids = self.env.ref(f"{MODULE}.language_{code}")
        letter = self._write("invitation", date_appointment="2026-12-24", time_appointment=14.5)
        letter.action_finish()
        self.env.flush_all()
        return letter

    def test_no_sign_is_lost(self):
        for code in ("ar", "en"):
            pdf = self._pdf(self._invitation(code))
            text = self._text(pdf)
            with self.subTest(code):
                self.assertNotIn(0, glyphs(pdf), "a sign is drawn as a box")
                self.assertNotIn("Entwurf – nicht abgeschickt", text)
                for words in (self.client_a.file_number, "Einladung zu einem Termin", "14:30"):
                    self.assertIn(words, text)

    def test_one_page(self):
        pdf = self._pdf(self._invitation("ar"))
        info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
        self.assertRegex(info.stdout.decode(), r"Pages:\s+1\n")

    def _text(self, pdf):
        read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
        return read.stdout.decode()
