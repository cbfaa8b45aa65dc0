import csv
import io
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from lxml import html
from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.integration_management.figures.output.csv import figures_csv
from odoo.addons.integration_management.figures.output.xlsx import figures_xlsx

from ..common import IntegrationCommon


class ContentsCommon(IntegrationCommon):
    """Five cases of one worker, and topics of a quarter of last year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topics = cls.env["integration.topic"].search([], limit=2)
        cls.year = cls.today.year - 1
        cls.quarter = date(cls.year, 7, 1)
        cls.quarter_end = date(cls.year, 9, 30)
        cls.days_ago = (cls.today - cls.start).days
        cls.cases = cls._cases(cls.worker_a, 5)

    @classmethod
    def _cases(cls, worker, number):
        cases = []
        for name in range(number):
            client = cls._client(worker, f"Person {worker.login} {name}", consent=False)
            cls._consent(client, date=cls.today - timedelta(days=cls.days_ago))
            cases.append(cls._case(client, days_ago=cls.days_ago))
        return cases

    def _talks(self, cases, topic, day, **values):
        for case in cases:
            self._talk(
                case, days_ago=(self.today - day).days, topic_ids=[Command.set(topic.ids)], **values
            )

    def _report(self, start=None, stop=None, user=None, **values):
        """Return the report of a worker's quarter, or of something else, as a lead asks for it."""
        if not values:
            values = {"scope": "worker", "user_id": self.worker_a.id}
        return self._as(user or self.lead_a)["integration.report"].create(
            {"date_from": start or self.quarter, "date_to": stop or self.quarter_end, **values}
        )

    def _forget(self):
        """Let nothing have been printed yet."""
        self.env.cr.execute("DELETE FROM integration_figures_decision")

    def _told(self, *args, breakdown="total", key="", **values):
        """Return {topic: talks}, None where topics are hidden."""
        matrix = self._report(*args, **values)._matrix()
        heading = next(row for row in matrix.headings() if row.rule == "talk_topic")
        numbers = {row.item: matrix.value(row, breakdown, key) for row in matrix.items(heading)}
        if matrix.known(heading, breakdown, key) is None:
            self.assertEqual(set(numbers.values()) - {None}, set())
            return None
        return {topic: number for topic, number in numbers.items() if number}


@tagged("post_install", "-at_install")
class TestReportContents(ContentsCommon):
    """What talks were about is told in numbers, never of a single person."""

    # ------------------------------------------------------------
    # What is told
    # ------------------------------------------------------------
    def test_whole_periods_are_complete(self):
        """Single talks as well, also of months with few persons: the state wants them."""
        first, second = self.topics
        self._talks(self.cases[:4], first, self.quarter)
        self._talks(self.cases[4:], second, self.quarter_end)
        told = {first.id: 4, second.id: 1}
        for start, stop in (
            (self.quarter, self.quarter_end),
            (self.quarter, date(self.year, 12, 31)),
            (date(self.year, 1, 1), date(self.year, 12, 31)),
        ):
            self.assertEqual(self._told(start, stop), told, (start, stop))
            self.assertEqual(self._told(start, stop, scope="all"), told, (start, stop))

    def test_too_few_persons(self):
        """Nobody known is fewer than few, however many talks there were."""
        self._talks(self.cases[:4] * 3, self.topics[0], self.quarter)
        self.assertIsNone(self._told())
        other = date(self.year, 4, 1)
        for _number in range(9):
            self._as(self.worker_a)["integration.contact"].create(
                {
                    "municipality_id": self.town_a.id,
                    "channel_id": self.home_visit.id,
                    "unnamed_count": 1,
                    "date": other,
                    "topic_ids": [Command.set(self.topics[0].ids)],
                }
            )
        self.assertIsNone(self._told(other, date(self.year, 6, 30)))
        self.assertEqual(self._told(date(self.year, 1, 1), date(self.year, 3, 31)), {})

    def test_larger_threshold_of_the_two_holds(self):
        self._talks(self.cases, self.topics[0], self.quarter)
        self.assertEqual(self._told(), {self.topics[0].id: 5})
        self._forget()
        self.company_county.integration_small_number = 6
        self.assertIsNone(self._told())

    def test_nothing_but_whole_periods(self):
        """Whoever knows a day would learn the topic of that day."""
        self._talks(self.cases, self.topics[0], self.quarter)
        self._talks(self.cases, self.topics[1], self.quarter + timedelta(days=40))
        for start, stop in (
            (self.quarter, self.quarter),
            (self.quarter, date(self.year, 7, 31)),
            (self.quarter + timedelta(days=1), self.quarter_end),
            (self.quarter, self.today),
            (self.quarter, date(self.year, 8, 31)),
        ):
            stopped = self._told(start, stop)
            # Where nothing else happened it is the same table
            same = start == self.quarter and stop >= self.quarter + timedelta(days=40)
            self.assertEqual(stopped is not None, same, (start, stop))

    def test_three_quarters_are_no_whole_period(self):
        """Nor is a year that is cut short."""
        # Else it would be the whole time of the worker, and the grant period up to then
        self._talks(self.cases, self.topics[0], self.start + timedelta(days=1))
        for month in (2, 8, 11):
            self._talks(self.cases, self.topics[0], date(self.year, month, 3))
        for values in ({}, {"scope": "all"}):
            start = date(self.year, 1, 1)
            self.assertIsNone(self._told(start, self.quarter_end, **values))
            whole = self._told(start, date(self.year, 12, 31), **values)
            self.assertEqual(whole, {self.topics[0].id: 15})

    def test_lead_asks_for_the_day_of_a_named_client(self):
        """She sees name and last talk of every case, but not what it was about."""
        self._talks(self.cases[:1], self.topics[0], self.quarter)
        self._talks(self.cases[1:], self.topics[1], self.quarter + timedelta(days=1))
        days = self._as(self.lead_a)["integration.case"].search([]).mapped("last_talk_date")
        for user in (self.lead_a, self.reporting_a, self.admin_a):
            learned = [self._told(day, day, user) for day in days]
            self.assertEqual(learned, [None] * 5, user.login)

    def test_running_quarter_is_not_told(self):
        """It could be printed every day, and what came in between be read from it."""
        self._talks(self.cases, self.topics[0], self.today)
        start = self.today.replace(month=(self.today.month - 1) // 3 * 3 + 1, day=1)
        for stop in (self.today, start + relativedelta(months=3, days=-1)):
            self.assertIsNone(self._told(start, stop))

    def test_nothing_is_left_when_one_subtracts(self):
        """Half-year less quarter, employer less worker."""
        self._talks(self.cases, self.topics[0], self.quarter)
        self._talks(self.cases[:1], self.topics[1], date(self.year, 10, 5))
        half = (self.quarter, date(self.year, 12, 31))
        self.assertIsNotNone(self._told())
        self.assertIsNone(self._told(date(self.year, 10, 1), date(self.year, 12, 31)))
        self.assertIsNone(self._told(*half))
        self._forget()
        colleague = self._cases(self.colleague_a, 2)
        self._talks(colleague, self.topics[1], self.quarter)
        self.assertIsNotNone(self._told(scope="all"))
        self.assertIsNone(self._told(), "the rest would be the colleague's two")
        for key in (self.worker_a, self.colleague_a):
            told = self._told(scope="all", breakdown="worker", key=str(key.id))
            self.assertIsNone(told)

    def test_what_was_told_stays_told(self):
        """Later periods give way, never earlier ones."""
        self._talks(self.cases, self.topics[0], self.quarter)
        before = self._told()
        self._talks(self.cases[:2], self.topics[1], date(self.year, 10, 5))
        self.assertEqual(self._told(), before)

    def test_grant_period_and_whole_time(self):
        """Periods that begin and end with a mandate, or with the work of somebody who has left."""
        start, stop = date(self.year, 2, 10), date(self.year, 8, 20)
        self.env["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": self.town_b.id,
                "mode": "own",
                "date_start": start,
                "date_end": stop,
            }
        )
        self._talks(self.cases, self.topics[0], date(self.year, 1, 20))
        self._talks(self.cases, self.topics[0], date(self.year, 3, 20))
        self._talks(self.cases, self.topics[0], self.quarter)
        self._talks(self.cases, self.topics[0], date(self.year, 8, 25))
        for values in ({}, {"scope": "all"}):
            self.assertEqual(self._told(start, stop, **values), {self.topics[0].id: 10})
            self.assertIsNone(self._told(date(self.year, 1, 15), date(self.year, 7, 15), **values))
        whole = (date(self.year, 1, 20), date(self.year, 8, 25))
        self.assertEqual(self._told(*whole), {self.topics[0].id: 20})

    def test_narrower_than_employer_and_worker(self):
        """A municipality and a month are narrower, unless all the work was there."""
        for town in (self.town_a, self.town_b):
            self._talks(self.cases, self.topics[0], self.quarter, municipality_id=town.id)
        self._talks(self.cases, self.topics[0], self.quarter_end)
        report = self._report(scope="all")
        matrix = report._matrix()
        (topic,) = [row for row in matrix.rows if row.rule == "talk_topic" and row.item]
        self.assertEqual(matrix.value(topic), 15)
        self.assertIn(15, matrix.values(topic, "worker"))
        places = matrix.values(topic, "municipality")
        self.assertEqual(set(places), {None})
        keys = [column.key for column in matrix.columns["month"]]
        months = dict(zip(keys, matrix.values(topic, "month"), strict=True))
        self.assertIsNone(months[f"{self.year}-07-01"])
        self.assertEqual(months[f"{self.year}-08-01"], 0, "no talks, no secret")
        town = {"scope": "municipality", "municipality_id": self.town_a.id}
        self.assertIsNone(self._told(**town))

    def test_rows_tell_nothing_either(self):
        """That a topic came up in a time that is not told, is not told by a row without number."""
        self._talks(self.cases[:1], self.topics[1], self.quarter)
        matrix = self._report()._matrix()
        topics = [row.item for row in matrix.rows if row.rule == "talk_topic"]
        self.assertEqual(topics, [0])

    def test_second_county(self):
        """The coordinator reads the part in her county; what lies elsewhere is not hers."""
        other = self.env["integration.county"].create(
            {"name": "Other", "ags": "08998", "company_id": False}
        )
        far = self.env["integration.municipality"].create(
            {"name": "Far", "ags": "08998001", "county_id": other.id}
        )
        self._talks(self.cases, self.topics[0], self.quarter)
        county = {"scope": "county", "county_id": self.county.id, "user": self.county_user}
        self.assertEqual(self._told(**county), {self.topics[0].id: 5})
        self._forget()
        self._talks(self.cases[:2], self.topics[1], self.quarter, municipality_id=far.id)
        self.assertEqual(len(self._told(scope="all")), 2)
        self.assertIsNone(self._told(**county), "the rest would be the two elsewhere")
        self._forget()
        self._talks(self.cases[2:], self.topics[1], self.quarter, municipality_id=far.id)
        self.assertEqual(self._told(**county), {self.topics[0].id: 5})

    # ------------------------------------------------------------
    # What is said
    # ------------------------------------------------------------
    def test_share_of_what_is_known(self):
        """Shares are of the talks of which a topic is known, and the report says of how many."""
        self._talks(self.cases, self.topics[0], self.quarter)
        self._talks(self.cases[:3], self.topics[:0], self.quarter)
        body = self._report().with_context(lang="en_US").body
        self.assertIn("Topics known for 5 of 8 talks; shares are of these.", body)
        table = html.fromstring(str(body)).xpath("//table[contains(@class, 'o_figures_list')]")[-1]
        self.assertEqual(table.xpath(".//tr")[-1].xpath("./td")[-1].text_content(), "100 %")

    def test_dot_in_words(self):
        """On screen, on paper, in the workbook and in the list."""
        self._talks(self.cases[:2], self.topics[0], self.quarter)
        report = self._report().with_context(lang="en_US")
        words = "A dot (.) stands for areas and topics that are not told here."
        self.assertIn(words, report.body)
        page = (
            self.env["ir.actions.report"]
            .with_user(self.lead_a)
            ._render_qweb_html("integration_management.report_figures", report.ids)[0]
        )
        self.assertIn(words, page.decode())
        matrix = report._matrix()
        book = load_workbook(io.BytesIO(figures_xlsx(report, matrix)))
        for sheet in book.worksheets:
            said = [str(cell.value) for row in sheet.iter_rows(max_row=6) for cell in row]
            self.assertTrue(any(text.startswith(words) for text in said), sheet.title)
        lists = book.worksheets[5]
        dots = [row[1].value for row in lists.iter_rows(min_row=8) if row[1].value == "."]
        self.assertTrue(dots)
        lines = list(csv.reader(io.StringIO(figures_csv(report, matrix).decode("utf-8-sig"))))
        hidden = [line for line in lines if line[4] in ("talk_area", "talk_topic")]
        total = [line for line in hidden if line[5] == "Totals only"]
        self.assertTrue(total)
        for line in total:
            self.assertEqual(
                line[7:], ["not told for this time or part, or about too few persons", "."]
            )
