from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import format_date, mute_logger

from .common_master import MasterCommon


class MandateCase(MasterCommon):
    """A county of two municipalities kept by the office, and one kept by nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.county, cls.other_county = cls.env["integration.county"].create(
            [
                {"name": "Testkreis", "ags": "09999", "company_id": cls.office.id},
                {"name": "Anderkreis", "ags": "09998", "company_id": False},
            ]
        )
        cls.hill, cls.lake, cls.abroad = cls.env["integration.municipality"].create(
            [
                {"name": "Berg", "ags": "09999001", "county_id": cls.county.id},
                {"name": "See", "ags": "09999002", "county_id": cls.county.id},
                {"name": "Fern", "ags": "09998001", "county_id": cls.other_county.id},
            ]
        )

    @classmethod
    def _mandate(cls, start, end=None, company=None, municipality=None, **values):
        return cls.env["integration.mandate"].create(
            {
                "company_id": (company or cls.town).id,
                "municipality_id": (municipality or cls.hill).id,
                "date_start": start,
                "date_end": end,
                "mode": "own",
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestMandate(MandateCase):
    # Dates

    def test_end_before_start(self):
        with self.assertRaisesRegex(UserError, "cannot end before it starts"):
            self._mandate("2025-02-01", "2025-01-31")

    def test_one_day(self):
        mandate = self._mandate("2025-02-01", "2025-02-01")
        found = self.env["integration.mandate"]._find(self.town, self.hill, date(2025, 2, 1))
        self.assertEqual(found, mandate)

    def test_overlap_is_refused(self):
        self._mandate("2025-01-01", "2025-06-30")
        for start, end in (
            ("2025-06-30", None),
            ("2024-01-01", "2025-01-01"),
            ("2024-01-01", None),
            ("2025-03-01", "2025-03-31"),
            ("2024-12-01", "2025-12-31"),
        ):
            with (
                self.subTest(start=start, end=end),
                self.assertRaisesRegex(UserError, "Town A has a mandate for Berg"),
                self.cr.savepoint(),
            ):
                self._mandate(start, end)

    def test_overlap_by_a_later_change(self):
        first = self._mandate("2025-01-01", "2025-06-30")
        self._mandate("2025-07-01")
        with self.assertRaises(UserError):
            first.date_end = "2025-07-01"

    def test_neighbours_and_others_are_allowed(self):
        self._mandate("2025-01-01", "2025-06-30")
        self._mandate("2025-07-01")
        self._mandate("2024-01-01", "2024-12-31")
        self._mandate("2025-01-01", company=self.agency)
        self._mandate("2025-01-01", municipality=self.lake)

    def test_overlap_within_one_creation(self):
        values = {"company_id": self.town.id, "municipality_id": self.hill.id, "mode": "own"}
        with self.assertRaises(UserError):
            self.env["integration.mandate"].create(
                [{**values, "date_start": "2025-01-01"}, {**values, "date_start": "2025-02-01"}]
            )

    def test_overlap_with_a_mandate_the_user_cannot_see(self):
        """A coordinator of another county must not make a second one unnoticed."""
        self._mandate("2025-01-01")
        with self.assertRaises(UserError):
            self.env["integration.mandate"].with_user(self.coordinator).create(
                {
                    "company_id": self.town.id,
                    "municipality_id": self.hill.id,
                    "mode": "own",
                    "date_start": "2025-03-01",
                }
            )

    def test_find(self):
        old = self._mandate("2024-01-01", "2024-12-31")
        new = self._mandate("2025-01-01")
        find = self.env["integration.mandate"].with_user(self.worker)._find
        self.assertEqual(find(self.town, self.hill, date(2024, 12, 31)), old)
        self.assertEqual(find(self.town, self.hill, date(2025, 1, 1)), new)
        self.assertFalse(find(self.town, self.hill, date(2023, 12, 31)))
        self.assertFalse(find(self.town, self.lake, date(2025, 1, 1)))
        self.assertFalse(find(self.agency, self.hill, date(2025, 1, 1)))

    def test_negative_positions(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._mandate("2025-01-01", fte=-1)

    def test_dates_must_cover_the_cases_begun(self):
        """A case without a valid mandate on its start date cannot arise afterwards."""
        case = self._case(self._client(self.worker), days_ago=100)
        mandate = self.mandate_a.with_user(self.admin)
        self.assertEqual(case.mandate_id, self.mandate_a)
        for values in (
            {"date_start": case.date_start + timedelta(days=1)},
            {"date_end": case.date_start - timedelta(days=1)},
        ):
            with self.assertRaisesRegex(UserError, "no longer cover"), self.cr.savepoint():
                mandate.write(values)
        mandate.date_end = case.date_start
        mandate.date_end = False
        mandate.date_start = case.date_start
        with self.assertRaisesRegex(UserError, "Archive or end it instead"):
            mandate.unlink()

    # What a mandate belongs to

    def test_company_must_be_an_employer(self):
        company = self.env["res.company"].create({"name": "No employer"})
        with self.assertRaisesRegex(UserError, "not set up as an employer"):
            self._mandate("2025-01-01", company=company)

    def test_employer_and_municipality_are_fixed(self):
        mandate = self._mandate("2025-01-01").with_user(self.admin)
        for values in ({"company_id": self.agency.id}, {"municipality_id": self.lake.id}):
            with self.assertRaises(UserError):
                mandate.write(values)
        mandate.write({"company_id": self.town.id, "principal": "Stadt"})

    def test_display_name(self):
        start = format_date(self.env, date(2025, 1, 1))
        mandate = self._mandate("2025-01-01")
        self.assertEqual(mandate.display_name, f"Berg: Town A, from {start}")

    # Who sees and writes

    def test_who_reads(self):
        own = self._mandate("2025-01-01")
        neighbour = self._mandate("2025-01-01", company=self.agency)
        abroad = self._mandate("2025-01-01", company=self.agency, municipality=self.abroad)
        domain = [("id", "in", (own + neighbour + abroad).ids)]
        for user, expected in (
            (self.worker, own),
            (self.admin, own),
            (self.agency_admin, neighbour + abroad),
            (self.coordinator, own + neighbour),
        ):
            found = self.env["integration.mandate"].with_user(user).search(domain)
            self.assertEqual(found, expected, user.login)

    def test_worker_of_the_county_office_sees_no_employers_mandate(self):
        self._mandate("2025-01-01")
        worker = self._user("master_office_worker", "caseworker", self.office)
        self.assertFalse(self.env["integration.mandate"].with_user(worker).search([]))

    def test_worker_cannot_write(self):
        self.assertDenied(self._mandate("2025-01-01").with_user(self.worker).write, {"fte": 2})

    def test_admin_writes_own(self):
        with Form(self.env["integration.mandate"].with_user(self.admin)) as form:
            self.assertEqual(form.company_id, self.town)
            form.municipality_id = self.hill
            form.date_start = "2025-01-01"
        form.record.fte = 1.5
        foreign = self._mandate("2025-01-01", company=self.agency)
        self.assertDenied(foreign.with_user(self.admin).write, {"fte": 9})
        self.assertDenied(
            form.record.create,
            {
                "company_id": self.agency.id,
                "municipality_id": self.lake.id,
                "date_start": "2025-01-01",
                "mode": "own",
            },
        )
        form.record.unlink()

    def test_coordinator_writes_in_the_own_county_only(self):
        mandate = self._mandate("2025-01-01", company=self.agency)
        abroad = self._mandate("2025-01-01", company=self.agency, municipality=self.abroad)
        mandate.with_user(self.coordinator).fte = 3
        self.assertDenied(abroad.with_user(self.coordinator).write, {"fte": 9})
        with Form(self.env["integration.mandate"].with_user(self.coordinator)) as form:
            form.municipality_id = self.lake
            form.company_id = self.agency
            form.mode = "delegated"
            form.date_start = "2025-01-01"
        self.assertEqual(form.record.county_id, self.county)

    def test_coordinator_writes_municipalities_of_the_own_county_only(self):
        self.hill.with_user(self.coordinator).name = "Bergen"
        self.assertDenied(self.abroad.with_user(self.coordinator).write, {"name": "x"})
        self.assertDenied(self.hill.with_user(self.admin).write, {"name": "x"})
        self.assertDenied(self.other_county.with_user(self.coordinator).write, {"name": "x"})
        self.assertTrue(self.hill.with_user(self.coordinator).can_edit)
        self.assertFalse(self.abroad.with_user(self.coordinator).can_edit)

    def test_system_administrator_enters_the_county_office(self):
        system = self._new_user("master_system", "base.group_system", self.town)
        self.other_county.with_user(system).company_id = self.office
        self.abroad.with_user(self.coordinator).name = "Ferner"

    def test_coordinator_cannot_take_over_a_county_by_hand(self):
        self.assertDenied(
            self.other_county.with_user(self.coordinator).write, {"company_id": self.office.id}
        )
        self.assertDenied(
            self.env["integration.county"].with_user(self.coordinator).create,
            {"name": "x", "ags": "09997", "company_id": False},
        )


@tagged("post_install", "-at_install")
class TestMunicipality(MandateCase):
    def test_keys(self):
        for ags in ("0999900", "099990011", "0999900a", "09998009", "٠٩٩٩٩٠٠١"):
            with self.subTest(ags=ags), self.assertRaises(UserError), self.cr.savepoint():
                self.env["integration.municipality"].create(
                    {"name": "Falsch", "ags": ags, "county_id": self.county.id}
                )

    def test_county_key(self):
        for ags in ("0999", "0999x"):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.env["integration.county"].create({"name": "Falsch", "ags": ags})
        with self.assertRaises(UserError):
            self.county.ags = "09990"

    def test_key_twice(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env["integration.municipality"].create(
                {"name": "Nochmal", "ags": "09999001", "county_id": self.county.id}
            )

    def test_county_office_must_be_one(self):
        with self.assertRaisesRegex(UserError, "not set up as a county office"):
            self.county.company_id = self.agency

    def test_search_by_key(self):
        found = self.env["integration.municipality"].name_search("09999002")
        self.assertEqual([row[0] for row in found], self.lake.ids)

    def test_count(self):
        self.assertEqual(self.county.with_user(self.worker).municipality_count, 2)

    def test_used_municipality_is_kept(self):
        self._mandate("2025-01-01")
        with self.assertRaisesRegex(UserError, "Archive or end it instead"):
            self.hill.unlink()
        self.lake.unlink()

    def test_filter_without_mandate(self):
        self._mandate("2025-01-01")
        today = [
            ("date_start", "<=", "today"),
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", "today"),
        ]
        found = self.env["integration.municipality"].search(
            [("county_id", "=", self.county.id), ("mandate_ids", "not any", today)]
        )
        self.assertEqual(found, self.lake)
