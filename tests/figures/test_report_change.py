import json
import random
from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, tagged

from odoo.addons.integration_management.figures.output.csv import figures_csv
from odoo.addons.integration_management.figures.output.xlsx import figures_xlsx
from odoo.addons.integration_management.figures.protection import year
from odoo.addons.integration_management.figures.protection.year import LONG

from ..common import MODULE
from ..kept import kept
from .figures_attacker import PlainProtection, SmallWorld
from .figures_local_common import LocalFiguresCommon
from .figures_recount_change import ChangeRecount

SEED = 20260101
AREAS = ("housing", "work")
PERIODS = [(1, 6), (7, 12), (1, 12)]
TABLES = 6


class ChangeFiguresCommon(LocalFiguresCommon):
    """The seventy persons with assessments, plans and referrals, at random."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kept(cls, ("change", SEED), cls._changed)

    @classmethod
    def _changed(cls):
        # Own dice, so that what the base has thrown stays
        cls.random = random.Random(SEED)
        cls.areas = [cls.env.ref(f"{MODULE}.area_{code}") for code in AREAS]
        cls.cases = cls.env["integration.case"].search([("client_id.name", "like", "Secret %")])
        cls.plans = cls.env["integration.plan"]
        dice = random.Random(SEED)
        for case in cls.cases:
            own = case.with_env(cls._as(case.user_id))
            for tell in (cls._assess, cls._agree, cls._refer):
                tell(own)
            cls._match(own, dice)
        cls._entangle()
        cls.env.invalidate_all()

    @classmethod
    def _between(cls, first, last=None):
        return first + timedelta(days=cls.random.randint(0, ((last or cls.today) - first).days))

    @classmethod
    def _assess(cls, case):
        days = {cls._between(cls.first) for _number in range(cls.random.randint(0, 6))}
        level = lambda: cls.random.choice([0, 1, 2, 3, 4, 5])  # noqa: E731
        case.env["integration.assessment"].create(
            [
                {
                    "case_id": case.id,
                    "date": day,
                    "kind": "review",
                    "line_ids": [
                        Command.create({"area_id": area.id, "strength": level(), "need": level()})
                        for area in cls.areas
                        if cls.random.random() < 0.7
                    ],
                }
                for day in sorted(days)
            ]
        )

    @classmethod
    def _agree(cls, case):
        if cls.random.random() < 0.3:
            return
        goals = [
            Command.create({"area_id": area.id, "name": "Goal"})
            for area in cls.random.choices(cls.areas, k=cls.random.randint(1, 3))
        ]
        plan = case.env["integration.plan"].create({"case_id": case.id, "line_ids": goals})
        cls.plans += plan.with_env(cls.env)
        if cls.random.random() < 0.15:
            return
        plan.action_agree(cls._between(cls.first))
        day = cls._between(plan.date_agreed)
        cls._settle(plan, day)
        if cls.random.random() < 0.6:
            plan.action_new_version()
            draft = case.plan_ids.filtered(lambda p: p.state == "draft")
            if not draft.line_ids:
                draft.line_ids = [Command.create({"area_id": cls.areas[0].id, "name": "Next"})]
            if cls.random.random() < 0.8:
                draft.action_agree(day)
                cls._settle(draft, cls.today)

    @classmethod
    def _settle(cls, plan, until):
        states = ["open", "reached", "reached", "partly", "partly", "missed", "dropped"]
        for goal in plan.line_ids:
            state = cls.random.choice(states)
            if state != "open":
                goal.write({"state": state, "reason": "Because"})
                goal._as_system().write({"date_result": cls._between(plan.date_agreed, until)})
        for _number in range(cls.random.choice([0, 0, 1, 2])):
            day = cls._between(plan.date_agreed, until)
            plan.review_ids.create({"plan_id": plan.id, "date": day})

    @classmethod
    def _refer(cls, case):
        states = ["made", "accepted", "done", "done", "not_taken_up", "refused"]
        for number in range(cls.random.choice([0, 0, 1, 2, 3])):
            day = cls._between(cls.first)
            referral = case.env["integration.referral"].create(
                {
                    "case_id": case.id,
                    "recipient_kind": "organisation",
                    "recipient_name": f"Body {number}",
                    "date": day,
                }
            )
            state = cls.random.choice(states)
            if state != "made":
                referral.state = state
                referral._as_system().write({"date_told": cls._between(day)})

    @classmethod
    def _match(cls, case, dice):
        """Let somebody look for a volunteer; own dice, so that what others have thrown stays."""

        def between(first):
            return first + timedelta(days=dice.randint(0, (cls.today - first).days))

        for number in range(dice.choice([0, 1, 1, 2])):
            asked = between(cls.first)
            start = between(asked) if dice.random() < 0.7 else False
            case.env["integration.volunteer.match"].create(
                {
                    "case_id": case.id,
                    "date_need": asked,
                    "recipient_name": f"Club {number}",
                    "date_start": start,
                    "date_end": start and dice.random() < 0.6 and between(start),
                }
            )

    @classmethod
    def _entangle(cls):
        """Name others in plans, and move a third of all days to years before."""
        cls.env.flush_all()
        clients = cls.cases.client_id
        for plan in cls.plans:
            same = (clients - plan.client_id).filtered(
                lambda c, p=plan: c.company_id == p.company_id
            )
            if cls.random.random() < 0.3:
                cls.env.cr.execute(
                    "INSERT INTO integration_plan_client_rel (plan_id, client_id) VALUES (%s, %s)",
                    [plan.id, cls.random.choice(same.ids)],
                )
        # Some of them in another episode
        for query in (
            "UPDATE integration_assessment SET case_id = %s WHERE id %% 4 = 0",
            "UPDATE integration_assessment_line SET case_id = %s WHERE assessment_id %% 4 = 0",
        ):
            cls.env.cr.execute(query, [cls.cases[0].id])
        # Of one person there is one assessment of a kind in a day
        cls.env.cr.execute("""
            SELECT DISTINCT a.date - b.date FROM integration_assessment a
              JOIN integration_assessment b USING (client_id, kind)
        """)
        taken = {days for (days,) in cls.env.cr.fetchall()}
        back = next(days for days in range(cls.random.randint(150, 400), 2000) if days not in taken)
        for query in (
            "UPDATE integration_assessment SET date = date - %s WHERE id %% 3 = 0",
            "UPDATE integration_assessment_line SET date = date - %s WHERE assessment_id %% 3 = 0",
            "UPDATE integration_referral SET date = date - %s WHERE id %% 3 = 0",
            "UPDATE integration_plan_review SET date = date - %s WHERE plan_id %% 4 = 0",
            """UPDATE integration_plan_line SET date_result = date_result - %s
                WHERE plan_id %% 4 = 0""",
            """UPDATE integration_plan SET date_agreed = date_agreed - %s,
                      date_ended = date_ended - %s WHERE id %% 4 = 0""",
        ):
            cls.env.cr.execute(query, [back] * query.count("%s"))

    def _change(self, user, months=(1, 12), **values):
        return self._report(user, months, profile="change", **values)


@tagged("post_install", "-at_install")
class TestReportChange(ChangeFiguresCommon):
    """What has changed: the printed numbers are right, and small ones hidden."""

    def test_recount(self):
        """Every printed number of all periods and levels equals the recount."""
        recount, printed = ChangeRecount(self.env), Counter()
        for months in PERIODS:
            for user, values in (
                (self.county_user, {"scope": "county", "county_id": self.county.id}),
                (self.county_user, {"scope": "municipality", "municipality_id": self.town_b.id}),
                (self.county_user, {"scope": "employer", "employer_id": self.company_b.id}),
                (self.lead_a, {"scope": "all"}),
                (self.worker_a, {"scope": "worker", "user_id": self.worker_a.id}),
            ):
                report = self._change(user, months, **values)
                printed[values["scope"]] += self._assert_recounted(report, recount)
        for scope in ("county", "employer", "all"):
            self.assertGreater(printed[scope], 10, scope)

    def test_every_category_comes_up(self):
        """The random persons are no desert: the recount knows them in every category."""
        recount = ChangeRecount(self.env)
        report = self._change(self.county_user, scope="county", county_id=self.county.id)
        known = {}
        for row in report._matrix().rows:
            if row.item:
                label = row.text("label", "en_US")
                known[label] = known.get(label) or any(
                    recount.category(row.rule, client, report.date_to, row) == label
                    for client in self.cases.client_id.ids
                )
        self.assertEqual(len(known), 22)
        self.assertFalse([label for label, found in known.items() if not found])

    def test_one_decision_for_all(self):
        """The same table looks the same, for county and employer, alone and as a part."""
        key = str(self.company_b.id)
        county = self._change(
            self.county_user, (1, 6), scope="county", county_id=self.county.id
        )._matrix()
        own = self._change(self.lead_b, (1, 6), scope="all")._matrix()
        for row in own.rows:
            self.assertEqual(own.value(row), county.value(row, "employer", key), row.texts)

    def test_what_was_printed_stays_printed(self):
        """What happens in the second half of the year changes no table of the first."""
        tables = (
            (self.lead_b, {"scope": "all"}),
            (self.county_user, {"scope": "county", "county_id": self.county.id}),
        )
        numbers = self._first_half(tables)
        later = {"date": date(self.year, 7, 1)}
        self.env.cr.execute("SAVEPOINT whole_year")
        for query in (
            # As if they had never been printed
            "DELETE FROM integration_figures_decision",
            "DELETE FROM integration_contact_person WHERE date >= %(date)s",
            "DELETE FROM integration_assessment_line WHERE date >= %(date)s",
            "DELETE FROM integration_plan_review WHERE date >= %(date)s",
            "UPDATE integration_plan SET state = 'agreed', date_next_review = date_agreed + 1,"
            " date_ended = NULL WHERE date_ended >= %(date)s AND date_agreed < %(date)s"
            " AND state = 'ended' AND NOT EXISTS (SELECT FROM integration_plan p WHERE"
            " p.case_id = integration_plan.case_id AND p.state = 'agreed')",
            "UPDATE integration_plan_line SET state = 'open', date_result = NULL"
            " WHERE date_result >= %(date)s AND state <> 'partly'",
            "UPDATE integration_referral SET state = 'accepted' WHERE date_told >= %(date)s"
            " AND state <> 'made'",
            "UPDATE integration_referral SET date_told = NULL WHERE date_told >= %(date)s",
            "UPDATE integration_volunteer_match SET date_end = NULL, date_start = NULL"
            " WHERE date_start >= %(date)s",
            "UPDATE integration_volunteer_match SET date_end = NULL WHERE date_end >= %(date)s",
            "DELETE FROM integration_volunteer_match WHERE date_need >= %(date)s",
        ):
            self.env.cr.execute(query, later)
        self.env.invalidate_all()
        before = self._first_half(tables)
        self.env.flush_all()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT whole_year")
        self.env.invalidate_all()
        self.assertEqual(before, numbers)

    def _first_half(self, tables):
        return [
            [
                (row["code"], row["item"], row["figures"]["total"])
                for row in self._change(user, (1, 6), **values)._matrix().rows_data()
                if row["figures"]
            ]
            for user, values in tables
        ]

    def test_long_periods_alone(self):
        """Months and quarters of what has changed are refused, and no column tells one."""
        for user in (self.lead_a, self.reporting_a, self.worker_a, self.county_user):
            for months in ((3, 3), (1, 3), (10, 12), (2, 7), (1, 5)):
                with self.assertRaisesRegex(UserError, "half-years and calendar years"):
                    self._change(user, months, scope="all")
        for user, values in (
            (self.lead_a, {"scope": "all"}),
            (self.county_user, {"scope": "county", "county_id": self.county.id}),
            (self.worker_a, {"scope": "worker", "user_id": self.worker_a.id}),
        ):
            self.assertNotIn("month", self._change(user, **values)._matrix().columns)

    def test_walls(self):
        """Another's work is refused, and the county gets no worker."""
        for user, values in (
            (self.lead_a, {"scope": "employer", "employer_id": self.company_b.id}),
            (self.worker_a, {"scope": "worker", "user_id": self.colleague_a.id}),
            (self.county_user, {"scope": "county", "county_id": self.other_county.id}),
        ):
            with self.assertRaises(AccessError):
                self._change(user, **values)
        report = self._change(self.county_user, scope="county", county_id=self.county.id)
        self.assertNotIn("worker", report._matrix().columns)
        self.assertIn("worker", self._change(self.lead_a, scope="all")._matrix().columns)

    def test_hidden_numbers_leave_the_engine_nowhere(self):
        """Lines, screen, workbook and list hold no small number; a dot is explained."""
        report = self._change(self.lead_b, scope="all")
        lines = report.sudo().line_ids.filtered(lambda line: line.rule.startswith("trait"))
        stored = [n for line in lines for ns in (line.figures or {}).values() for n in ns]
        self.assertIn(None, stored)
        self.assertFalse([number for number in stored if number in (1, 2)])
        self.assertIn("A dot (.) stands for a number that is not printed", report.body)
        self.assertNotIn("Secret", json.dumps(report.sudo().line_ids.read(), default=str))
        matrix = report._matrix()
        self.assertTrue(figures_xlsx(report, matrix))
        parts = figures_csv(report, matrix).decode("utf-8-sig")
        self.assertIn("Housing: Rated once so far", parts)

    def test_the_office_and_the_employer_hide_for_each_other(self):
        for company in (self.company_b, self.company_county):
            company.integration_small_number = 9
            report = self._change(self.lead_b, scope="all")
            for line in report.sudo().line_ids.filtered(lambda line: line.rule != "person"):
                for numbers in (line.figures or {}).values():
                    self.assertFalse([n for n in numbers if n and n < 9], line.code)
            company.integration_small_number = 3

    def test_submissions_from_before_stay(self):
        """What was frozen before holds its own list of indicators, and its seal."""
        report = self._report(self.lead_b, scope="all")
        report.action_submit()
        before = report.sudo().line_ids.read(), report.checksum, report._check_value()
        self.assertFalse([line for line in before[0] if line["code"].startswith("change")])
        self.env["integration.indicator"].search([("profile", "=", "change")]).sequence = 1
        self._change(self.lead_b, scope="all").action_submit()
        self.env.invalidate_all()
        after = report.sudo().line_ids.read(), report.checksum, report._check_value()
        self.assertEqual(after, before)
        self.assertFalse(report._broken_seal())

    def test_dialog_offers_what_there_is(self):
        for user, scope in ((self.lead_a, "all"), (self.worker_a, "worker")):
            with Form(self._as(user)["integration.report.wizard"]) as form:
                form.preset = "last_year"
                form.scope = scope
                form.profile = "change"
                offered = form.available_breakdowns
                self.assertNotIn("month", offered)
                self.assertIn(form.breakdown, offered)
            action = form.record.action_show()
            report = self._as(user)["integration.report"].browse(action["res_id"])
            self.assertEqual(set(offered), set(report._matrix().columns))
            self.assertIn("Change by life area", report.body)


@tagged("post_install", "-at_install")
class TestSmallNumbersOfChange(BaseCase):
    """Half-years and years alone: no hidden number of theirs can be worked out."""

    def _attack(self, **world):
        hidden = 0
        for seed in range(SEED, SEED + TABLES):
            small = SmallWorld(seed, months=12, lengths=LONG, **world)
            output, truth = small.printed_in_time(small.truth), small.count(small.truth)
            self.assertEqual(small.printed(small.truth), output, f"seed {seed}")
            for cell, number in output.items():
                if number is not None:
                    self.assertEqual(number, truth[cell], f"seed {seed}: {cell}")
                    self.assertFalse(0 < number < small.threshold, f"seed {seed}: {cell}")
            self.assertEqual(small.worked_out(output), [], f"seed {seed}")
            hidden += list(output.values()).count(None)
        self.assertGreater(hidden, 0)

    def test_attacker(self):
        self._attack(persons=9, categories=2, threshold=3)

    def test_attacker_on_three_categories(self):
        self._attack(persons=6, categories=3, threshold=2)

    def test_attacker_in_two_counties(self):
        self._attack(persons=6, categories=3, threshold=2, border=True)

    def test_attacker_on_changing_categories(self):
        """Somebody may have got on between the two half-years."""
        self._attack(persons=5, categories=2, threshold=2, changing=True)

    def test_the_rule_taken_at_its_word(self):
        for seed in range(SEED, SEED + TABLES):
            small = SmallWorld(seed, 8, 3, 2, months=12, lengths=LONG, changing=bool(seed % 2))
            with patch.object(year, "Protection", PlainProtection):
                expected = small.printed(small.truth)
            self.assertEqual(small.printed(small.truth), expected, f"seed {seed}")
