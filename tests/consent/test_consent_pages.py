import re

from odoo.tests import tagged

from ..common import MODULE
from .test_consent_papers import PapersPdf

# As pdftotext tells where a word stands
WORD = re.compile(r'<word [^>]*yMin="([\d.]+)" [^>]*yMax="([\d.]+)">([^<]+)</word>')


@tagged("post_install", "-at_install")
class TestConsentPages(PapersPdf):
    """How the papers lie on their pages, whatever the employer's head and the text's length."""

    def test_title_stands_below_a_long_address(self):
        self.company_a.partner_id.write(
            {
                "street": "Erfundene Straße 12",
                "street2": "Hinterhaus",
                "zip": "88999",
                "city": "Aheimstadt",
                "country_id": self.env.ref("base.de").id,
            }
        )
        reports = {
            "integration_consent_form_report": self.client_a,
            "integration_release_report": self.release,
            "integration_disclosure_report": self.client_a,
        }
        for report, record in reports.items():
            with self.subTest(report):
                found = WORD.findall(self._read(self._pdf(report, record), "-bbox", "-l", "1"))
                places = {word: (float(top), float(end)) for top, end, word in reversed(found)}
                (country,) = {"Germany", "Deutschland"} & places.keys()
                texts = self._texts("de", "release.title", "disclosure.title")
                notice = self.env.ref(f"{MODULE}.consent_notice_de")
                titles = " ".join([*texts.values(), notice.name]).split()
                below = min(places[word][0] for word in titles if word in places)
                self.assertGreater(below, places[country][1])

    def test_no_signature_stands_alone_on_a_page(self):
        """The text is the agency's and of any length; the end of it goes over with the line."""
        notice = self.env.ref(f"{MODULE}.consent_notice_de")
        self.client_a.language_ids = self.languages["de"]
        end = re.findall(r"\w{5,}", notice.rights)[-1]
        sign = re.findall(r"\w{5,}", self._texts("de", "sign_worker")["sign_worker"])[0]
        intro, pages = notice.intro, set()
        for lines in range(0, 40, 4):
            notice.intro = intro + "\nEin Satz." * lines
            texts = self._read(self._pdf("integration_consent_form_report", self.client_a))
            signed = [page for page in texts.split("\f") if sign in page]
            with self.subTest(lines):
                self.assertIn(end, signed[-1])
            pages.add(texts.strip("\f\n").count("\f"))
        self.assertGreater(len(pages), 1, "the text never went over to another page")
