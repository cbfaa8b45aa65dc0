from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import MODULE
from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestDirectory(ReferralCommon):
    """Whether the directory still holds, and what it shows by municipality."""

    def test_after_a_year_somebody_looks_again(self):
        day = self.today
        for checked, due in (
            (False, True),
            (day - timedelta(days=366), True),
            (day - timedelta(days=364), False),
            (day, False),
        ):
            self.advice_centre.checked_on = checked
            self.assertEqual(self.advice_centre.check_due, due, checked)
            found = self.env["integration.service"].search([("check_due", "=", True)])
            self.assertEqual(self.advice_centre in found, due)
            rest = self.env["integration.service"].search([("check_due", "=", False)])
            self.assertEqual(self.advice_centre in rest, not due)

    def test_categories_are_never_due(self):
        category = self.env["integration.service"].create({"name": "C", "kind": "category"})
        self.assertFalse(category.check_due)

    def test_still_right_with_one_click_also_by_a_worker(self):
        entry = self.advice_centre.with_user(self.worker_a)
        with self.assertRaises(AccessError):
            entry.phone = "1"
        entry.action_still_right()
        self.assertFalse(self.advice_centre.check_due)
        self.assertEqual(self.advice_centre.checked_by_id, self.worker_a)
        self.assertEqual(self.advice_centre.checked_on, self.today)

    def test_not_for_an_entry_one_may_not_read_nor_for_strangers(self):
        own = self.env["integration.service"].create(
            {"name": "Of B", "company_id": self.company_b.id}
        )
        for user, entry in (
            (self.worker_a, own),
            (self.employee, self.advice_centre),
            (self.portal, self.advice_centre),
        ):
            with self.assertRaises(AccessError):
                entry.with_user(user).action_still_right()

    def test_a_day_entered_by_hand_names_who_entered_it(self):
        county = self.advice_centre.with_user(self.county_user)
        county.checked_on = self.today - timedelta(days=3)
        self.assertEqual(self.advice_centre.checked_by_id, self.county_user)
        with self.assertRaises(ValidationError):
            county.checked_on = self.today + timedelta(days=1)

    def test_an_own_area_stays_with_its_employer(self):
        own = self.env["integration.area"].create(
            {"name": "Own", "code": "own", "reporting_group": "x", "company_id": self.company_b.id}
        )
        with self.assertRaises(UserError):
            self.advice_centre.area_ids = own

    def test_list_by_municipality(self):
        self.advice_centre.municipality_ids = self.town_a | self.town_b
        groups = self.env["integration.service"].formatted_read_group(
            [("id", "in", (self.advice_centre | self.midwife).ids)],
            ["municipality_ids"],
            ["__count"],
        )
        self.assertEqual(sorted(group["__count"] for group in groups), [1, 1, 1])
        action = self.env.ref(f"{MODULE}.integration_service_action_by_municipality")
        self.assertIn("search_default_group_municipality", action.context)
