from odoo.tests import tagged

from .ui_common import UiCommon

# WCAG 2.1, 1.4.3
LEAST = 4.5
MEASURE = """
const channel = (c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const parts = (text) => text.match(/[0-9.]+/g).map(Number);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const over = ([r, g, b, a = 1], ground) =>
    [r, g, b].map((value, index) => value * a + ground[index] * (1 - a));
const ground = (el) => {
    const layers = [];
    for (; el; el = el.parentElement) {
        layers.unshift(parts(getComputedStyle(el).backgroundColor));
    }
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
};
(async () => {
    let found = [];
    while (!found.length) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        found = [...document.querySelectorAll(window.measured)];
    }
    for (const el of found) {
        const back = ground(el);
        const [one, two] = [light(over(parts(getComputedStyle(el).color), back)), light(back)];
        const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
        console.log(`contrast: ${ratio.toFixed(2)}`);
    }
    console.log("contrast measured");
})();
"""


@tagged("post_install", "-at_install")
class TestContrast(UiCommon):
    """Information and muted rows can be read."""

    def _contrasts(self, path, selector):
        with self._console() as lines:
            self.browser_js(
                path,
                f"window.measured = '{selector}';\n{MEASURE}",
                "document.querySelector('.o_view_controller') !== null",
                login=self.worker_a.login,
                success_signal="contrast measured",
            )
        return [
            float(line.split(": ")[-1])
            for text in lines
            for line in text.splitlines()
            if "contrast: " in line
        ]

    def test_information_and_muted_rows(self):
        case = self._case(self._client(self.worker_a))
        self.env.flush_all()
        talk = self._talk(case)
        self.env.cr.execute(
            "UPDATE integration_contact SET reached = false WHERE id = %s", [talk.id]
        )
        self.env.cr.execute("UPDATE integration_case SET state = 'paused' WHERE id = %s", [case.id])
        self.env.invalidate_all()
        muted = self.env.ref("integration_management.integration_contact_action").id
        for path, selector in (
            (f"/odoo/integration-cases/{case.id}", ".alert-info"),
            (f"/odoo/action-{muted}?view_type=list", ".o_data_row.text-muted .o_data_cell"),
        ):
            with self.subTest(selector):
                found = self._contrasts(path, selector)
                self.assertTrue(found)
                self.assertGreaterEqual(min(found), LEAST)
