import random
from collections import defaultdict
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.reports.figures_matrix import BREAKDOWNS, Matrix
from odoo.addons.integration_management.reports.figures_period import Period, preset_dates
from odoo.addons.integration_management.reports.figures_scope import Scope
from odoo.addons.integration_management.reports.integration_figures import figures_matrix

from .common import MODULE
from .figures_common import DAYS, FiguresCommon

RUNS = 200


class Recount:
    """The definitions once more, in plain Python over raw rows, without the engine."""

    def __init__(self, env, today):
        self.today = today
        for name in (
            "contact", "contact_person", "case", "case_assignment", "plan", "plan_review",
            "closure_reason", "channel",
        ):  # fmt: skip
            env.cr.execute(f'SELECT * FROM "integration_{name}"')  # pylint: disable=sql-injection
            setattr(self, name, env.cr.dictfetchall())
        env.cr.execute("SELECT * FROM integration_contact_area_rel")
        self.area = env.cr.fetchall()
        env.cr.execute("SELECT * FROM integration_contact_topic_rel")
        self.topic = env.cr.fetchall()
        self.cases = {case["id"]: case for case in self.case}
        self.handover = {row["id"] for row in self.closure_reason if row["is_handover"]}
        self.counting = {row["id"] for row in self.channel if row["counts_as_talk"]}

    @property
    def days(self):
        """Return all days on which something begins or ends."""
        rows = [*self.case, *self.case_assignment, *self.plan]
        names = ("date_opened", "date_end", "date_from", "date_to", "date_agreed", "date_ended")
        return sorted({row[name] for row in rows for name in names if row.get(name)})

    def responsible(self, case_id, day):
        """Return the assignment of a case on a day."""
        rows = [
            row
            for row in self.case_assignment
            if row["case_id"] == case_id
            and row["date_from"] <= day
            and (not row["date_to"] or row["date_to"] >= day)
        ]
        return max(rows, key=lambda row: (row["date_from"], row["id"]), default=None)

    def count(self, start, stop, fits):
        """Return all figures of a period; ``fits(company, user, municipality)`` is the scope."""
        inside = lambda day: day and start <= day <= stop  # noqa: E731
        result = defaultdict(int)
        talks = {
            row["id"]: row
            for row in self.contact
            if row["reached"]
            and not row["cancelled"]
            and row["channel_id"] in self.counting
            and inside(row["date"])
            and fits(row["company_id"], row["user_id"], row["municipality_id"])
        }
        present = [row for row in self.contact_person if row["contact_id"] in talks]
        result["talk", 0] = len(talks)
        result["talk_unnamed", 0] = len(talks.keys() - {row["contact_id"] for row in present})
        result["person", 0] = len({row["client_id"] for row in present})
        single = {row["client_id"] for row in present if not row["household_id"]}
        households = {row["household_id"] for row in present if row["household_id"]}
        result["family_single", 0] = len(single)
        result["family", 0] = len(single) + len(households)
        for talk in talks.values():
            result["talk_channel", talk["channel_id"]] += 1
        for contact, area in self.area:
            result["talk_area", area] += contact in talks
        for contact, topic in self.topic:
            result["talk_topic", topic] += contact in talks
        self._count_plans(result, start, stop, inside, fits)
        self._count_cases(result, inside, fits)
        return result

    def _count_plans(self, result, start, stop, inside, fits):
        chains = defaultdict(list)
        for row in self.plan:
            if row["date_agreed"]:
                chains[row["origin_id"]].append(row)
        last = min(stop, self.today)
        for origin, versions in chains.items():
            first = min(versions, key=lambda row: row["version"])
            if inside(first["date_agreed"]) and fits(
                first["company_id"], first["user_id"], first["municipality_id"]
            ):
                result["plan_new", 0] += 1
            if first["date_agreed"] < start:
                again = [row for row in versions if row != first and inside(row["date_agreed"])]
                again += [
                    row
                    for row in self.plan_review
                    if row["origin_id"] == origin and inside(row["date"])
                ]
                result["plan_continued", 0] += len(
                    {
                        row["user_id"]
                        for row in again
                        if fits(row["company_id"], row["user_id"], row["municipality_id"])
                    }
                )
            end = self.cases[first["case_id"]]["date_end"]
            holds = any(
                row["date_agreed"] <= last and (not row["date_ended"] or row["date_ended"] > last)
                for row in versions
            )
            if holds and not (end and end <= last):
                row = self.responsible(first["case_id"], last)
                place = row["municipality_id"] if row else first["municipality_id"]
                result["plan_active", 0] += fits(first["company_id"], row and row["user_id"], place)

    def _count_cases(self, result, inside, fits):
        for case in self.case:
            for day, rule in (
                (case["date_opened"], "case_opened"),
                (
                    case["date_end"],
                    "case_handover"
                    if case["closure_reason_id"] in self.handover
                    else "case_closed",
                ),
            ):
                if inside(day):
                    row = self.responsible(case["id"], day) or case
                    result[rule, 0] += fits(
                        case["company_id"], row["user_id"], row["municipality_id"]
                    )


@tagged("post_install", "-at_install")
class TestReportEngine(FiguresCommon):
    """The engine against an independent recount."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.indicators = cls.env["integration.indicator"].search([])
        cls.recount = Recount(cls.env, cls.today)
        cls.all = Scope((cls.company_a + cls.company_b).ids)

    def _matrix(self, start, stop, scope=None, breakdowns=BREAKDOWNS, today=None):
        period = Period(start, stop, today or self.today)
        return figures_matrix(self.env, self.indicators, scope or self.all, period, breakdowns)

    def _assert_cells(self, matrix, breakdown, key, expected, context):
        for row in matrix.rows:
            if not row.is_heading:
                self.assertEqual(
                    matrix.value(row, breakdown, key),
                    expected[row.rule, row.item],
                    f"{row.code} {row.item}, {breakdown} {key}: {context}",
                )
        for (rule, item), number in expected.items():
            known = any(row.rule == rule and row.item == item for row in matrix.rows)
            self.assertTrue(known or not number, f"{rule} {item} is missing: {context}")

    def _assert_recounted(self, start, stop, scope, context):
        matrix = self._matrix(start, stop, scope)

        def fits(*member):
            company, user, place = member
            return (
                company in scope.company_ids
                and (scope.user_ids is None or user in scope.user_ids)
                and (scope.municipality_ids is None or place in scope.municipality_ids)
            )

        self._assert_cells(matrix, "total", "", self.recount.count(start, stop, fits), context)
        for position, breakdown in enumerate(("employer", "worker", "municipality")):
            for column in matrix.columns[breakdown]:
                own = int(column.key or 0) or None
                expected = self.recount.count(
                    start,
                    stop,
                    lambda *member, p=position, o=own: fits(*member) and member[p] == o,
                )
                self._assert_cells(matrix, breakdown, column.key, expected, context)
        for month in Period(start, stop, self.today).months():
            if month.date_from <= self.today:
                expected = self.recount.count(month.date_from, month.date_to, fits)
                self._assert_cells(matrix, "month", month.month_key, expected, context)

    def _random_scope(self, rnd):
        def some(records):
            return tuple(rnd.sample(records.ids, rnd.randint(1, len(records))))

        users = self.worker_a + self.worker_a2 + self.worker_b + self.colleague_a
        return Scope(
            some(self.company_a + self.company_b),
            rnd.choice([None, some(users)]),
            rnd.choice([None, some(self.town_a + self.town_b)]),
        )

    def test_recount(self):
        """Every cell of random scopes and periods equals the recount."""
        rnd = random.Random(self.random_seed)
        for run in range(RUNS):
            start = self._day(rnd.randint(0, DAYS + 50))
            stop = start + timedelta(days=rnd.choice([0, 27, 30, 91, 364, rnd.randint(0, 800)]))
            if rnd.random() < 0.5:  # on the very days that something began or ended
                start, stop = sorted(rnd.choices(self.recount.days, k=2))
            scope = self._random_scope(rnd)
            context = f"seed {self.random_seed}, run {run}, {start} to {stop}, {scope}"
            self._assert_recounted(start, stop, scope, context)

    def test_numbers_exist(self):
        """The random county is no desert: every indicator has something to count."""
        matrix = self._matrix(self._day(DAYS), self.today)
        for row in matrix.main_rows():
            # A chain is never older than the whole time; see the second half instead.
            if row.rule == "plan_continued":
                half = self._matrix(self._day(DAYS // 4), self.today)
                self.assertGreater(half.value(row), 0)
            else:
                self.assertGreater(matrix.value(row), 0, row.code)

    def test_archived_worker_keeps_counting(self):
        matrix = self._matrix(self._day(DAYS), self.today)
        labels = {column.key: column.label for column in matrix.columns["worker"]}
        self.assertFalse(self.worker_a2.active)
        self.assertEqual(labels[str(self.worker_a2.id)], self.worker_a2.name)
        self.assertGreater(matrix.value(matrix.rows[0], "worker", str(self.worker_a2.id)), 0)

    def test_employer_without_work_is_shown(self):
        """Silence is a figure: an employer without entries stands there with zeros."""
        scope = Scope((self.company_a + self.company_county).ids)
        matrix = self._matrix(self._day(30), self.today, scope)
        keys = [column.key for column in matrix.columns["employer"]]
        self.assertIn(str(self.company_county.id), keys)
        for row in matrix.main_rows():
            self.assertEqual(matrix.value(row, "employer", str(self.company_county.id)), 0)

    def test_period_ahead(self):
        """The last day is today, if the end lies ahead; months to come are no columns."""
        now = self._matrix(self.today, self.today)
        ahead = self._matrix(self.today, self.today + timedelta(days=200))
        for rule in ("plan_active", "talk"):
            row = now.by_rule(rule)
            self.assertEqual(now.value(row), ahead.value(row))
        self.assertEqual(len(ahead.columns["month"]), 1)
        empty = self._matrix(self.today + timedelta(days=70), self.today + timedelta(days=90))
        self.assertEqual(empty.columns["month"], [])
        self.assertEqual(empty.value(empty.by_rule("talk")), 0)

    def test_number_of_queries(self):
        """Neither workers nor months nor employers add queries."""
        small = Scope(self.company_b.ids, user_ids=(self.worker_b.id,))
        self._matrix(self._day(5), self.today, small)  # fill the caches
        numbers = []
        for scope, days in ((small, DAYS), (self.all, DAYS // 2), (self.all, DAYS)):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._matrix(self._day(days), self.today, scope)
            numbers.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(numbers)), 1, numbers)
        self.assertLessEqual(numbers[0], 40)

    def test_scope_is_checked(self):
        """The engine itself refuses a scope that the roles do not cover."""
        period = Period(self._day(30), self.today, self.today)
        own = Scope(self.company_a.ids, user_ids=(self.worker_a.id,))
        env = self._as(self.worker_a)
        figures_matrix(env, self.indicators, own, period)
        for forged in (
            Scope(self.company_a.ids),
            Scope(self.company_a.ids, user_ids=(self.worker_a2.id,)),
            Scope(self.company_a.ids, user_ids=(self.worker_a.id, self.worker_a2.id)),
            Scope(self.company_b.ids, user_ids=(self.worker_a.id,)),
            Scope(()),
        ):
            for forged_env in (env, env(su=True)):
                with self.assertRaises(AccessError, msg=forged):
                    figures_matrix(forged_env, self.indicators, forged, period)

    def test_county_scope(self):
        """The coordinator counts her county's municipalities, whoever works there."""
        env = self._as(self.county_user)
        period = Period(self._day(DAYS), self.today, self.today)
        scope = Scope((self.company_a + self.company_b).ids, None, (self.town_a + self.town_b).ids)
        matrix = figures_matrix(env, self.indicators, scope, period)
        self.assertEqual(
            matrix.value(matrix.by_rule("talk")),
            self._matrix(period.date_from, period.date_to).value(matrix.by_rule("talk")),
        )
        with self.assertRaises(AccessError):
            figures_matrix(env, self.indicators, self.all, period)
        other = self.env["integration.county"].create(
            {"name": "Other", "ags": "08998", "company_id": False}
        )
        far = self.env["integration.municipality"].create(
            {"name": "Far", "ags": "08998001", "county_id": other.id}
        )
        with self.assertRaises(AccessError):
            figures_matrix(env, self.indicators, Scope(self.company_a.ids, None, far.ids), period)


@tagged("post_install", "-at_install")
class TestReportDefinitions(FiguresCommon):
    """Single sentences of the definitions, each as small as it can be."""

    clients_per_worker = 0

    def _value(self, rule, start=30, stop=0, breakdown="total", key="", **scope):
        indicators = self.env["integration.indicator"].search([])
        period = Period(self._day(start), self._day(stop), self.today)
        scope = Scope((self.company_a + self.company_b).ids, **scope)
        self.env.flush_all()
        matrix = figures_matrix(self.env, indicators, scope, period)
        return matrix.value(matrix.by_rule(rule), breakdown, key)

    def _family(self):
        clients = self._client(self.worker_a, "One") + self._client(self.worker_a, "Two")
        household = self._as(self.worker_a)["integration.household"].create(
            {
                "company_id": self.company_a.id,
                "member_ids": [
                    (0, 0, {"client_id": client.id, "date_from": self._day(90)})
                    for client in clients
                ],
            }
        )
        return clients, household

    def test_family_talk(self):
        """A family talk is one talk and counts everybody present."""
        clients, _household = self._family()
        case = self._case(clients[0])
        self._talk(case, clients, days_ago=3)
        self._talk(case, clients, days_ago=2)
        self.assertEqual(self._value("talk"), 2)
        self.assertEqual(self._value("person"), 2)
        self.assertEqual(self._value("family"), 1)
        self.assertEqual(self._value("family_single"), 0)

    def test_separation_changes_nothing(self):
        """Household as of the day of the talk."""
        clients, household = self._family()
        self._talk(self._case(clients[0]), clients, days_ago=5)
        household.sudo().member_ids.date_to = self._day(2)
        self.assertEqual(self._value("family"), 1)

    def test_household_is_no_client(self):
        """A household and a person without one stay two families under the same id."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT setval('integration_client_id_seq', n),
                      setval('integration_household_id_seq', n)
                 FROM (SELECT 1000 + GREATEST(nextval('integration_client_id_seq'),
                                              nextval('integration_household_id_seq')) AS n) s"""
        )
        clients, household = self._family()
        alone, together = clients
        self.assertEqual(alone.id, household.id)
        household.sudo().member_ids.filtered(lambda m: m.client_id == alone).unlink()
        self._talk(self._case(alone))
        self._talk(self._case(together))
        self.assertEqual(self._value("family_single"), 1)
        self.assertEqual(self._value("family"), 2)

    def test_missed_and_cancelled(self):
        case = self._case(self._client(self.worker_a))
        self._talk(case, clients=case.client_id.browse(), reached=False)
        talk = self._talk(case)
        self.assertEqual(self._value("talk"), 1)
        talk.cancelled = True
        self.assertEqual(self._value("talk"), 0)
        self.assertEqual(self._value("person"), 0)

    def test_unnamed_talk(self):
        env = self._as(self.worker_a)
        env["integration.contact"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.home_visit.id,
                "unnamed_count": 3,
                "date": self._day(1),
            }
        )
        self.assertEqual(self._value("talk"), 1)
        self.assertEqual(self._value("talk_unnamed"), 1)
        self.assertEqual(self._value("person"), 0)
        self.assertEqual(self._value("family"), 0)

    def test_same_person_at_two_employers(self):
        for worker in (self.worker_a, self.worker_b):
            self._talk(self._case(self._client(worker, "Same Person")))
        self.assertEqual(self._value("person"), 2)

    def test_handed_over_file(self):
        """A talk stays with who held it; an active plan goes to who is responsible now."""
        case = self._case(self._client(self.worker_a))
        self._talk(case, days_ago=20)
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [(0, 0, {"area_id": self.areas[0].id, "name": "Goal"})],
            }
        )
        plan.action_agree(self._day(20))
        case.with_env(self._as(self.lead_a)).user_id = self.colleague_a
        worker, colleague = str(self.worker_a.id), str(self.colleague_a.id)
        self.assertEqual(self._value("talk", breakdown="worker", key=worker), 1)
        self.assertEqual(self._value("plan_new", breakdown="worker", key=worker), 1)
        self.assertEqual(self._value("plan_active", breakdown="worker", key=colleague), 1)
        self.assertEqual(self._value("plan_active", breakdown="worker", key=worker), 0)
        # Yesterday it was still worker_a's
        self.assertEqual(self._value("plan_active", stop=1, breakdown="worker", key=worker), 1)

    def test_closing_ends_the_plan(self):
        case = self._case(self._client(self.worker_a))
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [(0, 0, {"area_id": self.areas[0].id, "name": "Goal"})],
            }
        )
        plan.action_agree(self._day(20))
        reason = self.env.ref(f"{MODULE}.closure_reason_goals_reached")
        case.sudo()._close(reason, self._day(5))
        self.assertEqual(self._value("plan_active"), 0)
        self.assertEqual(self._value("plan_active", stop=6), 1)
        self.assertEqual(self._value("case_closed"), 1)
        self.assertEqual(self._value("case_handover"), 0)


class TestReportCalendar(BaseCase):
    """Periods and the frozen form of the matrix, without a database."""

    def test_presets(self):
        today = date(2026, 2, 28)
        for preset, start, stop in (
            ("this_month", date(2026, 2, 1), date(2026, 2, 28)),
            ("last_month", date(2026, 1, 1), date(2026, 1, 31)),
            ("this_quarter", date(2026, 1, 1), date(2026, 3, 31)),
            ("last_quarter", date(2025, 10, 1), date(2025, 12, 31)),
            ("this_half", date(2026, 1, 1), date(2026, 6, 30)),
            ("last_half", date(2025, 7, 1), date(2025, 12, 31)),
            ("this_year", date(2026, 1, 1), date(2026, 12, 31)),
            ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ):
            self.assertEqual(preset_dates(preset, today), (start, stop), preset)

    def test_months(self):
        period = Period(date(2024, 1, 31), date(2024, 3, 1), date(2024, 2, 10))
        self.assertEqual(
            [(month.date_from, month.date_to) for month in period.months()],
            [
                (date(2024, 1, 31), date(2024, 1, 31)),
                (date(2024, 2, 1), date(2024, 2, 29)),
                (date(2024, 3, 1), date(2024, 3, 1)),
            ],
        )
        self.assertEqual(period.last_day, date(2024, 2, 10))

    def test_scope(self):
        wide = Scope((1, 2), None, (7, 8))
        self.assertTrue(wide.contains(Scope((2,), (5,), (7,))))
        self.assertFalse(wide.contains(Scope((2, 3), (5,), (7,))))
        self.assertFalse(wide.contains(Scope((1,), None, None)))
        self.assertFalse(wide.contains(Scope((), None, (7,))))
        self.assertEqual(Scope.from_data(wide.to_data()), wide)

    def test_matrix_survives_freezing(self):
        matrix = Matrix.from_data(
            {"total": [["", ""]], "month": [["2024-01-01", "2024-01"]]},
            [
                {
                    "code": "talk", "rule": "talk", "unit": "talk", "item": 0, "level": 0,
                    "texts": {"en_US": {"label": "Talks"}},
                    "figures": {"total": [3], "month": [2]},
                }
            ],
        )  # fmt: skip
        again = Matrix.from_data(matrix.columns_data(), matrix.rows_data())
        self.assertEqual(again.rows, matrix.rows)
        self.assertEqual(again.value(again.rows[0], "month", "2024-01-01"), 2)
        self.assertEqual(again.rows[0].text("label", "de_DE"), "Talks")
