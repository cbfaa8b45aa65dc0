from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from ..common import MODULE
from .test_signing_ui import QUIET, SigningBrowser

MAX_CLICKS = 25


@tagged("post_install", "-at_install")
class TestWholePlan(SigningBrowser):
    """From the empty case to the signed plan in one sitting, clicks counted by the browser."""

    browser_size = "1366x768"
    touch_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker_a.lang = "en_US"  # the tour finds its buttons by their English words
        cls._consent(cls.client)

    def _reported(self, lines):
        (line,) = [line for line in lines if line.startswith("clicks ")]
        return int(line.rsplit(" ", 1)[1])

    def _clicks_of_the_worker(self):
        """Assess, take three goals, agree, and come to the press that hands the device over."""
        with self._console() as lines:
            self.start_tour(
                f"/odoo/integration-cases/{self.case.id}",
                "integration_whole_plan",
                login=self.worker_a.login,
                timeout=180,
            )
        self.env.invalidate_all()
        return self._reported(lines) + 1

    def _clicks_of_the_client(self, sheet):
        """Read, agree and sign on the tablet, and give it back."""
        self.browser_size, self.touch_enabled = "800x1280", True
        signing = self._prepare(sheet_id=sheet.id)
        with file_open(f"{MODULE}/static/tests/signing_clicks.js") as file:
            walk = file.read()
        with self._console() as lines, mute_logger(*QUIET):
            self.browser_js(
                f"/integration/sign/{signing.id}",
                f"window.signingLanguage = 'ar';\n{walk}",
                "document.querySelector('.o_signing') !== null",
                login=self.worker_a.login,
                timeout=90,
                success_signal="signing walked",
            )
        self.env.invalidate_all()
        return self._reported(lines)

    def test_clicks(self):
        clicks = self._clicks_of_the_worker()
        plan = self.case.plan_ids
        self.assertEqual((plan.state, plan.line_count), ("agreed", 3))
        self.assertFalse(any(plan.line_ids.mapped("words_missing")))
        self.assertEqual(
            [(line.strength, line.need) for line in self.case.assessment_ids.line_ids],
            [(2, 4), (3, 5), (1, 3)],
        )
        self.assertFalse(plan.sheet_ids.date_signed)
        clicks += self._clicks_of_the_client(plan.sheet_ids)
        self.assertRecordValues(plan.sheet_ids, [{"form": "screen", "date_signed": self.today}])
        self._logger.info("clicks from the empty case to the signed plan: %s", clicks)
        self.assertLessEqual(clicks, MAX_CLICKS)
