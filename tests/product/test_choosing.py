from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import IntegrationCommon

# Before anything is chosen on a new form
EMPTY = {"company_id": False, "id": False}


@tagged("post_install", "-at_install")
class TestChoosing(IntegrationCommon):
    """On a new form from a menu, the file it is about can be chosen."""

    def test_a_new_record_offers_the_reader_s_files(self):
        client = self._client(self.worker_a)
        case = self._case(client)
        checked = 0
        for model in self.env.registry.values():
            company = model._fields.get("company_id")
            if not model._name.startswith("integration.") or model._abstract or company is None:
                continue
            whose = (company.related or "").split(".")[0]
            field = model._fields.get(whose)
            expected = {"integration.client": client, "integration.case": case}.get(
                field is not None and field.comodel_name
            )
            if not expected or not field.check_company:
                continue
            checked += 1
            with self.subTest(f"{model._name}.{whose}"):
                env = self._as(self.worker_a)
                domain = env[model._name].fields_get([whose], ["domain"])[whose]["domain"]
                if isinstance(domain, str):
                    names = {name: False for name in model._fields}
                    names.update((name, []) for name in model._fields if name.endswith("_ids"))
                    domain = safe_eval(domain, {**names, **EMPTY})
                if model._name == "integration.signing":
                    continue  # prepared from a file, never from a menu
                found = [id_ for id_, _name in env[field.comodel_name].name_search("", domain)]
                self.assertIn(expected.id, found)
        self.assertGreater(checked, 8)


@tagged("post_install", "-at_install")
class TestFilesChosen(IntegrationCommon):
    """A file that was chosen is shown by its name, not by what is in it."""

    def test_every_file_that_can_be_chosen_has_its_name(self):
        checked = set()
        views = self.env["ir.ui.view"].search(
            [("model", "=like", "integration.%"), ("type", "=", "form")]
        )
        for view in views:
            model, arch = self.env[view.model], etree.fromstring(view.arch)
            for node in arch.xpath("//field[not(ancestor::field[not(@name='arch')])]"):
                field = model._fields.get(node.get("name"))
                if field is None or field.type != "binary" or field.readonly:
                    continue
                # A picture is seen itself
                if node.get("readonly") == "1" or node.get("widget") in ("image", "signature"):
                    continue
                checked.add(f"{view.model}.{field.name}")
                self.assertIn(node.get("filename"), model._fields, f"{view.name}: {field.name}")
        self.assertGreater(len(checked), 4)
