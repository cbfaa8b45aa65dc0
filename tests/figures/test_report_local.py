import json
from collections import Counter
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.integration_management.figures.protection.local import LocalFigures
from odoo.addons.integration_management.figures.protection.request import local_request
from odoo.addons.integration_management.figures.registry import RULES

from ..common import MODULE
from ..product import thirds
from .figures_local_common import LocalFiguresCommon
from .figures_recount_local import LocalRecount

PERIODS = [(m, m) for m in range(1, 13)] + [(1, 3), (4, 6), (10, 12), (1, 6), (7, 12), (1, 12)]


@tagged("post_install", "-at_install")
class TestReportLocal(LocalFiguresCommon):
    """Local monitoring: the numbers that are printed are right."""

    def test_recount(self):
        """Every printed number of all periods and levels equals the recount."""
        recount, printed = LocalRecount(self.env), Counter()
        # The whole year each time: of months alone a county prints next to nothing
        due = [p for p in PERIODS if thirds.due("local", *p) or p == (1, 12)]
        for months in due:
            for user, values in (
                (self.county_user, {"scope": "county", "county_id": self.county.id}),
                (self.county_user, {"scope": "municipality", "municipality_id": self.town_b.id}),
                (self.county_user, {"scope": "employer", "employer_id": self.company_b.id}),
                (self.reporting_a, {"scope": "all"}),
                (self.worker_a, {"scope": "worker", "user_id": self.worker_a.id}),
            ):
                report = self._report(user, months, **values)
                printed[values["scope"]] += self._assert_recounted(report, recount)
        # Of a worker with so few persons hardly anything but zeros can be printed
        for scope in ("county", "employer", "all"):
            self.assertGreater(printed[scope], 3, scope)

    def test_categories_add_up(self):
        """Everybody has one category of every trait; the total is that of the state figures."""
        report = self._report(self.county_user, scope="county", county_id=self.county.id)
        self.env["res.company"].search([]).integration_small_number = 3
        matrix = report._matrix()
        total = matrix.value(matrix.by_rule("person"))
        state = self._as(self.county_user)["integration.report"].create(
            {"date_from": report.date_from, "date_to": report.date_to, "scope": "all"}
        )
        self.assertEqual(total, state._matrix().value(state._matrix().by_rule("person")))
        for heading in matrix.headings():
            numbers = [matrix.value(row) for row in matrix.items(heading)]
            if None not in numbers:
                self.assertEqual(sum(numbers), total, heading.code)
            self.assertLessEqual(sum(filter(None, numbers)), total, heading.code)

    def test_one_decision_for_all(self):
        """The same table looks the same, the person who prints it and as part of whatever."""
        key = str(self.company_b.id)
        county = self._report(self.county_user, (7, 9), scope="county", county_id=self.county.id)
        own = self._report(self.lead_b, (7, 9), scope="all")
        whole_year = self._report(self.lead_b, (1, 12), scope="all")
        month = self._report(self.lead_b, (8, 8), scope="all")
        for row in own._matrix().rows:
            as_part = county._matrix().value(row, "employer", key)
            self.assertEqual(own._matrix().value(row), as_part, row.code)
            column = f"{self.year}-08-01"
            for report in (own, whole_year):
                as_column = report._matrix().value(row, "month", column)
                self.assertEqual(as_column, month._matrix().value(row), row.code)

    def test_what_was_printed_stays_printed(self):
        """Later months change no table that was printed at the end of its period."""
        tables = (
            (self.lead_b, (1, 3), {"scope": "all"}),
            (self.county_user, (4, 6), {"scope": "county", "county_id": self.county.id}),
            (self.worker_a, (2, 2), {"scope": "worker", "user_id": self.worker_a.id}),
        )
        self.env.cr.execute("SAVEPOINT whole_year")
        self.env.cr.execute(
            "DELETE FROM integration_contact_person WHERE date > %s", [date(self.year, 6, 30)]
        )
        self.env.invalidate_all()
        before = [
            self._report(user, months, **values)._matrix().rows_data()
            for user, months, values in tables
        ]
        self.env.flush_all()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT whole_year")
        self.env.invalidate_all()
        for (user, months, values), rows in zip(tables, before, strict=True):
            now = self._report(user, months, **values)._matrix().rows_data()
            self.assertEqual(*(self._numbers(data) for data in (now, rows)))

    def _numbers(self, rows):
        """Return the total of every row, without rows of categories that came up nowhere."""
        return {
            (row["code"], row["item"]): row["figures"]["total"]
            for row in rows
            if row["figures"] and row["figures"]["total"] != [0]
        }

    def test_work_without_mandate_is_not_the_countys(self):
        """What an employer does in a county without a mandate is in none of its numbers."""
        self.other_county.sudo().company_id = self.company_county
        cases = self.env["integration.case"].search([("company_id", "=", self.company_b.id)])
        self._as(self.worker_b)["integration.contact"].create(
            [
                {
                    "case_id": case.id, "municipality_id": self.far.id,
                    "user_id": self.worker_b.id, "date": date(self.year, 5, 5),
                    "channel_id": self.home_visit.id,
                    "person_ids": [Command.create({"client_id": case.client_id.id})],
                }
                for case in cases
            ]
        )  # fmt: skip
        for values in (
            {"scope": "county", "county_id": self.other_county.id},
            {"scope": "municipality", "municipality_id": self.far.id},
        ):
            report = self._report(self.county_user, **values)
            asked = self._as(self.county_user)
            request = local_request(asked, report.with_env(asked)._figures_request())
            figures = LocalFigures(self.env(su=True), request)
            trait = RULES["trait_sex"].trait
            paths = figures._reader().paths(trait)
            year = figures._year(("trait_sex", 0), set().union(*map(set, paths.values())), paths)
            block = figures.node, request.span
            persons = len(figures.blocks[block])
            self.assertTrue(persons)
            self.assertEqual(sum(year.numbers[block].values()), persons, values)
            total = report._matrix().value(report._matrix().by_rule("person"))
            self.assertEqual(total, persons, values)

    def test_number_of_queries(self):
        """Neither months nor workers nor employers add queries."""
        self._report(self.county_user, scope="all")
        numbers = set()
        for months, values in (
            ((8, 8), {"scope": "employer", "employer_id": self.company_b.id}),
            ((1, 12), {"scope": "county", "county_id": self.county.id}),
        ):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._report(self.county_user, months, **values)
            numbers.add(self.env.cr.sql_log_count - before)
        self.assertEqual(len(numbers), 1, numbers)


@tagged("post_install", "-at_install")
class TestReportLocalWalls(LocalFiguresCommon):
    """Local monitoring: what is refused, and what is not even stored."""

    def _refused(self, user, start, stop, error=UserError, **values):
        with self.assertRaises(error, msg=f"{user.login} {start} {stop} {values}"):
            self._as(user)["integration.report"].create(
                {"profile": "local", "date_from": start, "date_to": stop, **values}
            )

    def test_whole_periods_only(self):
        """Anyone who asks: papers are handed on."""
        year, day = self.year, timedelta(days=1)
        for user in (self.reporting_a, self.admin_a, self.lead_a, self.county_user, self.worker_a):
            values = {"scope": "all"}
            for start, stop in (
                (date(year, 1, 1), date(year, 1, 30)),
                (date(year, 1, 2), date(year, 1, 31)),
                (date(year, 1, 1), date(year, 2, 28)),
                (date(year, 2, 1), date(year, 4, 30)),
                (date(year, 4, 1), date(year, 9, 30)),
                (date(year - 1, 7, 1), date(year, 6, 30)),
                (date(year - 1, 1, 1), date(year, 12, 31)),
                (date(year, 5, 5), date(year, 5, 5)),
                (self.today.replace(day=1), self.today),
                (date(self.today.year, 1, 1), date(self.today.year, 12, 31)),
            ):
                self._refused(user, start, stop, **values)
            self._refused(user, date(year, 3, 31) + day, date(year, 6, 30) - day, **values)

    def test_hierarchy_only(self):
        whole = (date(self.year, 1, 1), date(self.year, 12, 31))
        own_town = {"scope": "municipality", "municipality_id": self.town_a.id}
        self._refused(self.worker_a, *whole, **own_town)
        own = {"scope": "worker", "user_id": self.worker_a.id}
        self._refused(self.county_user, *whole, **own)
        county = {"scope": "county", "county_id": self.county.id}
        self._refused(self.lead_a, *whole, **county)
        other = {"scope": "employer", "employer_id": self.company_b.id}
        self._refused(self.lead_a, *whole, AccessError, **other)
        colleague = {"scope": "worker", "user_id": self.colleague_a.id}
        self._refused(self.worker_a, *whole, AccessError, **colleague)
        for user, values in (
            (self.lead_a, own), (self.lead_a, own_town), (self.worker_a, own),
            (self.county_user, county), (self.county_user, other),
        ):  # fmt: skip
            self.assertTrue(self._report(user, **values), (user.login, values))

    def test_two_employers_at_once(self):
        """The sum of two employers is no level of the hierarchy."""
        self.lead_a.company_ids += self.company_b
        env = self.env(
            user=self.lead_a,
            su=False,
            context={"allowed_company_ids": (self.company_a + self.company_b).ids},
        )
        values = {
            "profile": "local",
            "date_from": date(self.year, 1, 1),
            "date_to": date(self.year, 12, 31),
        }
        with self.assertRaises(UserError):
            env["integration.report"].create({**values, "scope": "all"})
        one = {"scope": "employer", "employer_id": self.company_b.id}
        self.assertTrue(env["integration.report"].create({**values, **one}))

    def test_county_gets_no_worker(self):
        report = self._report(self.county_user, scope="county", county_id=self.county.id)
        self.assertNotIn("worker", report._matrix().columns)
        self.assertIn("worker", self._report(self.lead_a, scope="all")._matrix().columns)

    def test_hidden_numbers_are_not_stored(self):
        """Neither lines nor screen hold a number below the threshold."""
        report = self._report(self.lead_b, scope="all")
        report.action_submit()
        stored = [
            number
            for line in report.sudo().line_ids.filtered(lambda line: line.rule.startswith("trait"))
            for numbers in (line.figures or {}).values()
            for number in numbers
        ]
        self.assertIn(None, stored)
        self.assertFalse([number for number in stored if number in (1, 2)])
        self.assertIn("A dot (.) stands for a number that is not printed", report.body)
        self.assertNotIn("Secret", json.dumps(report.sudo().line_ids.read(), default=str))

    def test_larger_threshold_of_the_two_holds(self):
        """What the county hides, an employer of hers does not print, and the reverse."""
        for company in (self.company_b, self.company_county):
            company.integration_small_number = 9
            for user, values in (
                (self.lead_b, {"scope": "all"}),
                (self.county_user, {"scope": "employer", "employer_id": self.company_b.id}),
            ):
                report = self._report(user, **values)
                for line in report.sudo().line_ids.filtered(lambda line: line.rule != "person"):
                    for numbers in (line.figures or {}).values():
                        self.assertFalse([n for n in numbers if n and n < 9], line.code)
            company.integration_small_number = 3

    def test_no_breakdown_without_a_table(self):
        """Dialog and report offer the tables that there are, and no other."""
        for user, scope, target in (
            (self.county_user, "county", ("county_id", self.county)),
            (self.county_user, "municipality", ("municipality_id", self.town_b)),
            (self.county_user, "employer", ("employer", str(self.company_b.id))),
            (self.reporting_a, "all", None),
            (self.reporting_a, "municipality", ("municipality_id", self.town_b)),
            (self.worker_a, "worker", None),
        ):
            with Form(self._as(user)["integration.report.wizard"]) as form:
                form.preset = "last_year"
                form.scope = scope
                if target:
                    setattr(form, *target)
                form.breakdown = "worker"
                self.assertEqual(len(form.available_breakdowns), 5, "state figures have all")
                form.profile = "local"
                offered = form.available_breakdowns
                self.assertIn(form.breakdown, offered)
            action = form.record.action_show()
            report = self._as(user)["integration.report"].browse(action["res_id"])
            self.assertEqual(set(offered), set(report._matrix().columns), (user.login, scope))
            self.assertEqual(set(offered), set(report.available_breakdowns))
            self.assertNotIn("has no such table", report.body)

    def test_wizard_offers_it(self):
        wizard = self._as(self.reporting_a)["integration.report.wizard"].create(
            {"profile": "local", "preset": "last_year"}
        )
        report = self.env["integration.report"].browse(wizard.action_show()["res_id"])
        self.assertEqual(report.profile, "local")
        self.assertTrue(self.env.ref(f"{MODULE}.indicator_local_sex"))


@tagged("post_install", "-at_install")
class TestPrintedAgainReports(LocalFiguresCommon):
    """The same with reports: late entries, thresholds, kinds of benefit."""

    def _numbers(self, user=None, months=(1, 12), **values):
        report = self._report(user or self.lead_b, months, **values or {"scope": "all"})
        return {
            (row["code"], row["item"]): row["figures"]
            for row in report._matrix().rows_data()
            if row["figures"] and row["code"] != "persons" and any(row["figures"]["total"])
        }, report

    def _traits(self, *args, **values):
        numbers, report = self._numbers(*args, **values)
        person = report._matrix().by_rule("person")
        numbers.pop((person.code, 0), None)
        return numbers

    def _late(self, number=1):
        """Enter clients of last year late, each with a benefit of a kind that is new."""
        kind = self.env["integration.benefit.type"].create({"name": "New", "code": "new_kind"})
        for index in range(number):
            client = self._client(self.worker_b, f"Late {index}", consent=False, gender="female")
            self._consent(client, date=self.first, guardian_name="Grandmother")
            case = self._case(
                client, municipality=self.town_b, days_ago=(self.today - self.first).days
            )
            self.env["integration.benefit"].create(
                {"client_id": client.id, "date_from": self.first, "type_id": kind.id}
            )
            self._as(self.worker_b)["integration.contact"].create(
                {
                    "case_id": case.id,
                    "municipality_id": self.town_b.id,
                    "user_id": self.worker_b.id,
                    "date": date(self.year, 12, 10),
                    "channel_id": self.home_visit.id,
                    "person_ids": [Command.create({"client_id": client.id})],
                }
            )

    def test_a_late_entry_changes_no_trait(self):
        """Not of the employer, nor of the county, nor is there a row of the new kind."""
        county = {"scope": "county", "county_id": self.county.id}
        before = self._traits(), self._traits(self.county_user, **county)
        persons = self._persons_of(self.lead_b, scope="all")
        self._late()
        self.assertEqual(self._persons_of(self.lead_b, scope="all"), persons + 1)
        self.assertEqual((self._traits(), self._traits(self.county_user, **county)), before)

    def _persons_of(self, user, **values):
        matrix = self._report(user, **values)._matrix()
        return matrix.value(matrix.by_rule("person"))

    def test_what_came_late_is_said(self):
        """By traits as well, and only in prints that lack it."""
        words = "A few persons were entered or changed late"
        self.assertNotIn(
            words, self._report(self.lead_b, scope="all").with_context(lang="en_US").body
        )
        self._late()
        report = self._report(self.lead_b, scope="all").with_context(lang="en_US")
        self.assertTrue(report.lacks_late)
        self.assertIn(words, report.body)

    def test_an_erased_person_stays_one_in_tables_by_trait(self):
        """Nobody in particular: the tables stand, and what was decided names her no more."""
        before = self._traits()
        decisions = self.env["integration.figures.decision"].sudo()

        def persons():
            return {
                person
                for tables in decisions.search([("rule", "=", "trait_sex")]).mapped("tables")
                for _node, _span, groups, _hidden in tables
                for _employer, _category, ids in groups
                for person in ids
            }

        kept = persons()
        erased = self.env["integration.client"].sudo().browse(sorted(kept)[:2])
        erased._leave_decisions()
        self.assertFalse(set(erased.ids) & persons())
        self.assertEqual(len(persons()), len(kept))
        self.assertEqual(self._traits(), before)

    def test_what_was_not_printed_yet_counts_late_entries(self):
        """The year knows of what was entered after January was printed."""
        self._traits(months=(1, 1))
        self._late()
        total = self._persons_of(self.lead_b, scope="all")
        decisions = self.env["integration.figures.decision"].sudo()
        decisions = decisions.search([("rule", "=", "trait_sex")], order="number desc", limit=1)
        year = [["employer", self.company_b.id], [12, 0]]
        (held,) = [table[2] for table in decisions.tables if table[:2] == year]
        self.assertEqual(sum(len(persons) for *_key, persons in held), total)

    def test_another_threshold_changes_nothing_of_the_past(self):
        before = self._traits()
        for number in (9, 3):
            self.company_b.integration_small_number = number
            self.assertEqual(self._traits(), before)

    def test_decisions_are_nobodys_to_read(self):
        self._traits()
        self.assertTrue(self.env["integration.figures.decision"].sudo().search([]))
        for user in (self.lead_b, self.worker_b, self.county_user, self.admin_a, self.dpo_a):
            with self.assertRaises(AccessError):
                self._as(user)["integration.figures.decision"].search([])
