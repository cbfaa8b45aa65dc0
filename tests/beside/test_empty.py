from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import IntegrationCommon

OURS = "integration_management.models"


@tagged("post_install", "-at_install")
class TestEmpty(IntegrationCommon):
    """Of nothing, nothing comes: other code hands over whatever list it has, also an empty one."""

    def _models(self, env):
        """Return what is ours, or extended by us otherwise than whatever there is."""
        models = [
            model
            for model in env.values()
            if not model._abstract
            and any(OURS in cls.__module__ and cls._name != "base" for cls in type(model).mro())
        ]
        self.assertGreater(len(models), 150)
        self.assertIn("res.partner", [model._name for model in models])
        return models

    def test_nothing_is_created(self):
        for model in self._models(self.env):
            with self.subTest(model._name):
                self.assertEqual(model.create([]), model.browse())

    def test_nothing_is_written_nor_deleted(self):
        for model in self._models(self.env):
            with self.subTest(model._name):
                self.assertIs(model.browse().unlink(), True)
                try:
                    self.assertIs(model.browse().write({}), True)
                except UserError:
                    # What can never be written says so.
                    self.assertFalse(model._name.startswith("integration."))

    def test_whoever_may_create_creates_nothing(self):
        for user in (self.worker_a, self.lead_a, self.dpo_a, self.admin_a):
            for model in self._models(self._as(user)):
                if model._name.startswith("integration.") and model.has_access("create"):
                    with self.subTest(user=user.login, model=model._name):
                        self.assertEqual(model.create([]), model.browse())
