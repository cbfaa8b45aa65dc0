from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .referral_common import ReferralCommon

SILENT = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestReferralPapers(ReferralCommon):
    """The slip a client takes along, and the directory on paper."""

    def _page(self, report, records, user=None):
        reports = self._as(user or self.worker_a)["ir.actions.report"]
        return reports._render_qweb_html(f"{MODULE}.{report}", records.ids)[0].decode()

    def _language(self, code):
        return self.env.ref(f"{MODULE}.language_{code}")

    def test_slip_in_both_languages(self):
        self.advice_centre.write(
            {
                "street": "Example Lane 1",
                "phone": "030 23125 099",
                "opening_hours": "Mon 9-12",
                "bring": "Identity card",
                "language_ids": self._language("ar").ids,
            }
        )
        self.client_a.language_ids = self._language("ar")
        referral = self._refer()
        page = self._page("integration_referral_slip_report", referral)
        for word in (
            "Migration Counselling Example", "Example Lane 1", "030 23125 099", "Mon 9-12",
            "Identity card", "Öffnungszeiten", "أوقات الدوام", self.client_a.file_number,
            "Wir haben dort nichts über Sie gesagt.",
        ):  # fmt: skip
            self.assertIn(word, page)
        self.assertIn('dir="rtl"', page)
        self.assertNotIn(self.client_a.name, page, "anybody may find it")

    def test_slip_says_what_was_passed_on(self):
        referral = self._refer(basis="present", kind_ids=[Command.set(self.housing.ids)])
        page = self._page("integration_referral_slip_report", referral)
        self.assertIn("Das haben wir dort über Sie mitgeteilt", page)
        self.assertIn("Wohnung", page)
        self.assertNotIn("Wir haben dort nichts", page)

    def test_slip_without_a_name(self):
        """The way is open to who has not agreed to health data as well."""
        page = self._page("integration_service_slip_report", self.midwife)
        self.assertIn("Midwife Example", page)
        self.assertIn("Where to go", page)
        self.assertNotIn(self.client_a.file_number, page)

    def test_walls(self):
        referral = self._refer()
        for user in (self.colleague_a, self.worker_b, self.county_user, self.dpo_a, self.employee):
            with mute_logger(*SILENT), self.assertRaises(AccessError, msg=user.login):
                self._page("integration_referral_slip_report", referral, user)

    def test_printing_is_logged(self):
        referral = self._refer()
        pending = self.env.cr.postcommit.data.setdefault("integration_access_log", {})
        pending.clear()
        self._page("integration_referral_slip_report", referral)
        self.assertTrue(any(entry[1] == "print" for entry in pending))

    def test_directory_by_municipality(self):
        category = self.env["integration.service"].create({"name": "Categ", "kind": "category"})
        foreign = self.env["integration.service"].create(
            {"name": "Of B", "company_id": self.company_b.id}
        )
        self.advice_centre.municipality_ids = self.town_a | self.town_b
        entries = self.advice_centre | self.midwife | category
        page = self._page("integration_service_report", entries, self.county_user)
        self.assertEqual(page.count(self.advice_centre.name), 2, "once per municipality")
        self.assertEqual(page.count(self.midwife.name), 1, "for the whole county")
        self.assertIn("Whole county", page)
        # Not left alone at the end of a page
        for group in ("Whole county", self.town_a.name):
            self.assertRegex(page, rf"(?s)<thead>\s*<tr>\s*<th[^>]*><h4[^>]*>{group}</h4>")
        self.assertNotIn("Categ", page)
        with mute_logger(*SILENT), self.assertRaises(AccessError):
            self._page("integration_service_report", foreign)

    def test_the_button_prints_all(self):
        action = self._as(self.worker_a)["integration.service"].action_print_by_municipality()
        self.assertIn(self.midwife.id, action["context"]["active_ids"])

    def test_the_address_is_that_of_the_body_once(self):
        """The letter head knows an address of its own, in a variable of that name."""
        self.advice_centre.street = "Example Lane 1"
        page = self._page("integration_referral_slip_report", self._refer())
        self.assertEqual(page.count("Example Lane 1"), 1)
