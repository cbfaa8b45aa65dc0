from collections import defaultdict
from datetime import timedelta
from random import Random

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .interpreter_common import InterpreterCommon

COUNT = "integration.interpreter.count"
SMALLEST = 3


@tagged("post_install", "-at_install")
class TestInterpreterCount(InterpreterCommon):
    """Minutes, costs and gaps by month and language: sums as paid, and nothing of few persons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = cls.company_a | cls.company_county
        cls.companies.integration_small_number = SMALLEST
        cls.first = (cls.today.replace(day=1) - timedelta(days=70)).replace(day=1)
        cls.cases = [
            cls._needing(cls.tigrinya if number > 5 else cls.arabic) for number in range(8)
        ]
        cls.selam = cls._interpreter(
            "Selam Beispiel",
            language_ids=(cls.tigrinya | cls.farsi).ids,
            rate=0.8,
            rate_unit="minute",
        )
        cls.case.client_id.interpreter_needed = False

    @classmethod
    def _needing(cls, language, user=None):
        client = cls._client(
            user or cls.worker_a, consent=False, language_ids=language.ids, interpreter_needed=True
        )
        cls._consent(client, date=cls.first)
        return cls._case(client, days_ago=(cls.today - cls.first).days)

    def _met(self, case, day=None, row=None, **values):
        days = (self.today - (day or self.first)).days
        rows = {"interpreting_ids": [(0, 0, row)]} if row else {}
        return self._talk(case, days_ago=days, **rows, **values)

    def _rows(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self._as(user or self.lead_a)[COUNT].search([])
        return {
            (row.month, row.language_id.code): (
                row.minutes, round(row.cost, 2), row.used_count, row.gap_count
            )
            for row in rows
        }  # fmt: skip

    def test_few_persons_stand_in_one_row(self):
        """However often they met: neither the language nor the number of talks is told."""
        for case in self.cases[:2] * 2:
            self._met(case, row=self._row(self.noor))
        self.assertEqual(self._rows(), {(self.first, False): (120, 120.0, 0, 0)})
        self._met(self.cases[2], row=self._row(self.noor))
        self.assertEqual(self._rows(), {(self.first, "ar"): (150, 150.0, 5, 0)})

    def test_a_family_of_one_who_needs_it_is_one(self):
        children = [self._client(self.worker_a, consent=False) for _number in range(4)]
        for child in children:
            self._consent(child, date=self.first)
        together = self.cases[0].client_id.union(*children)
        days = (self.today - self.first).days
        self._talk(self.cases[0], together, days, interpreting_ids=[(0, 0, self._row(self.noor))])
        self.assertEqual(self._rows(), {(self.first, False): (30, 30.0, 0, 0)})

    def test_a_family_is_one_however_many_of_it_need_somebody(self):
        home = self.cases[0].env["integration.household"].create({})
        family = self.cases[0].client_id
        for _number in range(4):
            family |= self._client(
                self.worker_a, consent=False, language_ids=self.arabic.ids, interpreter_needed=True
            )
        for client in family:
            self._consent(client, date=self.first)
            home.env["integration.household.member"].create(
                {"household_id": home.id, "client_id": client.id, "date_from": self.first}
            )
        days = (self.today - self.first).days
        self._talk(self.cases[0], family, days, interpreting_ids=[(0, 0, self._row(self.noor))])
        self.assertEqual(self._rows(), {(self.first, False): (30, 30.0, 0, 0)})

    def test_a_month_is_told_from_the_fifteenth(self):
        for case in self.cases[:3]:
            self._met(case, row=self._row(self.noor))
        following = (self.first + timedelta(days=31)).replace(day=1)
        for day, told in ((14, False), (15, True)):
            query = self.env[COUNT]._table_query
            moment = f"TIMESTAMP '{following.replace(day=day)} 12:00'"
            code = query.code.replace("NOW() AT TIME ZONE 'Europe/Berlin'", moment)
            self.assertNotEqual(code, query.code)
            self.env.flush_all()
            self.env.cr.execute(code)
            self.assertEqual(bool(self.env.cr.fetchall()), told, day)

    def test_gaps(self):
        for case in self.cases[:3]:
            self._met(case)
        self.assertEqual(self._rows(), {(self.first, "ar"): (0, 0.0, 0, 3)})
        talks = self.env["integration.contact"].search([("case_id", "in", [self.cases[0].id])])
        for values in (
            {"no_interpreter_reason": "shared"},
            {"no_interpreter_reason": "declined"},
            {"no_interpreter_reason": False, "cancelled": True},
            {"cancelled": False, "interpreter_used": True},
        ):
            talks.write(values)
            self.assertEqual(self._rows(), {}, "two persons are few")
        talks.write({"interpreter_used": False, "no_interpreter_reason": "missing"})
        self.assertEqual(self._rows(), {(self.first, "ar"): (0, 0.0, 0, 3)})

    def test_few_and_none_look_the_same(self):
        for case in self.cases[:3]:
            self._met(case, row=self._row(self.noor))
        self.env.flush_all()
        (row,) = self._as(self.lead_a)[COUNT].search([])
        words = row.gap_told
        self._met(self.cases[0])
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((row.gap_told, row.gap_count), (words, 0))

    def test_running_month(self):
        for case in self.cases[:3]:
            self._met(case, day=self.today, row=self._row(self.noor))
        self.assertEqual(self._rows(), {})

    def test_relatives_are_no_minutes_of_the_pool(self):
        for case in self.cases[:3]:
            row = self._row(kind="relative", name="Aunt", of_age=True, reason="Acute")
            self._met(case, row=row)
        self.assertEqual(self._rows(), {(self.first, "ar"): (0, 0.0, 3, 0)})

    def test_larger_threshold_holds(self):
        for case in self.cases[:3]:
            self._met(case)
        for company in self.companies:
            company.integration_small_number = 4
            self.assertEqual(self._rows(), {})
            company.integration_small_number = SMALLEST

    def test_whose_numbers(self):
        for case in self.cases[:3]:
            self._met(case)
        self.assertTrue(self._rows(self.lead_a))
        self.assertEqual(self._rows(self.reporting_a), self._rows(self.lead_a))
        self.assertFalse(self._rows(self.lead_b))
        for user in (self.worker_a, self.dpo_a, self.county_user, self.accommodation):
            with self.assertRaises(AccessError):
                self._as(user)[COUNT].search([])

    def test_recount_of_random_talks(self):
        """Counted anew in plain Python from what was entered."""
        rng = Random("interpreters")
        cases = self.cases + [
            self._needing(rng.choice((self.arabic, self.tigrinya, self.farsi))) for _n in range(10)
        ]
        second = (self.first + timedelta(days=32)).replace(day=1)
        talks = []
        for _number in range(90):
            case = rng.choice(cases)
            present = case.client_id | rng.choice(cases).client_id
            language = rng.choice((self.arabic, self.tigrinya, self.farsi))
            who = self.noor if language == self.arabic else self.selam
            minutes = rng.randint(1, 60)
            kind = rng.choice(("pool", "pool", "service", "none", "none", "ticked", "shared"))
            values = {"duration": 60, "cancelled": rng.random() < 0.1}
            if kind == "pool":
                values["interpreting_ids"] = [
                    (0, 0, self._row(who, language_id=language.id, minutes=minutes))
                ]
            elif kind == "service":
                row = self._row(kind="service", name="Line", language_id=language.id)
                values["interpreting_ids"] = [(0, 0, {**row, "minutes": minutes})]
            elif kind == "ticked":
                values["interpreter_used"] = True
            elif kind == "shared":
                values["no_interpreter_reason"] = "shared"
            day = rng.choice((self.first, second)) + timedelta(days=rng.randint(0, 20))
            days = (self.today - day).days
            talk = self._talk(case, present, days, **values)
            rate = 1.0 if who == self.noor else 0.8
            cost = round(minutes * rate, 2) if kind == "pool" else 0
            paid = minutes if kind in ("pool", "service") else 0
            talks.append((talk.id, day.replace(day=1), present, kind, language, paid, cost))
            if values["cancelled"]:
                talks.pop()
        self.assertEqual(self._rows(), self._recount(talks))

    def _recount(self, talks):
        """Return the rows as they should be told, from (id, month, present, kind, …)."""
        used, gaps, money = self._facts(talks)
        told = defaultdict(lambda: [0, 0, 0, 0])

        def persons(pairs):
            return {client for _talk, client in pairs}

        def enough(pairs):
            return min(len(persons(pairs)), len({talk for talk, _client in pairs})) >= SMALLEST

        for key, (paid, cost) in money.items():
            many = len(persons(used[key] + gaps[key])) >= SMALLEST
            row = told[key if many else (key[0], False)]
            row[0] += paid
            row[1] += cost
        for place, counted in ((2, used), (3, gaps)):
            groups = defaultdict(list)
            for key, pairs in list(counted.items()):
                groups[key if enough(pairs) else (key[0], False)] += pairs
            for key, pairs in groups.items():
                if enough(pairs):
                    told[key][place] = len({talk for talk, _client in pairs})
        return {key: (row[0], round(row[1], 2), *row[2:]) for key, row in told.items()}

    @staticmethod
    def _facts(talks):
        """Return talks with persons, with an interpreter and without, and what was paid."""
        used, gaps, money = defaultdict(list), defaultdict(list), defaultdict(lambda: [0, 0])
        for number, month, present, kind, language, paid, cost in talks:
            needs = [(client.id, client.language_ids.code) for client in present]
            if kind in ("pool", "service"):
                used[month, language.code] += [(number, client) for client, _code in needs]
                money[month, language.code][0] += paid
                money[month, language.code][1] += cost
            elif kind in ("none", "ticked"):
                for client, code in needs:
                    (used if kind == "ticked" else gaps)[month, code].append((number, client))
        return used, gaps, money
