from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestReportContents(IntegrationCommon):
    """What talks were about is told in numbers, never of a single person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topics = cls.env["integration.topic"].search([], limit=2)
        cls.month = cls.today.replace(day=1) - relativedelta(months=1)
        cls.month_end = cls.today.replace(day=1) - timedelta(days=1)
        days_ago = (cls.today - cls.month).days
        cls.cases = [
            cls._case(cls._client(cls.worker_a, f"Person {number}"), days_ago=days_ago + 9)
            for number in range(5)
        ]

    def _talks(self, cases, topic, day):
        for case in cases:
            self._talk(case, days_ago=(self.today - day).days, topic_ids=[Command.set(topic.ids)])

    def _told(self, start, stop, user=None, **values):
        """Return {topic: talks} of the worker's report as a lead reads it, and the persons."""
        report = self._as(user or self.lead_a)["integration.report"].create(
            {
                "date_from": start,
                "date_to": stop,
                "scope": "worker",
                "user_id": self.worker_a.id,
                **values,
            }
        )
        matrix = report._matrix()
        told = {
            row.item: matrix.value(row)
            for row in matrix.rows
            if row.rule == "talk_topic" and row.item and matrix.value(row)
        }
        return told, matrix.value(matrix.by_rule("person"))

    def test_lead_asks_for_the_day_of_a_named_client(self):
        """She sees name and last talk of every case, but not what it was about."""
        self._talks(self.cases[:1], self.topics[0], self.month)
        self._talks(self.cases[1:], self.topics[1], self.month + timedelta(days=1))
        days = self._as(self.lead_a)["integration.case"].search([]).mapped("last_talk_date")
        for user in (self.lead_a, self.reporting_a, self.admin_a):
            learned = [self._told(day, day, user)[0] for day in days]
            self.assertEqual(learned, [{}] * 5, user.login)

    def test_whole_months_with_enough_persons(self):
        first, second = self.topics
        self._talks(self.cases[:4], first, self.month)
        self.assertEqual(self._told(self.month, self.month_end), ({}, 4))
        self._talks(self.cases[4:], second, self.month)
        all_told = {first.id: 4, second.id: 1}
        self.assertEqual(self._told(self.month, self.month_end), (all_told, 5))
        for start, stop in (
            (self.month + timedelta(days=1), self.month_end),
            (self.month, self.month_end - timedelta(days=1)),
        ):
            self.assertEqual(self._told(start, stop)[0], {})

    def test_nothing_is_left_when_one_subtracts(self):
        """A month with few persons counts in no longer period, nor in the employer's figures."""
        self._talks(self.cases, self.topics[0], self.month)
        self._talks(self.cases[:1], self.topics[1], self.month - timedelta(days=1))
        longer = self.month - relativedelta(months=2)
        told = {self.topics[0].id: 5}
        self.assertEqual(self._told(longer, self.month_end)[0], told)
        whole = self._told(longer, self.month_end, scope="all", user_id=False)[0]
        self.assertEqual(whole, told)

    def test_running_month_is_not_told(self):
        """It could be printed every day, and what came in between be read from it."""
        self._talks(self.cases, self.topics[0], self.today)
        start = self.today.replace(day=1)
        stop = start + relativedelta(day=31)
        expected = {self.topics[0].id: 5} if self.today == stop else {}
        self.assertEqual(self._told(start, stop)[0], expected)

    def test_the_report_says_so(self):
        self._talks(self.cases, self.topics[0], self.month)
        report = self._as(self.lead_a)["integration.report"].create(
            {"date_from": self.month, "date_to": self.month_end, "scope": "all"}
        )
        self.assertIn("whole months that are over", report.with_context(lang="en_US").body)
