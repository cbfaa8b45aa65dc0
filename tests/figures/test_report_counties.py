from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestReportCounties(IntegrationCommon):
    """Two counties in one database: each coordinator's figures end at her own border.

    Employer A works in both counties, employer B has mandates in both and works in the other
    one only.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env
        cls.year = cls.today.year - 1
        cls.office = env["res.company"].create(
            {"name": "Other County Office", "integration_employer_type": "county"}
        )
        cls.other_county = env["integration.county"].create(
            {"name": "Other County", "ags": "08998", "company_id": cls.office.id}
        )
        cls.town_x = env["integration.municipality"].create(
            {"name": "Xheim", "ags": "08998001", "county_id": cls.other_county.id}
        )
        employers = cls.company_a + cls.company_b
        (employers + cls.company_county + cls.office).integration_small_number = 3
        env["integration.mandate"].create(
            [
                {
                    "company_id": company.id,
                    "municipality_id": cls.town_x.id,
                    "mode": "own",
                    "date_start": cls.start,
                }
                for company in employers
            ]
        )
        cls.other_user = cls._new_user("other_county_user", f"{MODULE}.group_county", cls.office)
        cls.benefit = env["integration.benefit.type"].create(
            {"name": "Paid elsewhere", "code": "elsewhere", "company_id": False}
        )
        # (worker, municipality, persons): nobody is counselled by B in her own coordinator's county
        for worker, town, number in (
            (cls.worker_a, cls.town_a, 4),
            (cls.colleague_a, cls.town_x, 5),
            (cls.worker_b, cls.town_x, 9),
        ):
            cls._counsel(worker, town, number)
        cls.benefit.active = False
        env.flush_all()

    @classmethod
    def _counsel(cls, worker, town, number):
        first = date(cls.year, 1, 1)
        for index in range(number):
            client = cls._client(worker, f"Secret {worker.login} {index}", consent=False)
            cls._consent(client, date=first)
            case = cls._case(client, municipality=town, days_ago=(cls.today - first).days)
            cls._talk(case, days_ago=(cls.today - date(cls.year, 5, 10)).days)
            if town == cls.town_x:
                client.env["integration.benefit"].create(
                    {"client_id": client.id, "date_from": first, "type_id": cls.benefit.id}
                )

    def _report(self, user, profile, **values):
        return self._as(user)["integration.report"].create(
            {
                "profile": profile,
                "date_from": date(self.year, 1, 1),
                "date_to": date(self.year, 12, 31),
                **values,
            }
        )

    def _requests(self, user, county):
        """Yield the report of each kind of scope that there is for a coordinator."""
        for profile in ("state", "local"):
            yield self._report(user, profile, scope="county", county_id=county.id)
            yield self._report(user, profile, scope="all")
            for town in county.municipality_ids:
                yield self._report(user, profile, scope="municipality", municipality_id=town.id)
            for employer in (self.company_a, self.company_b):
                yield self._report(user, profile, scope="employer", employer_id=employer.id)

    def _persons(self, report, breakdown="total"):
        """Return {name of the column: persons counselled}."""
        matrix = report._matrix()
        row = matrix.by_rule("person")
        if breakdown == "total":
            return matrix.value(row)
        return {
            column.label: matrix.value(row, breakdown, column.key)
            for column in matrix.columns[breakdown]
        }

    def test_columns_end_at_the_border(self):
        """No municipality of another county is listed, in whatever table."""
        for user, county in ((self.county_user, self.county), (self.other_user, self.other_county)):
            own = set(county.municipality_ids.mapped("name"))
            for report in self._requests(user, county):
                columns = report._matrix().columns.get("municipality", [])
                labels = {column.label for column in columns}
                self.assertLessEqual(labels, own, (report.profile, report.scope))

    def test_numbers_end_at_the_border(self):
        """Work in another county adds to no number, in whatever table."""
        for user, county, counselled in (
            (self.county_user, self.county, {self.company_a: 4, self.company_b: 0}),
            (self.other_user, self.other_county, {self.company_a: 5, self.company_b: 9}),
        ):
            for report in self._requests(user, county):
                there = {
                    "employer": counselled.get(report.employer_id),
                    "municipality": 0
                    if report.municipality_id == self.town_b
                    else sum(counselled.values()),
                }.get(report.scope, sum(counselled.values()))
                what = (user.login, report.profile, report.scope, report.scope_label)
                self.assertEqual(self._persons(report), there, what)
                if "municipality" in report._matrix().columns:
                    numbers = self._persons(report, "municipality")
                    self.assertEqual(sum(numbers.values()), there, what)
                if report.scope in ("county", "all"):
                    numbers = self._persons(report, "employer")
                    names = {company.name: n for company, n in counselled.items()}
                    self.assertEqual(numbers, names, what)

    def test_traits_end_at_the_border(self):
        """Not even the name of a kind of benefit tells what somebody elsewhere gets."""
        for user, county, listed in (
            (self.county_user, self.county, False),
            (self.other_user, self.other_county, True),
        ):
            report = self._report(user, "local", scope="county", county_id=county.id)
            labels = {row.text("label", "en_US") for row in report._matrix().rows}
            self.assertEqual("Paid elsewhere" in labels, listed, user.login)

    def test_no_way_across(self):
        """Another county, its municipalities and its employers are refused."""
        for values in (
            {"scope": "county", "county_id": self.other_county.id},
            {"scope": "municipality", "municipality_id": self.town_x.id},
            {"scope": "employer", "employer_id": self.office.id},
        ):
            for profile in ("state", "local"):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    self._report(self.county_user, profile, **values)

    def test_wizard_ends_at_the_border(self):
        """Nobody is offered, and nobody's time told, who works in another county only."""
        only_there = self._new_user("worker_x", f"{MODULE}.group_caseworker", self.company_b)
        employer = self.env["res.company"].create(
            {"name": "Town C", "integration_employer_type": "municipality"}
        )
        self.env["integration.mandate"].create(
            {
                "company_id": employer.id,
                "municipality_id": self.town_a.id,
                "mode": "own",
                "date_start": self.start,
            }
        )
        new_here = self._new_user("worker_new", f"{MODULE}.group_caseworker", employer)
        self._counsel(only_there, self.town_x, 1)
        wizard = self._as(self.county_user)["integration.report.wizard"].create({})
        offered = wizard.available_user_ids.with_env(self.env)
        self.assertIn(self.worker_a, offered)
        self.assertNotIn(only_there, offered)
        self.assertNotIn(self.colleague_a, offered)
        self.assertIn(new_here, offered, "without work yet, of an employer of this county alone")
        self.assertNotIn(self.town_x, wizard.available_municipality_ids)
        mandates = [name for _key, name in wizard._selection_mandate()]
        self.assertFalse([name for name in mandates if "Xheim" in name])
        self.assertIn(only_there, self._offered(self.other_user))
        self.assertIn(self.colleague_a, self._offered(self.lead_a), "her own employer, everywhere")

    def _offered(self, user):
        wizard = self._as(user)["integration.report.wizard"].create({})
        return wizard.available_user_ids.with_env(self.env)

    def test_whole_time_ends_at_the_border(self):
        """Somebody's whole time is that of her work in the county."""
        client = self._client(self.worker_a, "Secret", consent=False)
        early = date(self.year - 1, 12, 1)
        self._consent(client, date=early)
        self._case(client, municipality=self.town_x, days_ago=(self.today - early).days)
        for user, start in ((self.county_user, date(self.year, 1, 1)), (self.lead_a, early)):
            wizard = self._as(user)["integration.report.wizard"].create(
                {"preset": "worker", "scope": "worker", "user_id": self.worker_a.id}
            )
            self.assertEqual(wizard.date_from, start, user.login)
