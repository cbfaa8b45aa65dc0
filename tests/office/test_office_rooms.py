from odoo.exceptions import AccessError
from odoo.tests import tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeRooms(OfficeCommon):
    """Which municipality provides a fit room (county standard 3.3)."""

    def _room(self, user=None, **values):
        return self._as(user or self.worker_a)["integration.office.room"].create(
            {
                "name": "Town hall, room 12",
                "municipality_id": self.town_a.id,
                "accessible": True,
                "private_talk": True,
                **values,
            }
        )

    def _state(self, user, town=None):
        town = (town or self.town_a).with_env(self._as(user))
        town.invalidate_recordset()
        return town.office_room_state

    def test_what_a_room_lacks(self):
        room = self._room()
        self.assertTrue(room.is_fit)
        self.assertFalse(room.lacks)
        for values in ({"accessible": False}, {"private_talk": False}, {"seats": 2}):
            lacking = self._room(**values)
            self.assertFalse(lacking.is_fit)
            self.assertTrue(lacking.lacks)
        self.assertIn("municipality", self._room(provider="other").lacks)
        with self._refused("persons fit"):
            self._room(seats=0)

    def test_missing_unfit_fit(self):
        self.assertEqual(self._state(self.worker_a), "missing")
        own = self._room(provider="employer")
        self.assertEqual(self._state(self.worker_a), "missing", "the municipality provides none")
        unfit = self._room(private_talk=False)
        self.assertEqual(self._state(self.worker_a), "unfit")
        unfit.private_talk = True
        self.assertEqual(self._state(self.worker_a), "fit")
        unfit.active = False
        self.assertEqual(self._state(self.worker_a), "missing")
        self.assertTrue(own.is_fit)

    def test_the_filters_find_what_the_column_says(self):
        self._room(private_talk=False)
        self._room(self.worker_b, municipality_id=self.town_b.id)
        towns = self._as(self.county_user)["integration.municipality"].search([])
        for state in ("missing", "unfit", "fit"):
            found = towns.search([("office_room_state", "=", state)])
            self.assertEqual(
                set(found), set(towns.filtered(lambda t, s=state: t.office_room_state == s)), state
            )
        self.assertEqual(self._state(self.county_user), "unfit")
        self.assertEqual(self._state(self.county_user, self.town_b), "fit")

    def test_another_employer_learns_nothing_of_a_room(self):
        room = self._room()
        self.assertEqual(self._state(self.worker_b), "missing")
        with self.assertRaises(AccessError):
            room.with_env(self._as(self.worker_b)).read(["name"])
        with self.assertRaises(AccessError):
            room.with_env(self._as(self.county_user)).name = "Changed"

    def test_the_report_counts_what_the_reader_may_see(self):
        self._room(private_talk=False)
        report = self._as(self.county_user)[
            "report.integration_management.integration_office_rooms"
        ]
        towns = self.town_a | self.town_b
        values = report._get_report_values(towns.ids)
        self.assertEqual([number for _label, number in values["counts"]], [1, 1, 0])
        with self.assertRaises(AccessError):
            report.with_env(self._as(self.dpo_a))._get_report_values(towns.ids)
