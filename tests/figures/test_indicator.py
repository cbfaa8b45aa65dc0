from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestIndicator(IntegrationCommon):
    """A county renames, reorders and hides figures; what is counted stays as it is."""

    def _indicator(self, name="indicator_talk"):
        return self._as(self.county_user)["integration.indicator"].browse(
            self.env.ref(f"{MODULE}.{name}").id
        )

    def _report(self):
        return self._as(self.county_user)["integration.report"].create(
            {"date_from": self.start, "date_to": self.today}
        )

    def test_county_renames_reorders_and_hides(self):
        former = self._report()
        self._indicator().write({"name": "Beratungen", "short_name": "Ber.", "sequence": 999})
        self._indicator("indicator_family_single").active = False
        rows = [row for row in self._report()._matrix().rows if not row.item]
        self.assertEqual(rows[-1].text("label", "en_US"), "Beratungen", "renamed and last")
        self.assertNotIn("family_single", [row.rule for row in rows])
        labels = [row.text("label", "en_US") for row in former._matrix().rows]
        self.assertNotIn("Beratungen", labels, "printed figures keep their words")

    def test_rule_definition_and_code_are_fixed(self):
        for values in (
            {"rule": "person"},
            {"definition": "Anything"},
            {"code": "x"},
            {"unit": "case"},
            {"profile": "state"},
            {"name": "Talks", "rule": "person"},
        ):
            with self.assertRaises(AccessError, msg=values):
                self._indicator().write(values)
        with self.assertRaises(AccessError):
            self._indicator().update_field_translations("definition", {"en_US": "Anything"})
        with self.assertRaises(AccessError):
            self._indicator().unlink()

    def test_nobody_else_changes_them(self):
        for user in (self.worker_a, self.lead_a, self.admin_a, self.reporting_a, self.dpo_a):
            indicator = self._indicator().with_env(self._as(user))
            with self.assertRaises(AccessError, msg=user.login):
                indicator.name = "Other"

    def test_an_update_keeps_them(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "integration.indicator")]
        )
        self.assertTrue(data)
        self.assertTrue(all(data.mapped("noupdate")))
