import random
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.integration_management.figures.breakdowns import BREAKDOWNS
from odoo.addons.integration_management.figures.counting import SETTINGS
from odoo.addons.integration_management.figures.engine import figures_matrix
from odoo.addons.integration_management.figures.period import Period
from odoo.addons.integration_management.figures.protection.contents import quarter_end
from odoo.addons.integration_management.figures.registry import RULES
from odoo.addons.integration_management.figures.scope import Scope

from .figures_common import DAYS, FiguresCommon
from .figures_recount import Recount

RUNS = 200


@tagged("post_install", "-at_install")
class TestReportEngine(FiguresCommon):
    """The engine against an independent recount."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._work_elsewhere()
        cls.indicators = cls.env["integration.indicator"].search([])
        cls.recount = Recount(cls.env, cls.today)
        cls.all = Scope((cls.company_a + cls.company_b).ids)

    @classmethod
    def _work_elsewhere(cls):
        """Let employer A hold a third of her talks in a second county."""
        cls.other_county = cls.env["integration.county"].create(
            {"name": "Other", "ags": "08998", "company_id": False}
        )
        cls.far = cls.env["integration.municipality"].create(
            {"name": "Far", "ags": "08998001", "county_id": cls.other_county.id}
        )
        cls.env["integration.mandate"].create(
            {
                "company_id": cls.company_a.id,
                "municipality_id": cls.far.id,
                "mode": "own",
                "date_start": cls.start,
            }
        )
        cls.env.flush_all()
        for table, contact in (
            ("integration_contact", "id"),
            ("integration_contact_person", "contact_id"),
            ("integration_arrival", "id"),
        ):
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET municipality_id = %s WHERE company_id = %s AND %s %% 3 = 0",
                    SQL.identifier(table),
                    cls.far.id,
                    cls.company_a.id,
                    SQL.identifier(contact),
                )
            )
        cls.env.invalidate_all()

    def _matrix(self, start, stop, scope=None, breakdowns=BREAKDOWNS, today=None):
        period = Period(start, stop, today or self.today)
        return figures_matrix(self.env, self.indicators, scope or self.all, period, breakdowns)

    def _assert_cells(self, matrix, breakdown, key, expected, context):
        """Compare every number; what is hidden of areas and topics is hidden in all rows."""
        hidden = set()
        for row in matrix.rows:
            place = f"{row.code} {row.item}, {breakdown} {key}: {context}"
            if row.is_heading and RULES[row.rule].content:
                number = matrix.known(row, breakdown, key)
            elif row.is_heading:
                continue
            else:
                number = matrix.value(row, breakdown, key)
            if number is None or row.rule in hidden:
                self.assertTrue(RULES[row.rule].content or RULES[row.rule].answer, place)
                self.assertIsNone(number, place)
                hidden.add(row.rule)
            else:
                self.assertEqual(number, expected[row.rule, row.item], place)
                self.told += RULES[row.rule].content and number > 0
                self.answered += RULES[row.rule].answer and number > 0
        for (rule, item), number in expected.items():
            known = any(row.rule == rule and row.item == item for row in matrix.rows)
            known = known or rule in hidden
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
                    start, stop, lambda *member, p=position, o=own: fits(*member) and member[p] == o
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
            rnd.choice([None, some(self.town_a + self.town_b + self.far)]),
        )

    def test_recount(self):
        """Every cell of random scopes and periods equals the recount."""
        rnd = random.Random(self.random_seed)
        self.told = self.answered = 0
        for run in range(RUNS):
            start = self._day(rnd.randint(0, DAYS + 50))
            stop = start + timedelta(days=rnd.choice([0, 27, 30, 91, 364, rnd.randint(0, 800)]))
            if rnd.random() < 0.5:  # on the very days that something began or ended
                start, stop = sorted(rnd.choices(self.recount.days, k=2))
            if rnd.random() < 0.5:  # areas and topics are told for quarters and longer
                start, stop = (
                    start.replace(month=start.month // 4 * 3 + 1, day=1),
                    quarter_end(stop),
                )
            scope = self._random_scope(rnd)
            context = f"seed {self.random_seed}, run {run}, {start} to {stop}, {scope}"
            self._assert_recounted(start, stop, scope, context)
        self.assertGreater(self.told, 500)
        self.assertGreater(self.answered, 5)

    def test_numbers_exist(self):
        """The random county is no desert: every indicator has something to count."""
        matrix = self._matrix(self._day(DAYS), self.today)
        for row in matrix.main_rows():
            # A chain is never older than the whole time; see the second half instead.
            if row.rule == "plan_continued":
                half = self._matrix(self._day(DAYS // 4), self.today)
                self.assertGreater(half.value(row), 0)
            elif not RULES[row.rule].answer:  # not told of a quarter that runs
                self.assertGreater(matrix.value(row), 0, row.code)
        year = self._matrix(date(self.today.year - 1, 1, 1), date(self.today.year - 1, 12, 31))
        for rule in ("talk_area", "talk_topic", "talk_channel"):
            matrix = matrix if rule == "talk_channel" else year
            items = [row for row in matrix.rows if row.rule == rule and row.item]
            self.assertGreater(sum(matrix.value(row) for row in items), 0, rule)

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
        """Neither workers nor months nor employers add queries; those of a worker are fewer."""
        small = Scope(self.company_b.ids, user_ids=(self.worker_b.id,))
        self._matrix(self._day(5), self.today, small)  # fill the caches
        worker = self._queries(self._day(DAYS), small)
        half, whole = (self._queries(self._day(days), self.all) for days in (DAYS // 2, DAYS))
        self.assertEqual(half, whole)
        self.assertLessEqual(whole, 22)
        self.assertLessEqual(worker, 19)

    def test_nobody_who_did_anything(self):
        """Where nobody had a talk, nothing is asked of talks, and what they were about is none."""
        nobody = Scope(self.company_b.ids, user_ids=(self.lead_a.id,))
        self._matrix(self._day(5), self.today, nobody)  # fill the caches
        self.assertLessEqual(self._queries(self._day(DAYS), nobody), 12)
        matrix = self._matrix(self._day(DAYS), self.today, nobody)
        for breakdown, columns in matrix.columns.items():
            for row in matrix.rows:
                for column in columns:
                    place = (row.code, breakdown, column.key)
                    if row.is_heading and RULES[row.rule].content:
                        self.assertEqual(matrix.known(row, breakdown, column.key), 0, place)
                    elif not row.is_heading:
                        self.assertEqual(matrix.value(row, breakdown, column.key), 0, place)

    def _queries(self, start, scope):
        """Return how many queries the figures of a scope take."""
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._matrix(start, self.today, scope)
        return self.env.cr.sql_log_count - before

    def test_settings_of_the_database_are_as_before(self):
        """What the engine takes for itself is no setting for the rest of the request."""
        names = tuple(SETTINGS)
        before = [self._setting(name) for name in names]
        self._matrix(self._day(30), self.today)
        self.assertEqual([self._setting(name) for name in names], before)

    def _setting(self, name):
        self.cr.execute("SELECT current_setting(%s)", [name])
        return self.cr.fetchone()[0]

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
        """The coordinator counts her county's municipalities, no matter who works there."""
        env = self._as(self.county_user)
        period = Period(self._day(DAYS), self.today, self.today)
        scope = Scope((self.company_a + self.company_b).ids, None, (self.town_a + self.town_b).ids)
        matrix = figures_matrix(env, self.indicators, scope, period)
        whole = self._matrix(period.date_from, period.date_to)
        talk = whole.by_rule("talk")
        elsewhere = whole.value(talk, "municipality", str(self.far.id))
        self.assertGreater(elsewhere, 0)
        self.assertEqual(matrix.value(talk), whole.value(talk) - elsewhere)
        with self.assertRaises(AccessError):
            figures_matrix(env, self.indicators, self.all, period)
        with self.assertRaises(AccessError):
            figures_matrix(
                env, self.indicators, Scope(self.company_a.ids, None, self.far.ids), period
            )
