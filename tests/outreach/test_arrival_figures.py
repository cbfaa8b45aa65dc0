import random
from collections import defaultdict
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.integration_management.figures.engine import figures_matrix
from odoo.addons.integration_management.figures.period import Period
from odoo.addons.integration_management.figures.protection.answers import Cell, blocks_of
from odoo.addons.integration_management.figures.scope import Scope

from .outreach_common import OutreachCommon

QUARTER, TODAY = date(2026, 4, 1), date(2026, 8, 1)


@tagged("post_install", "-at_install")
class TestAnswersRule(TransactionCase):
    """Nothing that is told, and no sum or difference of it, is about few answers."""

    def _told(self, block, cells):
        """Return the sets of cells that are told, of all tables that anybody could ask for."""
        places = sorted({cell.place for cell in cells})
        workers = sorted({cell.worker for cell in cells})
        tables = [set(cells)]
        for chosen in self._subsets(places):
            tables.append({cell for cell in cells if cell.place in chosen})
            for some in self._subsets(workers):
                tables.append(
                    {cell for cell in cells if cell.place in chosen and cell.worker in some}
                )
        for some in self._subsets(workers):
            tables.append({cell for cell in cells if cell.worker in some})
        last = date(2026, 6, 30)
        return [table for table in tables if table and block.is_told(table, TODAY, QUARTER, last)]

    @staticmethod
    def _subsets(members):
        for mask in range(1, 2 ** len(members)):
            yield {member for number, member in enumerate(members) if mask >> number & 1}

    def test_told_tables_are_sums_of_large_groups(self):
        """Cells that no told table tells apart are a group; each is large enough."""
        rnd = random.Random(4)
        told_any = hidden_any = 0
        for _run in range(300):
            cells = {
                Cell(1, 1, QUARTER, place, worker): rnd.choice([1, 2, 4, 5, 9])
                for place in range(1, rnd.randint(2, 4))
                for worker in range(1, rnd.randint(2, 4))
                if rnd.random() < 0.8
            }
            if not cells:
                continue
            (block,) = blocks_of(cells, {1: 5})
            told = self._told(block, cells)
            groups = defaultdict(int)
            for cell, number in cells.items():
                groups[tuple(cell in table for table in told)] += number
            for group, number in groups.items():
                if any(group):
                    self.assertGreaterEqual(number, 5, (cells, told))
            told_any += bool(told)
            hidden_any += len(told) < 3
        self.assertGreater(told_any, 100)
        self.assertGreater(hidden_any, 20)

    def test_a_quarter_is_told_when_it_is_over_and_never_in_parts(self):
        cells = {Cell(1, 1, QUARTER, 1, 1): 9}
        (block,) = blocks_of(cells, {1: 5})
        last = date(2026, 6, 30)
        self.assertTrue(block.is_told(set(cells), date(2026, 7, 1), QUARTER, last))
        self.assertFalse(block.is_told(set(cells), last, QUARTER, last))
        for start, stop in (
            (QUARTER + timedelta(days=1), last),
            (QUARTER, last - timedelta(days=1)),
            (QUARTER, date(2026, 4, 30)),
        ):
            self.assertFalse(block.is_told(set(cells), TODAY, start, stop))


@tagged("post_install", "-at_install")
class TestArrivalFigures(OutreachCommon):
    """What is counted of arrivals; the recount by other means is with the engine's tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.today.replace(month=(cls.today.month - 1) // 3 * 3 + 1, day=1)
        cls.last = cls.first - timedelta(days=1)
        cls.first = cls.last.replace(month=(cls.last.month - 1) // 3 * 3 + 1, day=1)
        cls.indicators = cls.env["integration.indicator"].search([("unit", "=", "arrival")])

    def _answered(self, user, town, number, state="declined"):
        for _number in range(number):
            arrival = self._arrival(user, days_ago=(self.today - self.first).days, town=town)
            arrival._answer(state)
            arrival._as_system().date_result = self.first + timedelta(days=40)

    def _matrix(self, companies=None, stop=None, places=None):
        period = Period(self.first, stop or self.last, self.today)
        scope = Scope((companies or self.company_a).ids, None, places and places.ids)
        return figures_matrix(self.env, self.indicators, scope, period)

    def _value(self, matrix, rule, *column):
        return matrix.value(matrix.by_rule(rule), *column)

    def test_few_answers_are_a_dot_everywhere(self):
        self._answered(self.worker_a, self.town_a, 4)
        matrix = self._matrix()
        for column in (
            ("total", ""),
            ("worker", str(self.worker_a.id)),
            ("municipality", str(self.town_a.id)),
            ("employer", str(self.company_a.id)),
        ):
            for rule in ("arrival_accepted", "arrival_declined"):
                self.assertIsNone(self._value(matrix, rule, *column), (rule, column))
        self.assertEqual(self._value(matrix, "arrival"), 4)

    def test_enough_answers_are_told_and_months_are_not(self):
        self._answered(self.worker_a, self.town_a, 5)
        self._answered(self.worker_a, self.town_a, 1, "accepted")
        matrix = self._matrix()
        self.assertEqual(self._value(matrix, "arrival_declined"), 5)
        self.assertEqual(self._value(matrix, "arrival_accepted"), 1)
        month = (self.first + timedelta(days=40)).replace(day=1).isoformat()
        self.assertIsNone(self._value(matrix, "arrival_declined", "month", month))
        short = self._matrix(stop=self.last - timedelta(days=1))
        self.assertIsNone(self._value(short, "arrival_declined"))

    def _work_in_town_b(self):
        self.env["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": self.town_b.id,
                "mode": "own",
                "date_start": self.start,
            }
        )

    def test_a_small_municipality_hides_all_of_them(self):
        self._work_in_town_b()
        self._answered(self.worker_a, self.town_a, 6)
        self._answered(self.worker_a, self.town_b, 1)
        matrix = self._matrix()
        self.assertEqual(self._value(matrix, "arrival_declined"), 7)
        for town in (self.town_a, self.town_b):
            column = ("municipality", str(town.id))
            self.assertIsNone(self._value(matrix, "arrival_declined", *column))
        self.assertIsNone(self._value(self._matrix(places=self.town_b), "arrival_declined"))

    def test_bands_of_first_visits(self):
        for days in (0, 7, 8, 30, 31):
            arrival = self._arrival(self.worker_a, days_ago=60, person_count=days + 1)
            self._visit(arrival, "nobody", days_ago=60 - days)
        period = Period(self.today - timedelta(days=60), self.today, self.today)
        matrix = figures_matrix(self.env, self.indicators, Scope(self.company_a.ids), period)
        numbers = [
            self._value(matrix, rule)
            for rule in (
                "arrival_visited",
                "arrival_visited_week",
                "arrival_visited_month",
                "arrival_reached",
            )
        ]
        self.assertEqual(numbers, [5, 2, 2, 0])

    def test_a_submission_from_before_is_not_compared_with_new_indicators(self):
        self.indicators.active = False
        report = self._as(self.lead_a)["integration.report"].create(
            {
                "date_from": self.first,
                "date_to": self.last,
                "scope": "employer",
                "employer_id": self.company_a.id,
            }
        )
        report.action_submit()
        before = report.line_ids.read(["code", "figures"])
        self.indicators.active = True
        self._answered(self.worker_a, self.town_a, 6)
        self.assertEqual(report.line_ids.read(["code", "figures"]), before)
        self.assertFalse(report._broken_seal())
        compared = {row.code for row, *_change in report._difference().cells("total")}
        self.assertFalse(compared & set(self.indicators.mapped("code")))

    def test_a_number_that_is_hidden_by_now_opens_nothing(self):
        self._answered(self.worker_a, self.town_a, 5)
        report = self._report()
        cell = ["arrival_declined", 0, "total", ""]
        self.assertIn("5", report.action_open_cell(cell)["name"])
        self.company_a.integration_small_number = 6
        self.assertIn("5", report.action_open_cell(cell)["name"], "what is printed is out")
        self._forget()
        with self.assertRaises(UserError):
            report.action_open_cell(cell)

    # ------------------------------------------------------------
    # Printed again
    # ------------------------------------------------------------
    def _forget(self):
        self.env.cr.execute("DELETE FROM integration_figures_decision")

    def _report(self, user=None, **values):
        return self._as(user or self.lead_a)["integration.report"].create(
            {
                "date_from": self.first,
                "date_to": self.last,
                **(values or {"scope": "employer", "employer_id": self.company_a.id}),
            }
        )

    def _prints(self):
        """Return accepted and declined as worker, lead and county are told of them."""
        reports = (
            self._report(self.worker_a, scope="worker", user_id=self.worker_a.id),
            self._report(),
            self._report(self.county_user, scope="county", county_id=self.county.id),
        )
        return [
            [
                self._value(report._matrix(), f"arrival_{state}")
                for state in ("accepted", "declined")
            ]
            for report in reports
        ]

    def test_a_late_answer_is_not_told(self):
        """Nor another one given later, nor that it was taken back."""
        self._answered(self.worker_a, self.town_a, 5)
        first = self._prints()
        self.assertEqual(first, [[0, 5]] * 3)
        self._answered(self.worker_a, self.town_a, 1, "accepted")
        late = self.env["integration.arrival"].search([("state", "=", "accepted")])
        self.assertEqual(self._prints(), first)
        report = self._report()
        opened = report.action_open_cell(["arrival_declined", 0, "total", ""])
        self.assertIn("5", opened["name"])
        for state in ("declined", "open"):
            late._as_system().state = state
            self.assertEqual(self._prints(), first, state)
        late._as_system().state = "accepted"
        self._forget()
        self.assertEqual(self._prints(), [[1, 5]] * 3, "decided anew it is told")

    def test_a_printed_answer_changed(self):
        self._answered(self.worker_a, self.town_a, 6)
        first = self._prints()
        changed = self.env["integration.arrival"].search([("state", "=", "declined")], limit=1)
        for state in ("accepted", "open"):
            changed._as_system().state = state
            self.assertEqual(self._prints(), first, state)
        report = self._report()
        self.assertIn("6", report.action_open_cell(["arrival_declined", 0, "total", ""])["name"])
        self._forget()
        self.assertNotEqual(self._prints(), first)

    def test_enough_late_answers_come_in(self):
        self._answered(self.worker_a, self.town_a, 5)
        self._prints()
        self._answered(self.worker_a, self.town_a, 4, "accepted")
        self.assertEqual(self._prints(), [[0, 5]] * 3)
        self._answered(self.worker_a, self.town_a, 1)
        self.assertEqual(self._prints(), [[4, 6]] * 3)

    def test_another_threshold_of_answers(self):
        self._answered(self.worker_a, self.town_a, 5)
        self.assertEqual(self._prints(), [[0, 5]] * 3)
        self.company_county.integration_small_number = 9
        self.assertEqual(self._prints(), [[0, 5]] * 3)
        self._forget()
        self.assertEqual(self._prints(), [[None, None]] * 3)
        (self.company_a + self.company_county).integration_small_number = 3
        self.assertEqual(self._prints(), [[None, None]] * 3)
        self._forget()
        self.assertEqual(self._prints(), [[0, 5]] * 3)

    def test_a_late_answer_elsewhere_tells_nothing(self):
        """Municipalities that were told are still, and what came is in none of them."""
        self._work_in_town_b()
        self._answered(self.worker_a, self.town_a, 5)
        column = ("municipality", str(self.town_a.id))
        self.assertEqual(self._value(self._matrix(), "arrival_declined", *column), 5)
        self._answered(self.worker_a, self.town_b, 1)
        matrix = self._matrix()
        self.assertEqual(self._value(matrix, "arrival_declined", *column), 5)
        self.assertEqual(self._value(matrix, "arrival_declined"), 5)
        there = ("municipality", str(self.town_b.id))
        self.assertIn(self._value(matrix, "arrival_declined", *there), (0, None))
