from odoo.tests import tagged

from .ui_common import UiCommon

NAME = "Geheimova, Olha"
LOOK = """
const wait = () => new Promise((resolve) => setTimeout(resolve, 100));
(async () => {
    while (!document.title.includes(window.fileNumber)) {
        await wait();
    }
    const kept = JSON.stringify({ ...sessionStorage }) + JSON.stringify(history.state);
    console.log(`title: ${document.title}`);
    console.log(`kept: ${kept}`);
    console.log("titles read");
})();
"""


@tagged("post_install", "-at_install")
class TestTitles(UiCommon):
    """What a tab is called and what the browser keeps of it: the file number, no name."""

    def test_titles_carry_the_file_number(self):
        client = self._client(self.worker_a, NAME)
        case = self._case(client)
        for path in (
            f"/odoo/integration-cases/{case.id}",
            f"/odoo/integration-persons/{client.id}",
        ):
            with self.subTest(path), self._console() as lines:
                self.browser_js(
                    path,
                    f"window.fileNumber = '{client.file_number}';\n{LOOK}",
                    "document.querySelector('.o_form_view') !== null",
                    login=self.worker_a.login,
                    success_signal="titles read",
                )
                said = "\n".join(lines)
                self.assertIn(client.file_number, said)
                self.assertNotIn("Geheimova", said)
