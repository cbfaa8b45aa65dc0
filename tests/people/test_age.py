from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .people_common import PeopleCommon


@tagged("post_install", "-at_install")
class TestAge(PeopleCommon):
    """Who is how old, on which day: guardians and figures rest on it."""

    def _person(self, born):
        return self.env["integration.client"].new({"birthdate": born})

    def test_age_counts_whole_years(self):
        for born, day, age in (
            ("2007-06-15", "2007-06-15", 0),
            ("2007-06-15", "2008-06-14", 0),
            ("2007-06-15", "2008-06-15", 1),
            ("2007-06-15", "2025-06-14", 17),
            ("2007-06-15", "2025-06-15", 18),
            ("2007-12-31", "2025-01-01", 17),
            ("1929-01-01", "2025-12-31", 96),
            # Born on a leap day: no birthday in most years
            ("2004-02-29", "2020-02-28", 15),
            ("2004-02-29", "2020-02-29", 16),
            ("2004-02-29", "2022-02-27", 17),
            ("2004-02-29", "2022-03-01", 18),
            # … and on the day before it
            ("2004-02-28", "2022-02-28", 18),
        ):
            with self.subTest(born=born, day=day):
                person = self._person(born)
                self.assertEqual(person._age_on(date.fromisoformat(day)), age)
                self.assertEqual(person._is_minor(date.fromisoformat(day)), age < 18)

    def test_unknown_age_counts_as_adult(self):
        """Nobody is kept from signing because the papers are lost."""
        person = self._person(False)
        self.assertEqual((person._age_on(self.today), person.age), (0, 0))
        self.assertIs(person._is_minor(), False)
        self.assertIs(person._is_minor(date(1990, 1, 1)), False)

    def test_birthday_begins_at_midnight_of_berlin(self):
        """In summer at 22, in winter at 23 hours of the time the server knows."""
        for born, moment, age in (
            ("2007-06-15", "2025-06-14 21:59:59", 17),
            ("2007-06-15", "2025-06-14 22:00:00", 18),
            ("2007-12-15", "2025-12-14 22:59:59", 17),
            ("2007-12-15", "2025-12-14 23:00:00", 18),
            ("2007-12-15", "2025-12-15 22:59:59", 18),
        ):
            with self.subTest(moment), freeze_time(moment):
                person = self._person(born)
                self.assertEqual((person.age, person._is_minor()), (age, age < 18))

    def test_zone_of_the_reader_does_not_matter(self):
        (client,) = self._clients(self.worker_a, "Luam Erfunden", birthdate="2007-06-15")
        for zone in ("Pacific/Kiritimati", "America/Los_Angeles", False):
            with self.subTest(zone), freeze_time("2025-06-14 22:30:00"):
                self.worker_a.tz = zone
                client.invalidate_recordset(["age"])
                self.assertEqual(client.with_context(tz=zone).age, 18)

    def test_age_follows_a_corrected_date_of_birth(self):
        (client,) = self._clients(self.worker_a, "Yusuf Beispiel")
        for born, age, minor in (
            (self._born(17, 300), 17, True),
            (self._born(18), 18, False),
            (self._born(18, -1), 17, True),
            (False, 0, False),
        ):
            client.birthdate = born
            self.assertEqual((client.age, client._is_minor()), (age, minor))

    # ------------------------------------------------------------
    # Born in the future
    # ------------------------------------------------------------

    def test_nobody_is_born_tomorrow(self):
        (baby,) = self._clients(self.worker_a, "Saba Musterova", birthdate=self.today)
        self.assertEqual((baby.age, baby._is_minor()), (0, True))
        refused = f"^File {baby.file_number}: the date of birth lies in the future"
        self.assertRefused(refused, baby.write, {"birthdate": self._ago(-1)}, error=ValidationError)
        self.assertEqual(baby.birthdate, self.today)

    def test_one_bad_date_leaves_none_of_several(self):
        before = self.env["integration.client"].search_count([])
        partners = self.env["res.partner"].search_count([])
        self.assertRefused(
            r"^File \d{4}-\d+: the date of birth lies in the future",
            self._as(self.worker_a)["integration.client"].create,
            [
                {"name": "Oksana Musterova", "birthdate": self._born(30)},
                {"name": "Taras Musterova", "birthdate": self._ago(-400)},
            ],
            error=ValidationError,
        )
        self.assertEqual(self.env["integration.client"].search_count([]), before)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_baby_born_after_midnight_of_berlin(self):
        """It is entered at the clinic, while the server still has yesterday."""
        with freeze_time(f"{self.today} 23:30:00"):
            (baby,) = self._clients(self.worker_a, "Noor Beispiel", birthdate=self._ago(-1))
            self.assertEqual(baby.age, 0)
            self.assertRefused(
                "in the future", baby.write, {"birthdate": self._ago(-2)}, error=ValidationError
            )
