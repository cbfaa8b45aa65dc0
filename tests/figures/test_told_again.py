import csv
import io
import random
from datetime import date, timedelta
from types import SimpleNamespace

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.figures.output.csv import figures_csv
from odoo.addons.integration_management.figures.output.xlsx import figures_xlsx
from odoo.addons.integration_management.figures.period import Period
from odoo.addons.integration_management.figures.protection import contents
from odoo.addons.integration_management.figures.protection.employers import EmployersContents
from odoo.addons.integration_management.figures.protection.printed import Printed, Talk

from .test_report_contents import ContentsCommon
from .test_told_tables import SEED, gives_away

PRINTED_WORLDS = 10
PERIODS = [
    *((date(2025, m, 1), date(2025, m + 2, d)) for m, d in ((1, 31), (4, 30), (7, 30), (10, 31))),
    *((date(2025, m, 1), date(2025, m + 5, d)) for m, d in ((1, 30), (7, 31))),
    (date(2025, 1, 1), date(2025, 12, 31)),
]


class PrintedWorld:
    """An employer with three workers over a year, printed again and again while talks change."""

    WORKERS = (1, 2, 3)
    TODAY = date(2026, 3, 1)

    def __init__(self, seed, recall=True):
        self.chance = random.Random(seed)
        self.recall = recall
        self.talks, self.kept, self.versions = {}, [], {}
        for _talk in range(24):
            self._enter()

    def _enter(self):
        number = len(self.talks) + 1
        self.talks[number] = self._talk(number)

    def _talk(self, number, topics=(1,)):
        chance = self.chance
        day = date(2025, chance.choice((2, 5, 8, 11)), 3)
        persons = tuple(sorted(chance.sample(range(1, 13), chance.choice((1, 1, 2)))))
        return Talk(number, chance.choice(self.WORKERS), 1, day, (), topics, persons)

    def change(self):
        """Enter, change or cancel some talks."""
        for _change in range(self.chance.choice((1, 2, 5))):
            number = self.chance.choice(list(self.talks))
            what = self.chance.choice(("enter", "enter", "topics", "all", "cancel"))
            if what == "enter":
                self._enter()
            elif what == "cancel":
                self.talks[number] = None
            elif self.talks[number]:
                talk = self.talks[number]
                topics = (len(self.versions) + 2,)
                changed = talk._replace(topics=topics) if what == "topics" else None
                self.talks[number] = changed or self._talk(number, topics)

    def printed(self, threshold):
        """Print some columns, and return what was told as sets of versions of talks."""
        start, stop = self.chance.choice(PERIODS)
        contents = SimpleNamespace(
            counties={1: 1},
            period=Period(start, stop, self.TODAY),
            until=date(2025, 12, 31),
            thresholds={1: threshold},
            grants={1: []},
            cuts=sorted({start, stop + timedelta(days=1)}),
        )
        talks = [talk for talk in self.talks.values() if talk]
        own = EmployersContents(contents, 1, talks, Printed.of(self.kept))
        found = []
        for worker in self.chance.choice(((None,), self.WORKERS, (None, *self.WORKERS))):
            cells = [
                cell
                for cell in own.cells
                if worker in (None, cell.worker) and start <= cell.start <= stop
            ]
            if own.is_told(cells):
                found.append(
                    {
                        unit.talk
                        for unit in own.editions.units
                        if worker in (None, unit.talk.worker) and start <= unit.talk.day <= stop
                    }
                )
        fresh = own.fresh(len(self.kept) + 1)
        if fresh and self.recall:
            self.kept.append((len(self.kept) + 1, fresh))
        return found

    def attack(self, rounds=6, thresholds=(3,)):
        """Return a group of few persons that the prints give away, or None."""
        told = []
        for _round in range(rounds):
            told += self.printed(self.chance.choice(thresholds))
            self.change()
        told = [talks for talks in told if talks]
        atoms = {talk: set(talk.persons) for talk in set().union(*told)}
        return gives_away(atoms, told, min(thresholds)) if told else None


@tagged("post_install", "-at_install")
class TestPrintedWorlds(BaseCase):
    """Whatever is printed while talks come, change and go: no sum of it is about too few."""

    def test_nothing_small_is_left_between_prints(self):
        for seed in range(SEED, SEED + PRINTED_WORLDS):
            self.assertIsNone(PrintedWorld(seed).attack(), f"seed {seed}")

    def test_other_thresholds_in_between(self):
        for seed in range(SEED, SEED + PRINTED_WORLDS):
            self.assertIsNone(PrintedWorld(seed).attack(thresholds=(3, 4)), f"seed {seed}")

    def test_with_nothing_kept_she_finds_small_rests(self):
        found = [
            PrintedWorld(seed, recall=False).attack() is not None
            for seed in range(SEED, SEED + PRINTED_WORLDS)
        ]
        self.assertGreater(sum(found), PRINTED_WORLDS // 4)


@tagged("post_install", "-at_install")
class TestPrintedTopics(ContentsCommon):
    """What was printed of areas and topics, and what is printed later, tell nothing of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usual, cls.secret = cls.topics
        cls.late_day = date(cls.year, 8, 11)
        cls.readers = {
            "worker": {"user": cls.worker_a, "scope": "worker", "user_id": cls.worker_a.id},
            "lead": {"scope": "all"},
            "county": {"user": cls.county_user, "scope": "county", "county_id": cls.county.id},
        }

    def _prints(self):
        """Return what each reader is told of the quarter and the year."""
        end = date(self.year, 12, 31)
        return {
            (name, stop): self._told(start, stop, **values)
            for name, values in self.readers.items()
            for start, stop in ((self.quarter, self.quarter_end), (date(self.year, 1, 1), end))
        }

    def _late(self, cases, topic=None):
        """Enter a talk of the quarter late, and return it."""
        known = self.env["integration.contact"].search([])
        self._talks(cases, topic or self.secret, self.late_day)
        return self.env["integration.contact"].search([]) - known

    def _anew(self):
        """Return the prints as they were if nothing had been kept; she is no straw man."""
        with self.cr.savepoint() as savepoint:
            self._forget()
            prints = self._prints()
            savepoint.rollback()
            self.env.invalidate_all()
        return prints

    def test_late_talk(self):
        """With a topic of its own, then another one, then gone: no print tells any of it."""
        self._talks(self.cases, self.usual, self.quarter)
        first = self._prints()
        self.assertEqual(set(map(str, first.values())), {str({self.usual.id: 5})})
        talk = self._late(self.cases[0:1])
        self.assertNotEqual(self._anew(), first, "counted anew it is told")
        self.assertEqual(self._prints(), first)
        talk.topic_ids = self.usual
        self.assertNotEqual(self._anew(), first)
        self.assertEqual(self._prints(), first)
        talk.cancelled = True
        self.assertEqual(self._prints(), first)

    def test_printed_talk_changed_and_removed(self):
        self._talks(self.cases + self.cases[:1], self.usual, self.quarter)
        first = self._prints()
        talk = self.env["integration.contact"].search([], limit=1)
        talk.topic_ids = self.secret
        self.assertNotEqual(self._anew(), first)
        self.assertEqual(self._prints(), first)
        talk.cancelled = True
        self.assertNotEqual(self._anew(), first)
        self.assertEqual(self._prints(), first)

    def test_talk_moved_to_another_quarter(self):
        self._talks(self.cases, self.usual, self.quarter)
        self._talks(self.cases, self.usual, date(self.year, 5, 3))
        talk = self._late(self.cases[:1])
        first = self._prints()
        spring = date(self.year, 4, 1), date(self.year, 6, 30)
        before = self._told(*spring)
        talk.date = spring[1]
        self.assertEqual(self._prints(), first)
        self.assertEqual(self._told(*spring), before)

    def test_quarter_printed_and_year_not_yet(self):
        """The year less its quarters would be what came late."""
        for month in (2, 5, 8, 11):
            self._talks(self.cases, self.usual, date(self.year, month, 3))
        quarters = [
            (date(self.year, month, 1), date(self.year, month + 2, day))
            for month, day in ((1, 31), (4, 30), (7, 30), (10, 31))
        ]
        for quarter in quarters:
            self.assertEqual(self._told(*quarter, scope="all"), {self.usual.id: 5})
        self._late(self.cases[:1])
        year = self._told(quarters[0][0], quarters[3][1], scope="all")
        self.assertEqual(year, {self.usual.id: 20})

    def test_what_was_not_printed_counts_all(self):
        """A late talk of a quarter that nobody has looked at is no late one."""
        self._talks(self.cases, self.usual, self.quarter)
        self._talks(self.cases, self.usual, date(self.year, 5, 3))
        self._told()
        self._talks(self.cases[:1], self.secret, date(self.year, 5, 4))
        told = self._told(date(self.year, 4, 1), date(self.year, 6, 30))
        self.assertEqual(told, {self.usual.id: 5, self.secret.id: 1})

    def test_colleague_is_late(self):
        """The worker printed first; the employer's table less hers would be the colleague's."""
        self._talks(self.cases, self.usual, self.quarter)
        worker = self._told(**self.readers["worker"])
        self._talks(self._cases(self.colleague_a, 2), self.secret, self.quarter)
        self.assertEqual(self._told(scope="all"), worker)
        self.assertEqual(self._told(**self.readers["worker"]), worker)

    def test_enough_late_persons_come_in_together(self):
        self._talks(self.cases, self.usual, self.quarter)
        first = self._prints()
        self._late(self.cases[:4])
        self.assertEqual(self._prints(), first)
        self._late(self.cases[4:])
        self.assertEqual(self._told(), {self.usual.id: 5, self.secret.id: 5})
        everybody = set(map(str, self._prints().values()))
        self.assertEqual(everybody, {str({self.usual.id: 5, self.secret.id: 5})})

    def test_few_that_go_while_many_come(self):
        """The difference would be about enough, but who knows what came learns what went."""
        self._talks(self.cases + self.cases[:1], self.usual, self.quarter)
        first = self._prints()
        self.env["integration.contact"].search([], limit=1).cancelled = True
        self._late(self.cases)
        self.assertEqual(self._prints(), first)

    def test_another_threshold(self):
        """What was printed is out, and what was hidden stays hidden."""
        spring = date(self.year, 4, 1), date(self.year, 6, 30)
        self._talks(self.cases, self.usual, self.quarter)
        self._talks(self.cases[:3], self.secret, spring[0])
        first = self._told(), self._told(*spring)
        self.assertEqual(first, ({self.usual.id: 5}, None))
        for number in (3, 9):
            (self.company_a + self.company_county).integration_small_number = number
            self.assertEqual((self._told(), self._told(*spring)), first, number)
        (self.company_a + self.company_county).integration_small_number = 3
        self._forget()
        self.assertIsNotNone(self._told(*spring), "decided anew it is told")

    def test_a_place_that_moves_to_another_county(self):
        """The part of a county less what it was before would be the few of that place."""
        other = self.env["integration.county"].create(
            {"name": "Other", "ags": "08998", "company_id": self.company_county.id}
        )
        far, small = self.env["integration.municipality"].create(
            [
                {"name": "Far", "ags": "08998001", "county_id": other.id},
                {"name": "Small", "ags": f"{self.county.ags}990", "county_id": self.county.id},
            ]
        )
        self._talks(self.cases, self.usual, self.quarter)
        self._talks(self.cases, self.usual, self.quarter, municipality_id=far.id)
        self._talks(self.cases[:1], self.secret, self.quarter, municipality_id=small.id)
        part = self.readers["county"]
        first = self._told(**part)
        self.assertEqual(first, {self.usual.id: 5, self.secret.id: 1})
        town = self._as(self.county_user)["integration.municipality"].browse(small.id)
        with self.assertRaisesRegex(UserError, "fixed to its county: Small"):
            town.write({"ags": "08998002", "county_id": other.id})
        self.assertEqual(self._told(**part), first)

    def test_list_behind_a_number_says_the_same(self):
        """Title and records are those of the print, though the late talk is her own."""
        self._talks(self.cases, self.usual, self.quarter)
        self._told()
        self._late(self.cases[:1], self.usual)
        report = self._report(**self.readers["worker"])
        matrix = report._matrix()
        (topic,) = [row for row in matrix.rows if row.rule == "talk_topic" and row.item]
        self.assertEqual(matrix.value(topic), 5)
        opened = report.action_open_cell([topic.code, topic.item, "total", ""])
        self.assertTrue(opened["name"].endswith(": 5"), opened["name"])
        self.assertEqual(len(opened["domain"][0][2]), 5)

    def test_submission_and_difference(self):
        """The talk is told as late; its topic is not, neither then nor in the difference."""
        self._talks(self.cases, self.usual, self.quarter)
        report = self._report()
        self.assertIs(report.action_submit(), True)
        self._late(self.cases[:1])
        rows = {row.rule: change for row, _column, *change in report._difference().cells("total")}
        self.assertIn("talk", rows)
        self.assertFalse({"talk_topic", "talk_area"} & rows.keys())
        self.assertIn("not in all numbers yet", report.with_context(lang="en_US").difference)
        self.assertFalse(report._broken_seal())

    def test_nothing_is_kept_twice(self):
        """Looking at figures once more writes nothing."""
        self._talks(self.cases, self.usual, self.quarter)
        self._told()
        kept = self.env["integration.figures.decision"].sudo().search_count([])
        self.assertTrue(kept)
        self._told()
        self.assertEqual(self.env["integration.figures.decision"].sudo().search_count([]), kept)

    # ------------------------------------------------------------
    # What is said, and what is left of somebody
    # ------------------------------------------------------------
    def test_what_came_late_is_said(self):
        """On screen, on paper, in the workbook and in the list, and only where it is so."""
        self._talks(self.cases, self.usual, self.quarter)
        before = self._report().with_context(lang="en_US")
        self._late(self.cases[:1])
        report = self._report().with_context(lang="en_US")
        words = "A few talks or answers were entered or changed late"
        for said, printed in ((False, before), (True, report)):
            matrix = printed._matrix()
            self.assertEqual(words in printed.body, said)
            page = (
                self.env["ir.actions.report"]
                .with_user(self.lead_a)
                ._render_qweb_html("integration_management.report_figures", printed.ids)[0]
            )
            self.assertEqual(words in page.decode(), said)
            book = load_workbook(io.BytesIO(figures_xlsx(printed, matrix)))
            cells = [cell.value for row in book.worksheets[0].iter_rows(max_row=6) for cell in row]
            self.assertEqual(any(words in str(value) for value in cells), said)
            lines = list(csv.reader(io.StringIO(figures_csv(printed, matrix).decode("utf-8-sig"))))
            remarks = {line[4]: line[7] for line in lines if line[5] == "Totals only"}
            self.assertEqual(remarks["talk_topic"].startswith(words), said)
            self.assertEqual(remarks["talk"], "")
        german = self._report().with_context(lang="de_DE").body
        self.assertIn("Einzelne Gespräche oder Antworten wurden spät erfasst", german)

    def test_an_erased_person_is_nobody_in_what_was_decided(self):
        """What was decided still stands, and nothing in it is hers."""
        self._talks(self.cases, self.usual, self.quarter)
        self._talks(self.cases[:2], self.usual, date(self.year, 5, 3))
        first = self._prints()
        spring = self._told(date(self.year, 4, 1), date(self.year, 6, 30))
        self.assertIsNone(spring)
        client = self.cases[0].client_id
        kept = self.env["integration.figures.decision"].sudo()
        self.assertTrue(self._persons_kept(kept) >= {case.client_id.id for case in self.cases})
        client.sudo()._leave_decisions()
        persons = self._persons_kept(kept)
        self.assertNotIn(client.id, persons)
        self.assertEqual(len(persons), len(self.cases), "she is still one of five")
        self.assertEqual(self._prints(), first)
        report = self._report().with_context(lang="en_US")
        self.assertFalse(report.lacks_late)
        self._late(self.cases[:4])
        self.assertEqual(self._prints(), first)

    @staticmethod
    def _persons_kept(decisions):
        return {
            person
            for kept in decisions.search([("rule", "=", contents.CONTENT)]).mapped("tables")
            for persons in [*(t[-1] for t in kept["talks"]), *(h[-1] for h in kept["hidden"])]
            for person in persons
        }
