from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.figures.breakdowns import MUNICIPALITY, TOTAL
from odoo.addons.integration_management.figures.matrix import Column, Matrix, Row
from odoo.addons.integration_management.figures.output.submissions import numbers_in
from odoo.addons.integration_management.figures.registry import RULES

from ..common import MODULE
from .figures_common import FiguresCommon


@tagged("post_install", "-at_install")
class TestReportCountyOffice(FiguresCommon):
    """What the coordinator sees of the submissions of her employers."""

    clients_per_worker = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case_a = cls._case(cls._client(cls.worker_a), cls.town_a)
        cls.case_b = cls._case(cls._client(cls.worker_b), cls.town_b)
        for case, talks in ((cls.case_a, 2), (cls.case_b, 3)):
            for number in range(talks):
                cls._talk(case, days_ago=10 + number)
        cls.period = {"date_from": cls._day(200), "date_to": cls._day(1)}

    def _report(self, user, **values):
        return self._as(user)["integration.report"].create({**self.period, **values})

    def _submitted(self, user, **values):
        report = self._report(user, **values)
        report.action_submit()
        return report

    def _office(self, user=None, **values):
        user = user or self.county_user
        county = {"scope": "county", "county_id": self.county.id}
        return self._report(user, **{**county, **values})

    def _cells(self, report, rule="talk"):
        """Return {employer: (submitted, today)} of one figure, the sum under its own name."""
        return {
            line.name: line.numbers[rule]
            for line in report._submissions().lines
            if line.numbers is not None
        }

    def test_who_has_submitted_what_and_when(self):
        office = self._office()
        self.assertEqual(self._cells(office), {})
        self.assertIn("Nothing submitted yet", str(office.submissions))
        own = self._submitted(self.lead_a)
        earlier = self._submitted(self.lead_a, date_from=self._day(300), date_to=self._day(250))
        self._submitted(self.lead_a, date_from=self._day(15), date_to=self._day(5))
        lines = office._submissions().lines
        periods = [(line.name, line.report) for line in lines]
        self.assertIn((self.company_a.name, own), periods)
        self.assertNotIn(earlier, [line.report for line in lines], "another time")
        self.assertIn((self.company_b.name, self.env["integration.report"]), periods)
        html = str(office.submissions)
        self.assertIn(self.company_b.name, html)
        self.assertIn("Nothing submitted yet", html)

    def test_difference_between_live_and_submitted(self):
        self._submitted(self.lead_a)
        self._submitted(self.lead_b)
        office = self._office()
        names = (self.company_a.name, self.company_b.name)
        self.assertEqual(self._cells(office), dict(zip(names, ((2, 2), (3, 3)), strict=True)))
        self._talk(self.case_a, days_ago=20)
        office.invalidate_recordset()
        cells = self._cells(office)
        self.assertEqual(cells[self.company_a.name], (2, 3))
        self.assertEqual(cells[self.company_b.name], (3, 3))
        self.assertEqual(office._submissions().sums()["talk"], (5, 6))
        self.assertIn("5 (+1)", str(office.submissions))

    def test_latest_submission_of_a_period_is_compared(self):
        self._submitted(self.lead_a)
        self._talk(self.case_a, days_ago=20)
        self._submitted(self.lead_a)
        office = self._office()
        self.assertEqual(self._cells(office), {self.company_a.name: (3, 3)})

    def test_one_share_is_no_submission_of_the_employer(self):
        for values in (
            {"scope": "worker", "user_id": self.worker_a.id},
            {"scope": "municipality", "municipality_id": self.town_a.id},
        ):
            self._submitted(self.lead_a, **values)
        self.assertEqual(self._cells(self._office()), {})

    def test_work_in_another_county_stays_out(self):
        office = self.env["res.company"].create(
            {"name": "Other County Office", "integration_employer_type": "county"}
        )
        other = self.env["integration.county"].create(
            {"name": "Other County", "ags": "08998", "company_id": office.id}
        )
        town = self.env["integration.municipality"].create(
            {"name": "Xheim", "ags": "08998001", "county_id": other.id}
        )
        self.env["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": town.id,
                "mode": "own",
                "date_start": self.start,
            }
        )
        case = self._case(self._client(self.worker_a), town)
        for number in range(4):
            self._talk(case, days_ago=10 + number)
        self._submitted(self.lead_a)
        for user, county, numbers in (
            (self.county_user, self.county, (2, 2)),
            (self._new_user("other_user", f"{MODULE}.group_county", office), other, (4, 4)),
        ):
            report = self._office(user, county_id=county.id)
            self.assertEqual(self._cells(report), {self.company_a.name: numbers}, county.name)
            self.assertEqual(self._cells(report, "person")[self.company_a.name], (1, 1))

    def test_for_the_county_alone(self):
        self._submitted(self.lead_a)
        for report in (
            self._report(self.lead_a),
            self._report(self.lead_a, scope="county", county_id=self.county.id),
            self._report(self.county_user, scope="employer", employer_id=self.company_a.id),
        ):
            self.assertFalse(report.submissions)
            with self.assertRaises(UserError):
                report._submissions()

    # ------------------------------------------------------------
    # A coordinator without mandates
    # ------------------------------------------------------------

    def test_county_without_mandates(self):
        office = self.env["res.company"].create(
            {"name": "New County Office", "integration_employer_type": "county"}
        )
        user = self._new_user("new_county_user", f"{MODULE}.group_county", office)
        for make in (
            lambda: None,
            lambda: self.env["integration.county"].create(
                {"name": "New County", "ags": "08997", "company_id": office.id}
            ),
        ):
            make()
            wizard = self._as(user)["integration.report.wizard"]
            with self.assertRaisesRegex(UserError, "mandate"):
                wizard.default_get(["scope"])
            with self.assertRaisesRegex(UserError, "mandate"):
                wizard.create({})
            with self.assertRaisesRegex(UserError, "mandate"):
                self._report(user)

    # ------------------------------------------------------------
    # The stock of cases
    # ------------------------------------------------------------

    def test_stock_follows_from_what_came_and_went(self):
        """Open on the last day = open before + opened − closed − handed over."""
        self.case_b._close(self.reasons[0], self._day(3))
        waiting = self._client(self.worker_a, consent=False)
        self._case(waiting, self.town_a)

        def number(rule, start, stop):
            report = self._report(
                self.county_user, date_from=self._day(start), date_to=self._day(stop)
            )
            return report._matrix().value(report._matrix().by_rule(rule))

        for start, stop in ((200, 4), (3, 3), (2, 0)):
            before = number("case_open", start + 200, start + 1)
            moved = number("case_opened", start, stop)
            gone = number("case_closed", start, stop) + number("case_handover", start, stop)
            self.assertEqual(number("case_open", start, stop), before + moved - gone, (start, stop))
        self.assertEqual(number("case_open", 200, 4), 2)
        self.assertEqual(number("case_open", 200, 3), 1)
        future = self.today + timedelta(days=60)
        report = self._report(self.county_user, date_from=self._day(10), date_to=future)
        self.assertEqual(report._matrix().value(report._matrix().by_rule("case_open")), 1)

    def test_stock_belongs_to_who_was_responsible_that_day(self):
        self.case_a.with_env(self._as(self.lead_a)).user_id = self.colleague_a
        report = self._report(self.lead_a, date_to=self.today)
        matrix = report._matrix()
        row = matrix.by_rule("case_open")
        found = {c.label: matrix.value(row, "worker", c.key) for c in matrix.columns["worker"]}
        self.assertEqual(found[self.colleague_a.name], 1)
        self.assertEqual(found[self.worker_a.name], 0)


@tagged("post_install", "-at_install")
class TestSubmittedNumbers(BaseCase):
    """What a submission says of several municipalities of the county."""

    def test_what_counts_once_is_not_added_up(self):
        """A plan reviewed by one worker in two towns, for its case moved, is one plan."""
        for key, rule in RULES.items():
            if rule.is_list:
                continue
            row = Row(key, key, rule.unit.key)
            towns = [Column(str(town), "") for town in (1, 2, 3)]
            cells = {(TOTAL, ""): 2, **{(MUNICIPALITY, town.key): 1 for town in towns}}
            matrix = Matrix([row], {MUNICIPALITY: towns}, {(key, 0): cells})
            number = numbers_in(matrix, row, 7, [7], (1, 2))
            self.assertEqual(number, None if rule.source.once else 2, key)

    def test_what_is_hidden_lies_somewhere(self):
        """Answers of arrivals: the employer's total is not the county's if some are elsewhere."""
        row = Row("a", "arrival_declined", RULES["arrival_declined"].unit.key)
        towns = [Column(str(town), "") for town in (1, 2, 3)]
        for hidden, others, expected in (
            (("1", "3"), {}, None),
            (("3",), {"1": 6}, 6),
            (("1",), {"3": 7}, None),
            (("1", "2"), {}, 13),
        ):
            cells = {(MUNICIPALITY, town): number for town, number in others.items()}
            cells |= {(MUNICIPALITY, town): None for town in hidden}
            matrix = Matrix([row], {MUNICIPALITY: towns}, {("a", 0): {**cells, (TOTAL, ""): 13}})
            number = numbers_in(matrix, row, 7, [7], (1, 2))
            self.assertEqual(number, expected, (hidden, others))
