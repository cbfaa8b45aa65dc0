from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from odoo.addons.integration_management.figures import sources
from odoo.addons.integration_management.figures.breakdowns import BREAKDOWNS
from odoo.addons.integration_management.figures.registry import RULES, UNITS

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


@tagged("post_install", "-at_install")
class TestRegistry(TransactionCase):
    """What is declared of a rule is complete, and fits the data and the models."""

    def test_a_rule_is_counted_in_one_way(self):
        for key, rule in RULES.items():
            with self.subTest(key):
                self.assertEqual(key, rule.key)
                self.assertNotEqual(bool(rule.source), bool(rule.trait), "a source or a trait")
                self.assertFalse(rule.items and rule.trait)
                self.assertIn(rule.adds_to, {"", *RULES})
                self.assertIn(rule.unit, UNITS)

    def test_every_rule_has_an_indicator_of_its_unit(self):
        indicators = self.env["integration.indicator"].with_context(active_test=False).search([])
        self.assertEqual(set(indicators.mapped("rule")), set(RULES))
        for indicator in indicators:
            self.assertEqual(indicator.unit, RULES[indicator.rule].unit.key, indicator.code)
            local = indicator.rule == "person" or bool(RULES[indicator.rule].trait)
            self.assertTrue(indicator.profile == "state" or local, indicator.code)

    def test_models_and_fields_exist(self):
        named = [(unit.model, ()) for unit in UNITS]
        named += [(breakdown.model, ()) for breakdown in BREAKDOWNS.values() if breakdown.model]
        named += list(sources.READS.items())
        for rule in RULES.values():
            if rule.items:
                named.append((rule.items.model, filter(None, [rule.items.group])))
            if rule.trait:
                named += rule.trait.fields_read()
        for model, fields in named:
            with self.subTest(model):
                self.assertLessEqual(set(fields), set(self.env[model]._fields))
