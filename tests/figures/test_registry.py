from odoo.tests import TransactionCase, tagged

from odoo.addons.integration_management.figures import sources
from odoo.addons.integration_management.figures.breakdowns import BREAKDOWNS
from odoo.addons.integration_management.figures.registry import RULES, UNITS


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
