import base64
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from ..common import MODULE
from ..signing.signing_common import PAPER, SigningCommon
from .test_consent_papers import words


@tagged("post_install", "-at_install")
class TestReprint(SigningCommon, HttpCase):
    """What was signed is printed to the letter years later, whatever has changed since."""

    def _print(self, report, record, user=None):
        reports = self._as(user or self.worker_a)["ir.actions.report"]
        page = reports._render_qweb_html(f"{MODULE}.{report}", record.ids)[0].decode()
        return page[page.index("<main") :]

    def _revise(self, code, **values):
        notice = self.notices[code].browse(self.notices[code].action_new_version()["res_id"])
        notice.write({"reviewer": "Reviewer", "valid_from": self.today, "version": 2, **values})
        notice.action_publish()
        return notice

    def test_years_later(self):
        self._sign(self._signing())
        event = self.client.consent_ids[0]
        arabic = self.notices["ar"]
        before = self._print("integration_consent_notice_report", arabic)
        self.assertLessEqual(set(words(arabic.rights)), set(words(before)))
        self._revise("de", intro="Ganz anders.")
        self._revise("ar", intro="Something else altogether.")
        self.client.name = "Married Name"
        self.client.language_ids = self.languages["de"]
        self.env.flush_all()
        later = fields.Datetime.now() + timedelta(days=5 * 365)
        with freeze_time(later):
            self.env.invalidate_all()
            self.assertEqual(self._print("integration_consent_notice_report", arabic), before)
            self.assertTrue(event._paper_is_intact())
            self.assertEqual(base64.b64decode(event.attachment), PAPER)
        self.authenticate(self.worker_a.login, self.worker_a.login)
        answer = self.url_open(f"/web/content/integration.consent/{event.id}/attachment")
        self.assertEqual(answer.content, PAPER)

    def test_older_translation_is_not_what_is_in_force(self):
        """German version 2, Arabic version 1: on paper and in the dialogs as on the screen."""
        page = self._print("integration_consent_form_report", self.client)
        self.assertIn('lang="ar"', page)
        german = self._revise("de")
        hint = "Diesen Text gibt es noch nicht in Ihrer Sprache"
        page = self._print("integration_consent_form_report", self.client)
        self.assertIn(hint, " ".join(page.split()))
        self.assertNotIn(self.notices["ar"].name, page)
        found = self.mine["integration.consent.notice"]._find(
            self.client.company_id, self.client.language_ids
        )
        self.assertEqual(found, german)
        self._revise("ar")
        page = self._print("integration_consent_form_report", self.client)
        self.assertIn(self.notices["ar"].name, page)
        self.assertNotIn(hint, " ".join(page.split()))
