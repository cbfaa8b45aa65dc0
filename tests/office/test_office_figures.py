from datetime import timedelta

from odoo.tests import tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeFigures(OfficeCommon):
    """What is counted of office hours."""

    def _report(self, user=None, **values):
        return self._as(user or self.lead_a)["integration.report"].create(
            {
                "profile": "state",
                "date_from": self.today - timedelta(days=40),
                "date_to": self.today,
                "scope": "all",
                "breakdown": "month",
                **values,
            }
        )

    def _value(self, report, code):
        matrix = report._matrix()
        return matrix.value(matrix.by_rule(code))

    def test_sessions_visitors_and_talks(self):
        before = self._report()
        self._visitor().action_count()
        self._visitor()
        past = self._session(self.worker_a, days=-7)
        self._visitor(past, person_count=4).action_count()
        cancelled = self._session(self.worker_a, days=-3)
        cancelled._cancel("worker", False)
        self._session(self.worker_a, days=5)
        self._talk(self.case, days_ago=2)
        after = self._report()
        grown = {
            code: self._value(after, code) - self._value(before, code)
            for code in ("office_session", "office_visitor", "office_talk", "talk")
        }
        self.assertEqual(
            grown, {"office_session": 1, "office_visitor": 3, "office_talk": 2, "talk": 3}
        )

    def test_what_was_submitted_before_stays(self):
        report = self._report(date_to=self.today - timedelta(days=1))
        frozen = [(row.code, row.figures) for row in report.sudo().line_ids]
        self._visitor(self._session(self.worker_a, days=-2)).action_count()
        self.env.invalidate_all()
        self.assertEqual([(row.code, row.figures) for row in report.sudo().line_ids], frozen)

    def test_the_share_is_told_in_all_and_by_month(self):
        for _number in range(2):
            self._visitor().action_count()
        self._talk(self.case, days_ago=0)
        day = self.today.replace(day=1)
        report = self._report(date_from=day, date_to=self.today, user_id=self.worker_a.id)
        share = report._view()["office_share"]
        talks, office = (self._value(report, rule) for rule in ("talk", "office_talk"))
        self.assertEqual(share["total"]["talks"], str(talks))
        self.assertEqual(share["total"]["office"], str(office))
        self.assertIn(str(round(100 * office / talks)), share["total"]["share"])
        longer = self._report(date_from=self.today - timedelta(days=62))._view()["office_share"]
        self.assertGreaterEqual(len(longer["rows"]), 2)
        self.assertIn("<svg", longer["chart"])
