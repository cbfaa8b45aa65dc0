import re
import subprocess
import unicodedata
import zlib

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.models.office.municipality_notice import (
    CODES as OF_THE_NOTICE,  # in German and four languages, see tests/office
)

from ..common import MODULE
from ..disclosure.test_release import DisclosureCommon
from ..product.thirds import due_languages

REPORTS = {
    "integration.client": ["integration_consent_form_report", "integration_disclosure_report"],
    "integration.release": ["integration_release_report"],
    "integration.consent.notice": ["integration_consent_notice_report"],
}


# The languages that clients speak: each has all fixed words of all papers
SPOKEN = ("en", "fr", "ar", "fa", "prs", "ps", "tr", "kmr", "uk", "ru", "ti", "so")
# Letters whose joined forms are drawn and bear no sign of their own in a PDF, so that reading it
# back gives nothing or another letter: those of Pashto, and what yeh and peh flow into
JOINED = dict.fromkeys(map(ord, "ټځڅډړږښګڼۍېئيیىپ"))

# Share of the words in which two letters flow into a sign that has no number in Unicode
MOST_GAPS = 0.03


def words(text):
    """Return the words of ``text``, typographic forms and marks of direction undone."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return re.findall(r"\w+", text)


class PapersCommon(DisclosureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.languages = {code: cls.env.ref(f"{MODULE}.language_{code}") for code in ("de", *SPOKEN)}
        cls.release = cls._release(
            kind_ids=[Command.set((cls.housing | cls.health).ids)], special_agreed=True
        )
        cls.register.create(
            {
                "client_id": cls.client_a.id,
                "recipient_name": "Jobcenter Aheim",
                "kind_ids": [Command.set(cls.housing.ids)],
                "release_id": cls.release.id,
            }
        )

    def _render(self, report, records, user=None):
        reports = self._as(user or self.worker_a)["ir.actions.report"]
        return reports._render_qweb_html(f"{MODULE}.{report}", records.ids)[0].decode()

    def _texts(self, code, *prefixes):
        """Return the wordings of a language that a paper must show."""
        rows = self.env["integration.paper.text"]._wordings(self.languages[code])
        return {key: text for key, text in rows.items() if key.startswith(prefixes)}


def lost_words(language, text, expected):
    """Return the words of ``expected`` that are not found in ``text``, as it came from a PDF."""
    found, wanted = words(text), set(words(expected))
    if language.direction == "ltr":
        return wanted - set(found)
    # Drawn letter by letter from the right: the gaps the reader sees are none.
    whole = "".join(found).translate(JOINED)
    lost = {word for word in wanted if word.translate(JOINED) not in whole}
    gaps = {word for word in lost if _has_gap(word.translate(JOINED), whole)}
    return lost - gaps if len(gaps) <= max(2, len(wanted) * MOST_GAPS) else lost


def _has_gap(word, whole):
    """Return whether ``word`` is there but for two letters that flow into one sign."""
    return len(word) > 3 and any(
        word[:at] in whole and word[at + 2 :] in whole for at in range(len(word) - 1)
    )


def glyphs(pdf):
    """Return the numbers of all signs that a PDF draws; 0 is the box of a sign no font has."""
    numbers = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        for text in re.findall(rb"<([0-9a-fA-F]+)> *T[jJ]", drawn):
            numbers += [int(text[at : at + 4], 16) for at in range(0, len(text), 4)]
    return numbers


@tagged("post_install", "-at_install")
class TestConsentPapers(PapersCommon):
    """Papers in two languages: whole, in the right direction, for those who may read."""

    def test_library_is_complete(self):
        texts = self.env["integration.paper.text"]
        codes = {
            code: set(texts.search([("language_id", "=", language.id)]).mapped("code"))
            - set(OF_THE_NOTICE)
            for code, language in self.languages.items()
        }
        for code, present in codes.items():
            self.assertEqual(present, codes["de"], code)
        for kind in self.env["integration.information.kind"].search([]):
            self.assertIn(f"kind.{kind.code}", codes["de"])
        fields = self.register._fields
        for name in ("channel", "basis"):
            for key, _label in fields[name].selection:
                self.assertIn(f"{name}.{key}", codes["de"])

    def test_two_columns_with_direction(self):
        self.client_a.language_ids = self.languages["ar"]
        page = self._render("integration_release_report", self.release)
        for code in ("de", "ar"):
            for text in self._texts(code, "release.title", "release.intro", "sign_").values():
                self.assertIn(text, page)
        self.assertIn('dir="rtl"', page)
        self.assertIn("الصحة", page)

    def test_german_alone_for_whoever_speaks_it(self):
        self.client_a.language_ids = self.languages["de"]
        page = self._render("integration_consent_form_report", self.client_a)
        self.assertNotIn('lang="en"', page)
        self.assertNotIn("noch nicht in Ihrer Sprache", page)

    def test_no_placeholder_stands_for_a_logo(self):
        """An employer without one has none on paper, in whatever layout of Odoo's."""
        layouts = self.env["report.layout"].search([]).view_id
        self.assertTrue(layouts)
        self.assertTrue(self.company_a.uses_default_logo)
        placeholder = self.company_a.logo.decode()
        for layout in layouts:
            self.company_a.external_report_layout_id = layout
            page = self._render("integration_consent_form_report", self.client_a)
            self.assertNotIn(placeholder, page, layout.key)
        dot = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
            b"RU5ErkJggg=="
        )
        self.company_a.logo = dot
        page = self._render("integration_consent_form_report", self.client_a)
        self.assertIn(self.company_a.logo.decode(), page)

    def test_missing_language_is_said(self):
        self.client_a.language_ids = self.env["integration.language"].create(
            {"name": "Testish", "code": "x-test"}
        )
        page = self._render("integration_consent_form_report", self.client_a)
        self.assertIn("noch nicht in Ihrer Sprache", page)
        self.assertIn("Entwurf – noch nicht geprüft", page)

    def test_draft_is_marked_until_published(self):
        drafts = self._as(self.dpo_a)["integration.consent.notice"]
        shared = drafts.browse(self.env.ref(f"{MODULE}.consent_notice_de").id)
        own = drafts.browse(shared.action_new_version()["res_id"])
        own.write({"reviewer": "Reviewer", "valid_from": self.today})
        own.action_publish()
        page = self._render("integration_consent_notice_report", own)
        self.assertNotIn("Entwurf", page)
        self.assertIn(own.rights.split("\n")[0], page)

    def test_walls(self):
        for model, reports in REPORTS.items():
            records = {
                "integration.client": self.client_a,
                "integration.release": self.release,
                "integration.consent.notice": self.env.ref(f"{MODULE}.consent_notice_de"),
            }[model]
            outsiders = [self.employee, self.portal]
            if model != "integration.consent.notice":
                outsiders += [self.colleague_a, self.lead_a, self.worker_b, self.admin_a]
            for report in reports:
                for user in outsiders:
                    with (
                        self.assertRaises(AccessError, msg=(report, user.login)),
                        mute_logger(
                            "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"
                        ),
                    ):
                        self._render(report, records, user)


class PapersPdf(PapersCommon, HttpCase):
    """Papers as PDF."""

    def _pdf(self, report, record):
        reports = self._as(self.worker_a)["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        with self.allow_pdf_render():
            pdf = reports._render_qweb_pdf(f"{MODULE}.{report}", record.ids)[0]
        self.assertEqual(pdf[:5], b"%PDF-")
        return pdf

    @staticmethod
    def _read(pdf, *options):
        """Return what ``pdftotext`` reads in a PDF."""
        return subprocess.run(
            ["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True
        ).stdout.decode()


@tagged("post_install", "-at_install")
class TestConsentPapersPdf(PapersPdf):
    """The printed pages, read back from the PDF."""

    def _assert_read_back(self, code, report, record, expected):
        pdf = self._pdf(report, record)
        text = self._read(pdf)
        self.assertNotIn("\ufffd", text)
        self.assertFalse(lost_words(self.languages[code], text, expected))
        drawn = glyphs(pdf)
        self.assertGreater(len(drawn), 500)
        self.assertNotIn(0, drawn, "a sign is drawn as a box")

    def test_consent_form_in_every_language(self):
        for code in due_languages("form", "de", *SPOKEN):
            self.client_a.language_ids = self.languages[code]
            notice = self.env.ref(f"{MODULE}.consent_notice_{code}")
            lines = " ".join(f"{line.name} {line.text}" for line in notice.line_ids)
            with self.subTest(code):
                self._assert_read_back(
                    code,
                    "integration_consent_form_report",
                    self.client_a,
                    f"{notice.name} {notice.intro} {lines} {notice.rights}",
                )

    def test_a_lost_word_is_found(self):
        """The check above would fail for a word that is not there."""
        for code, there, lost in (
            ("ar", "خطة", "مدرسة"),
            ("ps", "ښوونځی", "روغتیا"),
            ("ti", "ቤት", "ቤ"),
        ):
            language = self.languages[code]
            self.assertEqual(lost_words(language, there, there), set())
            self.assertEqual(lost_words(language, there, f"{there} {lost}"), {lost})

    def test_a_sign_without_font_is_found(self):
        """The check above would fail for a sign that no font has."""
        self.env["integration.paper.text"].search([("code", "=", "release.intro")]).text = "\ue123"
        self.client_a.language_ids = self.languages["en"]
        self.assertIn(0, glyphs(self._pdf("integration_release_report", self.release)))

    def test_release_and_register(self):
        for code in due_languages("release", *SPOKEN):
            self.client_a.language_ids = self.languages[code]
            with self.subTest(code):
                texts = self._texts(code, "release.intro", "release.rights", "kind.health", "sign_")
                self._assert_read_back(
                    code,
                    "integration_release_report",
                    self.release,
                    f"{' '.join(texts.values())} Jobcenter Aheim",
                )
                texts = self._texts(code, "disclosure.title", "disclosure.intro", "basis.release")
                self._assert_read_back(
                    code, "integration_disclosure_report", self.client_a, " ".join(texts.values())
                )
