from odoo.tests import tagged

from .test_screens import APP, ScreensCommon


@tagged("post_install", "-at_install", "click_all")
class TestClickAll(ScreensCommon):
    """Odoo's own robot clicks every menu, view and filter of the app."""

    allow_end_on_form = True

    def _click_everywhere(self, user):
        loader = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
        self.browser_js(
            "/odoo", f"{loader}.startClickEverywhere('{APP}');", "odoo.isReady === true",
            login=user.login, timeout=180, success_signal="clickbot test succeeded",
        )

    def test_worker(self):
        self._click_everywhere(self.worker_a)

    def test_administrator(self):
        self._click_everywhere(self.admin_a)
