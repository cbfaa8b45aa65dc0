import json
import re

from lxml import etree

from odoo.tests import TransactionCase, tagged

from ..common import MODULE
from .thirds import due
from .ui_common import UiCommon

APP = f"{MODULE}.integration_menu_root"


class ScreensCommon(UiCommon):
    """Opens menus: a third of them each time, another third for each role (thirds.py)."""

    walk = "screen"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = cls._client(cls.worker_a, "Beispielenko, Olha", birthdate="1990-05-01")
        case = cls._case(client)
        cls._talk(case, topic_ids=cls.env.ref(f"{MODULE}.topic_housing_search").ids)
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "area_id": cls.env.ref(f"{MODULE}.area_housing").id,
                            "name": "A flat of our own",
                            "step_ids": [
                                (0, 0, {"name": "Look at adverts", "date_due": cls.today})
                            ],
                        },
                    )
                ],
            }
        )
        plan.action_agree()
        cls._as(cls.lead_a)["integration.report"].create(
            {"date_from": cls.today.replace(day=1), "date_to": cls.today}
        )

    def _open(self, user, has, lacks):
        loader = "odoo.loader.modules.get('@integration_management/../tests/tours/open_menus')"
        skipped = sorted(name for name in self._menus() if not due(self.walk, user.login, name))
        with self._console() as lines:
            self.browser_js(
                "/odoo",
                f"{loader}.openMenus('{APP}', {json.dumps(skipped)})",
                "odoo.isReady === true",
                login=user.login,
                timeout=120,
                success_signal="all menus opened",
            )
        shown, opened = (self._told(lines, word) for word in ("has: ", "opened: "))
        self.assertLessEqual(set(has), shown)
        self.assertFalse(set(lacks) & shown)
        self.assertEqual(opened, shown - set(skipped))
        # Texts stand out from their ground (WCAG 2.2, 1.4.3)
        self.assertEqual([line for line in lines if line.startswith("pale: ")], [])

    def _menus(self):
        """Return the names of all menus of the module."""
        return (
            self.env["ir.model.data"]
            .search([("module", "=", MODULE), ("model", "=", "ir.ui.menu")])
            .mapped("name")
        )

    @staticmethod
    def _told(lines, word):
        """Return the menus that the browser listed behind ``word``."""
        names = next(line for line in lines if line.startswith(word))
        return set(names.removeprefix(word).split(",")) - {""}


@tagged("post_install", "-at_install")
class TestScreens(ScreensCommon):
    """Every menu of every role opens, and so does the first record in it, without an error.

    All texts in them can be read.
    """

    def test_worker(self):
        self._open(
            self.worker_a,
            {"integration_menu_cases_my", "integration_menu_persons", "integration_report_menu"},
            {"integration_menu_cases_team", "integration_mandate_menu"},
        )

    def test_lead(self):
        self._open(
            self.lead_a,
            {"integration_menu_cases_team", "integration_plan_menu_plans"},
            {"integration_menu_cases_my", "integration_menu_persons"},
        )

    def test_administrator(self):
        self._open(
            self.admin_a,
            {"integration_mandate_menu", "integration_menu_first_steps"},
            {"integration_menu_cases_my", "integration_menu_cases_team"},
        )

    def test_reporting(self):
        self._open(self.reporting_a, {"integration_report_menu"}, {"integration_menu_cases_team"})

    def test_county(self):
        self._open(
            self.county_user,
            {"integration_report_menu", "integration_municipality_menu"},
            {"integration_menu_cases_my", "integration_menu_consents"},
        )

    def test_data_protection(self):
        self._open(
            self.dpo_a,
            {"integration_menu_consents"},
            {"integration_menu_cases_my", "integration_report_menu"},
        )


@tagged("post_install", "-at_install")
class TestScreensPhone(ScreensCommon):
    """The same at 390 px, by the roles that stand at doors with a phone in the hand."""

    browser_size = "390x844"
    touch_enabled = True
    walk = "screen on a phone"

    def test_worker(self):
        self._open(self.worker_a, {"integration_menu_cases_my"}, {"integration_mandate_menu"})

    def test_lead(self):
        self._open(self.lead_a, {"integration_menu_cases_team"}, {"integration_menu_cases_my"})

    def test_accommodation(self):
        self._open(self.accommodation, set(), {"integration_menu_cases_my"})

    def test_municipality(self):
        self._open(self.municipality, set(), {"integration_menu_cases_my"})


@tagged("post_install", "-at_install")
class TestCards(TransactionCase):
    """Lists are cards on a phone, and a card shows what its view has loaded."""

    def test_cards_ask_for_what_they_show(self):
        views = self.env["ir.ui.view"].search(
            [("type", "in", ["form", "kanban"]), ("model", "=like", "integration.%")]
        )
        missing = set()
        for view in views.filtered(lambda view: view.mode == "primary"):
            for cards in etree.fromstring(view.get_combined_arch()).iter("kanban"):
                words = etree.tostring(cards, encoding="unicode")
                loaded = {field.get("name") for field in cards.iter("field")}
                shown = set(re.findall(r"\brecord\.(\w+)\.(?:raw_)?value", words))
                missing |= {(view.name, name) for name in shown - loaded}
        self.assertEqual(missing, set())
