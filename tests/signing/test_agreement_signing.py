import base64
import hashlib

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..consent.test_consent_papers import lost_words
from .agreement_common import AgreementCommon
from .signing_common import PAPER
from .test_signing_ui import SigningBrowser


@tagged("post_install", "-at_install")
class TestAgreementSigning(AgreementCommon):
    """The sheet is one more paper of the signing on the screen."""

    def _prepared(self, translations=()):
        self._agree()
        sheet = self._sheet(translations)
        return sheet, self._signing(sheet_id=sheet.id)

    def test_pages_show_the_frozen_words(self):
        sheet, signing = self._prepared({"0": "أجتاز امتحان B1."})
        self._change_everything()
        pages = signing._page_data()
        self.assertEqual(pages["kind"], "agreement")
        arabic, german = pages["languages"]
        self.assertEqual((arabic["lang"], german["lang"]), ("ar", "de"))
        self.assertEqual(arabic["text"]["dir"], "rtl")
        said = [block["text"] for block in arabic["text"]["blocks"]]
        for text in ("أجتاز امتحان B1.", "Ich bestehe die Prüfung B1.", "Zum Kurs anmelden"):
            self.assertIn(text, said)
        # Two steps have no translation, and each says so.
        self.assertEqual(len([text for text in said if text.startswith("لم يُترجم بعد")]), 2)
        self.assertNotIn("edited", str(arabic["text"]))
        self.assertEqual([q["key"] for q in german["text"]["questions"]], ["agreement"])

    def test_signed_on_the_screen(self):
        sheet, signing = self._prepared()
        self._sign(signing, answers={"agreement": True})
        self.assertRecordValues(
            sheet,
            [
                {
                    "form": "screen",
                    "date_signed": self.today,
                    "attachment_hash": hashlib.sha256(PAPER).hexdigest(),
                }
            ],
        )
        self.assertEqual(base64.b64decode(sheet.attachment), PAPER)
        self.assertEqual(signing._signed_record(), sheet)
        self.assertFalse(signing.signature)
        # Printed again as it was signed, byte for byte
        self.assertIn("/attachment", sheet.action_print()["url"])
        with self.assertRaisesRegex(UserError, "stored paper"):
            self.mine[
                "report.integration_management.integration_agreement_paper"
            ]._get_report_values(sheet.ids)
        self._change_everything()
        self.assertTrue(sheet._paper_is_intact())
        self.assertEqual(base64.b64decode(sheet.attachment), PAPER)

    def test_a_no_signs_nothing(self):
        sheet, signing = self._prepared()
        with self.assertRaisesRegex(ValidationError, "says no"):
            self._sign(signing, answers={"agreement": False})
        with self.assertRaises(ValidationError):
            self._sign(signing, answers={"release": True})
        self.assertFalse(sheet.date_signed)

    def test_signed_once(self):
        sheet, signing = self._prepared()
        other = self._signing(sheet_id=sheet.id)
        self._sign(signing, answers={"agreement": True})
        with self.assertRaisesRegex(UserError, "signed already"):
            self._sign(other, answers={"agreement": True})
        with self.assertRaisesRegex(UserError, "signed already"):
            sheet.action_sign_on_screen()

    def test_version_that_is_over_is_not_signed(self):
        sheet, signing = self._prepared()
        draft = self.plan.browse(self.plan.action_new_version()["res_id"])
        draft.action_agree()
        with self.assertRaisesRegex(UserError, "no longer in force"):
            self._sign(signing, answers={"agreement": True})
        sheet.interpreter = "Frau Beispiel"
        with self.assertRaisesRegex(UserError, "no longer in force"):
            sheet.action_read_out()
        with self.assertRaisesRegex(UserError, "no longer in force"):
            sheet.create({"plan_id": self.plan.id, "language_id": sheet.language_id.id})
        # The scan of what was signed in time may come late.
        sheet.write({"date_signed": self.today, "attachment": base64.b64encode(PAPER)})

    def _relative(self, **values):
        """Return somebody of the household who takes part in the plan."""
        relative = self._client(
            self.worker_a,
            "Beispielov, Karim",
            consent=False,
            language_ids=[Command.set(self.languages["uk"].ids)],
            **values,
        )
        self._consent(relative, guardian_name="birthdate" in values and "Grandmother")
        self._household(self.client, relative)
        self.plan.client_ids = relative
        return relative

    def test_relative_signs_a_sheet_of_her_own(self):
        """Who takes part in the plan signs as well, in her own language, on the screen too."""
        relative = self._relative()
        own = self._sheet_of(relative)
        self.assertEqual((own.client_id, own.language_id), (relative, self.languages["uk"]))
        first = self._sheet()
        self.assertEqual(first.client_id, self.client)
        with self.assertRaisesRegex(UserError, "another file"):
            self._signing(self.client, sheet_id=own.id)
        action = own.action_sign_on_screen()
        self.assertEqual(action["context"]["default_client_id"], relative.id)
        signing = self._signing(relative, sheet_id=own.id)
        self.assertEqual(signing._page_data()["client"], relative.name)
        self._sign(signing, answers={"agreement": True}, language="uk")
        self.assertEqual((own.form, own.date_signed), ("screen", self.today))
        self.assertFalse(first.date_signed)
        with self.assertRaisesRegex(UserError, "cannot be changed|one record"):
            own.client_id = self.client

    def test_minor_signs_by_a_guardian(self):
        relative = self._relative(birthdate=self.today.replace(year=self.today.year - 9))
        sheet = self._sheet_of(relative)
        with self.assertRaisesRegex(ValidationError, "guardian"):
            self._signing(relative, sheet_id=sheet.id)
        signing = self._signing(relative, sheet_id=sheet.id, guardian_name="Grandmother")
        self._sign(signing, answers={"agreement": True}, language="uk")
        self.assertEqual((sheet.date_signed, sheet.guardian_name), (self.today, "Grandmother"))

    def test_stranger_gets_no_sheet(self):
        stranger = self._client(self.worker_a, "Somebody else")
        self._agree()
        with self.assertRaisesRegex(ValidationError, "takes no part"):
            self._make(client_id=stranger.id).action_print()

    def test_sheet_of_a_relative_is_open_to_those_who_may_read_of_both(self):
        own = self._sheet_of(self._relative())
        self.assertTrue(own.with_user(self.worker_a).has_access("read"))
        self.env["integration.case.access"].search(
            [("client_id", "=", own.client_id.id), ("user_id", "=", self.worker_a.id)]
        )._as_system().unlink()
        self.env.invalidate_all()
        self.assertFalse(own.with_user(self.worker_a).has_access("read"))

    def _sheet_of(self, relative):
        if self.plan.state == "draft":
            self._agree()
        make = self._make(client_id=relative.id)
        make._onchange_client_id_language()
        make.action_print()
        return self.plan.sheet_ids.sorted("id")[-1:]

    def test_sheet_of_another_file(self):
        self._agree()
        sheet = self._sheet()
        other = self._client(self.worker_a, "Somebody else")
        self._case(other)
        with self.assertRaisesRegex(UserError, "another file"):
            self._signing(other, sheet_id=sheet.id)


@tagged("post_install", "-at_install")
class TestAgreementTablet(AgreementCommon, SigningBrowser):
    """The pages in a browser: read, agreed to, signed, and the paper read back."""

    def test_in_arabic(self):
        self._agree()
        sheet = self._sheet({"0": "أجتاز امتحان B1."})
        seen = self._walk(self._prepare(sheet_id=sheet.id), "ar")
        self.assertIn("dir rtl lang ar rtl", seen)
        self.assertIn("asked 1", seen)
        self.assertIn("paper 200 application/pdf", seen)
        self.assertRecordValues(sheet, [{"form": "screen", "date_signed": self.today}])
        self.assertTrue(sheet._paper_is_intact())
        self.assertEqual(
            lost_words(self.languages["ar"], self._pdf_text(sheet), "أجتاز امتحان"), set()
        )
