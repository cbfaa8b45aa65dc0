from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestFamilyFirstVisit(FamilyCommon):
    """Outreach begins before anybody was asked, and on any day of the calendar."""

    def test_not_asked_yet_is_saved_as_the_dialog_proposes_it(self):
        wizard = self._wizard(
            {"name": "Hana Erfunden", "consent": "later"},
            {"name": "Sami Erfunden", "consent": "later"},
            {"name": "Liya Erfunden", "consent": "later", "birthdate": self._born(6)},
        )
        action = wizard.action_save()
        case = wizard.env["integration.case"].browse(action["res_id"])
        talk = case.contact_ids
        self.assertEqual((talk.unnamed_count, talk.is_talk), (2, True))
        self.assertFalse(talk.person_ids, "nobody is named before a consent")
        self.assertFalse(case.date_opened)

    def test_words_wait_for_the_consent(self):
        wizard = self._wizard({"name": "Hana Erfunden", "consent": "later"}, note="Words")
        with self.assertRaisesRegex(UserError, "without topics and note"):
            wizard.action_save()

    def test_one_agreed_and_one_not_asked(self):
        _clients, case = self._saved(
            {"name": "Hana Erfunden"}, {"name": "Sami Erfunden", "consent": "later"}
        )
        self.assertEqual(case.contact_ids.person_count, 1)

    def test_born_on_29_february(self):
        """Of age on 1 March: the dialog and the ledger agree on it on each day around it."""
        for day, minor in (("2026-02-27", True), ("2026-02-28", True), ("2026-03-01", False)):
            with self.subTest(day), freeze_time(f"{day} 10:00:00"), self.cr.savepoint():
                wizard = self._wizard(
                    {"name": "Hana Erfunden"},
                    {"name": "Liya Erfunden", "birthdate": date(2008, 2, 29)},
                    date=day,
                    date_start=day,
                )
                self.assertEqual(wizard.line_ids[1].is_minor, minor)
                case = wizard.env["integration.case"].browse(wizard.action_save()["res_id"])
                child = self._family(case)[1]
                self.assertEqual(child.consent_state, "given")
                self.assertEqual(bool(child.consent_ids.guardian_id), minor)
