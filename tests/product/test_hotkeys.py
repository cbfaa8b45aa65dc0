import re
from pathlib import Path

from lxml import etree

from odoo.modules.module import get_module_path, get_modules
from odoo.tests import TransactionCase, tagged

from ..common import MODULE

# Where Odoo listens itself on a page: create, save, discard, back, menus, next and previous
# record, phase of the status bar, remove, home
TAKEN = set("csjbunpxkh")


@tagged("post_install", "-at_install")
class TestHotkeys(TransactionCase):
    """A letter with Alt does on our pages what the button says, and nothing beside."""

    def test_no_button_of_a_page_takes_a_letter_of_odoo(self):
        found = 0
        views = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.ui.view")]
        )
        for view in self.env["ir.ui.view"].browse(views.mapped("res_id")):
            tree = etree.fromstring(view.arch_db)
            for button in tree.iter("button"):
                letter = button.get("data-hotkey")
                # In a dialog the page behind does not listen.
                if not letter or any(parent.tag == "footer" for parent in button.iterancestors()):
                    continue
                found += 1
                with self.subTest(view.name, button=button.get("name")):
                    self.assertNotIn(letter, TAKEN)
        self.assertGreater(found, 8)

    def test_the_keys_of_a_new_contact_are_nobody_elses(self):
        """In whatever app is there: Odoo would press both."""
        static = "static/src/**/*"
        paths = [
            path
            for addon in get_modules()
            for path in Path(get_module_path(addon)).glob(static)
            if path.suffix in (".js", ".xml") and path.is_file()
        ]
        self.assertGreater(len(paths), 500)
        users = {
            path.name
            for path in paths
            if re.search(r"""["'](alt\+)?shift\+k["']""", path.read_text(errors="replace"))
        }
        self.assertEqual(users, {"systray.xml"})
