from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestArchivedChoices(TransactionCase):
    """What was chosen stays readable when the choice is archived and offered no more."""

    def test_what_was_chosen_is_read_with_archived_rows(self):
        checked = 0
        for model in self.env.registry.values():
            if not model._name.startswith("integration.") or model._transient:
                continue
            for name, field in model._fields.items():
                if field.type != "many2many" or not field.store:
                    continue
                if "active" not in self.env[field.comodel_name]._fields:
                    continue
                checked += 1
                with self.subTest(field=f"{model._name}.{name}"):
                    self.assertIs(field.context.get("active_test"), False)
        self.assertGreater(checked, 3)
