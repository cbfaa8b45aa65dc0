from lxml import etree

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
