import json
import re

from odoo.tests import tagged

from .test_screens import APP, ScreensCommon
from .thirds import due

LOADER = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
# What the robot knows when it has been to an app and has yet to go through its menus
ENTERED = {
    "light": False,
    "studioCount": 0,
    "testedApps": [APP],
    "testedMenus": [APP],
    "testedFilters": 0,
    "testedModals": 0,
    "appIndex": 0,
    "menuIndex": 0,
    "subMenuIndex": 0,
}


@tagged("post_install", "-at_install", "click_all")
class TestClickAll(ScreensCommon):
    """Odoo's own robot clicks every menu, view and filter of the app.

    It is shown a third of the menus each time (thirds.py); the app itself counts as one of them.
    """

    allow_end_on_form = True

    def _click_everywhere(self, user):
        root = self.env.ref(APP)
        menus = self._visible(user, root)
        names = menus.get_external_id()
        wanted = menus.filtered(lambda menu: due("click", user.login, names[menu.id]))
        (menus - wanted - root).active = False
        url, state = "/odoo", "undefined"
        if root not in wanted:
            # A dialog would stay open over the page on which the robot begins
            action = next(
                menu.action
                for menu in wanted + menus
                if "target" in menu.action and menu.action.target == "current"
            )
            url, state = f"/odoo/{action.path or f'action-{action.id}'}", json.dumps(ENTERED)
        with self._console() as lines:
            self.browser_js(
                url,
                f"{LOADER}.startClickEverywhere('{APP}', false, {state});",
                "odoo.isReady === true",
                login=user.login,
                timeout=180,
                success_signal="clickbot test succeeded",
            )
        tested = re.findall(r"^Testing menu .* (\S+)$", "\n".join(lines), re.MULTILINE)
        self.assertEqual(sorted(tested), sorted(names[menu.id] for menu in wanted))

    def _visible(self, user, root):
        """Return what ``user`` can click in the app: its menus with an action, and the app.

        A menu is reached through those above it only.
        """
        menus = self.env["ir.ui.menu"].with_context(**{"ir.ui.menu.full_list": True})
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        found = reached = root
        while reached := reached.child_id.filtered(lambda menu: menu.id in visible):
            found |= reached
        # In the order of the screen
        found = menus.search([("id", "in", found.ids)])
        return found.filtered("action") | root

    def test_worker(self):
        self._click_everywhere(self.worker_a)

    def test_administrator(self):
        self._click_everywhere(self.admin_a)
