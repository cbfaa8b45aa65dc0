from pathlib import Path

from lxml import etree

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, tagged

from ..common import MODULE
from .ui_common import UiCommon

# Faded in or out no more
MEASURE = """
const { tooPale } = odoo.loader.modules.get("@integration_management/../tests/tours/contrast");
(async () => {
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    while (!document.querySelector(window.measured)) {
        await wait(100);
    }
    await wait(600);
    const found = document.querySelectorAll(window.measured);
    tooPale(document.querySelector(".o_content")).forEach((text) => console.log(`pale: ${text}`));
    console.log(`measured: ${found.length}`);
    console.log("all measured");
})();
"""
# The address is one of the page itself, so that it can still be asked what it keeps
HAND_OVER = """
const { action } = odoo.__WOWL_DEBUG__.root.env.services;
const kept = () => console.log(`kept: ${Object.keys(sessionStorage).sort().join(" ")}`);
(async () => {
    kept();
    await action.doAction({
        type: "ir.actions.client", tag: "integration_sign_on_screen", params: { url: "#signing" },
    });
    kept();
    console.log("handed over");
})();
"""


@tagged("post_install", "-at_install")
class TestByHand(UiCommon):
    """What keyboard, thumb and eye meet every day, and only a browser shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a))

    def _lines(self, path, script, ready, done):
        with self._console() as lines:
            self.browser_js(path, script, ready, login=self.worker_a.login, success_signal=done)
        return [line for text in lines for line in text.splitlines()]

    def test_a_new_entry_that_stays_is_saved_or_discarded(self):
        """Entries of the register are never edited, but a new one is being written."""
        self._see(
            "/odoo/integration-disclosures/new",
            self.worker_a,
            (".o_form_button_save", ""),
            (".o_form_button_cancel", ""),
        )

    def test_a_button_on_a_card_answers_enter(self):
        self.start_tour("/odoo/integration-cases", "integration_card_enter", login="worker_a")

    def test_information_and_muted_rows_can_be_read(self):
        talk = self._talk(self.case)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_contact SET reached = false WHERE id = %s", [talk.id]
        )
        self.env.cr.execute(
            "UPDATE integration_case SET state = 'paused' WHERE id = %s", [self.case.id]
        )
        self.env.invalidate_all()
        contacts = self.env.ref(f"{MODULE}.integration_contact_action").id
        for path, measured in (
            (f"/odoo/integration-cases/{self.case.id}", ".alert-info"),
            (f"/odoo/action-{contacts}?view_type=list", ".o_data_row.text-muted .o_data_cell"),
        ):
            with self.subTest(measured):
                script = f"window.measured = '{measured}';\n{MEASURE}"
                ready = "document.querySelector('.o_view_controller') !== null"
                said = self._lines(path, script, ready, "all measured")
                self.assertEqual([line for line in said if line.startswith("pale: ")], [])
                self.assertRegex("\n".join(said), r"measured: [1-9]")

    def test_a_device_handed_over_keeps_nothing_of_the_screens_before(self):
        said = self._lines(
            f"/odoo/integration-cases/{self.case.id}",
            HAND_OVER,
            "document.querySelector('.o_form_view') !== null",
            "handed over",
        )
        before, after = (line for line in said if line.startswith("kept: "))
        for key in ("current_action", "current_state"):
            self.assertIn(key, before)
            self.assertNotIn(key, after)
        self.assertIn("integration_signing_return", after)


@tagged("post_install", "-at_install")
class TestTables(TransactionCase):
    """A reader that speaks announces the head of a column before each of its cells."""

    def test_no_head_of_a_table_is_empty(self):
        heads, empty = 0, []
        for path in Path(get_module_path(MODULE)).rglob("*.xml"):
            for head in etree.parse(path).iter("th"):
                heads += 1
                words = any(name in head.attrib for name in ("t-out", "t-esc", "aria-label"))
                if not (words or "".join(head.itertext()).strip() or len(head)):
                    empty.append(f"{path.name}:{head.sourceline}")
        self.assertGreater(heads, 10)
        self.assertEqual(empty, [])
