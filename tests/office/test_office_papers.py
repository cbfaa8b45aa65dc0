from odoo.exceptions import AccessError
from odoo.tests import tagged

from .office_common import OfficeCommon

NOTICE = "integration_management.integration_office_notice"
ROOMS = "integration_management.integration_office_rooms"


@tagged("post_install", "-at_install")
class TestOfficePapers(OfficeCommon):
    """The notice at the door, and the rooms that are missing."""

    def _html(self, report, towns, user=None):
        reports = self._as(user or self.worker_a)["ir.actions.report"]
        html, _kind = reports._render_qweb_html(report, towns.ids)
        return html.decode()

    def test_a_page_in_each_of_five_languages(self):
        self.office.room_id = self.office.env["integration.office.room"].create(
            {"name": "Town hall, room 12", "municipality_id": self.town_a.id}
        )
        html = self._html(NOTICE, self.town_a)
        for words in (
            "Sprechstunde des", "Office hours of", "ساعات الاستشارة", "Години прийому",
            "görüşme saatleri",
        ):  # fmt: skip
            self.assertIn(words, html)
        self.assertEqual(html.count("Town hall, room 12"), 5)
        self.assertIn('dir="rtl"', html)
        self.assertNotIn(self.worker_a.name, html)

    def test_the_notice_is_of_the_own_employer(self):
        self._session(self.worker_b, days=2, time_from=6, time_to=7)
        self.assertNotIn("06:00", self._html(NOTICE, self.town_a))
        for user in (self.dpo_a, self.county_user, self.accommodation):
            with self.assertRaises(AccessError):
                self._html(NOTICE, self.town_a, user)

    def test_the_rooms_report_says_what_is_missing(self):
        html = self._html(ROOMS, self.town_a | self.town_b, self.county_user)
        self.assertIn("no room is entered", html)
