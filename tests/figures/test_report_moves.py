from datetime import timedelta

from odoo.tests import tagged

from .figures_common import FiguresCommon


@tagged("post_install", "-at_install")
class TestReportMoves(FiguresCommon):
    """A municipality that is corrected today moves no figure of the time before."""

    clients_per_worker = 0

    def setUp(self):
        super().setUp()
        self.case = self._case(self._client(self.worker_a), self.town_a)
        goal = {"area_id": self.areas[0].id, "name": "Goal"}
        plan = self.case.env["integration.plan"].create(
            {"case_id": self.case.id, "line_ids": [(0, 0, goal)]}
        )
        plan.action_agree(self._day(20))

    def _counted(self, rule, start, stop):
        """Return {municipality: number} of one figure."""
        report = self._as(self.lead_a)["integration.report"].create(
            {"date_from": self._day(start), "date_to": self._day(stop)}
        )
        matrix = report._matrix()
        row = matrix.by_rule(rule)
        return {
            column.label: matrix.value(row, "municipality", column.key)
            for column in matrix.columns["municipality"]
            if matrix.value(row, "municipality", column.key)
        }

    def test_correction_moves_nothing_of_the_past(self):
        self.case.municipality_id = self.town_b
        self.assertEqual(self._counted("case_opened", 300, 1), {"Aheim": 1})
        self.assertEqual(self._counted("plan_active", 300, 1), {"Aheim": 1})
        self.assertEqual(self._counted("plan_active", 300, 0), {"Bheim": 1})

    def test_responsibility_goes_on_in_the_other_place(self):
        self.case.municipality_id = self.town_b
        before, after = self.case.sudo().assignment_ids.sorted("date_from")
        self.assertEqual(before.user_id | after.user_id, self.worker_a)
        self.assertEqual(before.date_to, self.today - timedelta(days=1))
        self.assertEqual(before.municipality_id, self.town_a)
        self.assertEqual(after.municipality_id, self.town_b)

    def test_slip_of_the_same_day(self):
        """Opened today in the wrong place: nobody was responsible there."""
        case = self._case(self._client(self.worker_a), self.town_a, days_ago=0)
        case.municipality_id = self.town_b
        self.assertEqual(case.sudo().assignment_ids.municipality_id, self.town_b)
        self.assertEqual(len(case.sudo().assignment_ids), 1)

    def test_moved_and_handed_over_at_once(self):
        case = self._as(self.lead_a)["integration.case"].browse(self.case.id).sudo()
        case.write({"municipality_id": self.town_b.id, "user_id": self.colleague_a.id})
        now = case.assignment_ids.filtered(lambda row: not row.date_to)
        self.assertEqual((now.user_id, now.municipality_id), (self.colleague_a, self.town_b))
        self.assertEqual(len(case.assignment_ids), 2)
