import re
import subprocess

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import MODULE
from ..consent.test_consent_papers import OF_THE_NOTICE, SPOKEN, glyphs, lost_words
from ..product.thirds import due_languages
from .agreement_common import AgreementCommon

REPORT = f"{MODULE}.integration_agreement_report"


@tagged("post_install", "-at_install")
class TestAgreementPaper(AgreementCommon):
    """German and the client's language side by side, with a mark where something is missing."""

    def _html(self, sheet):
        return self.mine["ir.actions.report"]._render_qweb_html(REPORT, sheet.ids)[0].decode()

    def test_side_by_side(self):
        self._agree()
        page = self._html(self._sheet({"0": "أجتاز امتحان B1."}))
        for text in ("Unser Integrationsplan", "Zum Kurs anmelden", "أجتاز امتحان B1.", "اللغة"):
            self.assertIn(text, page)
        self.assertIn('dir="rtl"', page)
        # What has no translation says so, twice
        self.assertEqual(page.count("لم يُترجم بعد"), 2)

    def test_draft_words_are_marked_until_they_are_reviewed(self):
        self._agree()
        self.assertIn("Entwurf – noch nicht geprüft", self._html(self._sheet()))
        self.env["integration.paper.text"].search([]).reviewed = True
        self.assertNotIn("Entwurf – noch nicht geprüft", self._html(self._sheet()))
        # Of the papers' other wordings none makes a draft of this one
        self.env["integration.paper.text"].search([("code", "=like", "slip.%")]).reviewed = False
        self.assertNotIn("Entwurf – noch nicht geprüft", self._html(self._sheet()))

    def test_german_alone(self):
        self._agree()
        self.client.language_ids = self.languages["de"]
        page = self._html(self._sheet())
        self.assertNotIn('lang="ar"', page)
        self.assertNotIn("Noch nicht übersetzt", page)

    def test_read_out_stands_on_the_sheet(self):
        self._agree()
        self._make(interpreter="Frau Beispiel").action_read_out()
        page = self._html(self.plan.sheet_ids)
        self.assertIn("Vorgelesen und mündlich übersetzt", page)
        self.assertIn("Frau Beispiel", page)


@tagged("post_install", "-at_install")
class TestFixedWords(AgreementCommon):
    """Every fixed word of every paper in every language that clients speak."""

    def test_complete(self):
        texts = self.env["integration.paper.text"]
        german = self.env.ref(f"{MODULE}.language_de")
        codes = set(texts.search([("language_id", "=", german.id)]).mapped("code"))
        codes -= set(OF_THE_NOTICE)
        areas = self.env["integration.area"].search([("company_id", "=", False)])
        self.assertLessEqual({f"area.{code}" for code in areas.mapped("code")}, codes)
        for code in SPOKEN:
            language = self.env.ref(f"{MODULE}.language_{code}")
            rows = texts.search([("language_id", "=", language.id)])
            with self.subTest(code):
                self.assertEqual(codes - set(rows.mapped("code")), set())
                # Nothing is German by oversight: what is equal is a word of both languages
                wordings = {row.code: row.text for row in rows}
                for key, text in texts._wordings(german).items():
                    if len(text) > 25 and key in codes:
                        self.assertNotEqual(wordings[key], text, key)

    def test_nothing_shipped_is_called_reviewed(self):
        rows = self.env["integration.paper.text"].search([])
        self.assertFalse(any(rows.mapped("reviewed")))
        notices = self.env["integration.consent.notice"].search([("company_id", "=", False)])
        self.assertEqual(set(notices.mapped("state")), {"draft"})

    def test_a_notice_in_every_language(self):
        notices = self.env["integration.consent.notice"].search([("company_id", "=", False)])
        found = {notice.language_id.code: notice for notice in notices}
        self.assertLessEqual({"de", *SPOKEN}, set(found))
        purposes = found["de"].line_ids.mapped("purpose")
        for notice in found.values():
            self.assertEqual(notice.line_ids.mapped("purpose"), purposes, notice.display_name)


@tagged("post_install", "-at_install")
class TestAgreementPdf(AgreementCommon, HttpCase):
    """The printed page, read back from the PDF: no box, no lost word, in each language."""

    def _pdf(self, sheet):
        reports = self.mine["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            return reports._render_qweb_pdf(REPORT, sheet.ids)[0]

    def _read(self, pdf, *options):
        command = ["pdftotext", *options, "-", "-"]
        return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()

    def test_fixed_words_of_all_papers_in_every_language(self):
        """One page per language with all its wordings, so that each sign is drawn."""
        self._agree()
        texts = self.env["integration.paper.text"]
        for code in due_languages("agreement", *SPOKEN):
            language = self.env.ref(f"{MODULE}.language_{code}")
            wordings = texts._wordings(language)
            everything = " \n".join(wordings.values())
            sheet = self._sheet({"0": everything}, language_id=language.id)
            pdf = self._pdf(sheet)
            text = self._read(pdf)
            with self.subTest(code):
                self.assertNotIn("\ufffd", text)
                self.assertFalse(lost_words(language, text, everything))
                self.assertNotIn(0, glyphs(pdf), "a sign is drawn as a box")

    def test_fonts_are_embedded(self):
        self._agree()
        for code, family in (("ar", "Arabic"), ("ti", "Ethiopic"), ("ps", "Arabic")):
            sheet = self._sheet(language_id=self.env.ref(f"{MODULE}.language_{code}").id)
            fonts = re.findall(rb"/BaseFont\s*/([\w+-]+)", self._pdf(sheet))
            self.assertTrue([name for name in fonts if family.encode() in name], (code, fonts))

    def test_usual_plan_stands_on_one_page(self):
        vals = {
            "area_id": self.area.id,
            "name": "Ich finde eine Wohnung für unsere Familie in der Nähe der Schule.",
            "date_target": self.today,
            "step_ids": [
                Command.create(
                    {
                        "name": "Unterlagen zusammenstellen und Antrag beim Amt abgeben",
                        "date_due": self.today,
                    }
                )
                for _number in range(4)
            ],
        }
        self.plan.line_ids = [Command.create(vals) for _number in range(3)]
        self._agree()
        for code in ("ar", "ti", "ru"):
            sheet = self._sheet(language_id=self.env.ref(f"{MODULE}.language_{code}").id)
            pages = re.findall(rb"/Type\s*/Page\b", self._pdf(sheet))
            self.assertEqual(len(pages), 1, code)
