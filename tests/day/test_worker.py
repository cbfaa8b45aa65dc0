from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestWorker(IntegrationCommon):
    """Load and absence of case workers: for the lead, and one's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._as(cls.lead_a)["integration.worker"]
        cls.team.action_open_team()
        cls.mine = cls._row(cls.worker_a)

    @classmethod
    def _row(cls, user):
        return cls.team.search([("user_id", "=", user.id)])

    def _in(self, days):
        return self.today + timedelta(days=days)

    def test_every_case_worker_has_one_row(self):
        self.assertEqual(len(self.mine), 1)
        self.team.action_open_team()
        users = self.team.search([]).user_id
        self.assertLessEqual(self.worker_a | self.colleague_a, users)
        self.assertFalse((self.worker_b | self.admin_a | self.employee) & users)
        self.assertEqual(len(self._row(self.worker_a)), 1)

    def test_load_weighs_phase_persons_and_hours(self):
        accompaniment = self.env.ref(f"{MODULE}.stage_accompaniment")
        self.assertEqual(accompaniment.load_weight, 1, "a talk a month")
        first = self._case(self._client(self.worker_a))
        first._accompany(self._client(self.worker_a))
        second = self._case(self._client(self.worker_a))
        third = self._case(self._client(self.worker_a))
        (first | second).stage_id = accompaniment
        third.stage_id = self.env.ref(f"{MODULE}.stage_aftercare")
        self.env.flush_all()
        self.assertRecordValues(
            self.mine, [{"case_count": 3, "person_count": 4, "load": 1.25 + 1 + 0.5}]
        )
        self.mine.hours = 19.5
        self.assertAlmostEqual(self.mine.load_full, 2 * 2.75)
        accompaniment.load_weight_person = 0.5
        self.mine.invalidate_recordset()
        self.assertAlmostEqual(self.mine.load, 3.0)
        self.assertFalse(self._row(self.colleague_a).case_count)

    def test_queries_do_not_grow_with_the_team(self):
        self._case(self._client(self.worker_a))
        rows = self.team.search([])
        self.env.flush_all()

        def asked(workers):
            self.env.invalidate_all()
            workers.mapped("company_id.name")
            before = self.cr.sql_log_count
            workers.mapped("load_full")
            return self.cr.sql_log_count - before

        asked(rows)
        self.assertLessEqual(asked(rows), asked(self.mine))

    def test_absence(self):
        own = self.mine.with_env(self._as(self.worker_a))
        own.write({"date_away_from": self.today, "date_away_until": self._in(3)})
        self.assertTrue(own.is_away)
        self.assertEqual(self.team.search([("is_away", "=", True)]), self.mine)
        tile = self.env.ref(f"{MODULE}.day_tile_team_away").with_env(self._as(self.lead_a))
        self.env.flush_all()
        self.assertEqual((tile.count, tile.first_day), (1, self.today))
        own.write({"date_away_from": self._in(-9), "date_away_until": self._in(-1)})
        self.assertFalse(own.is_away)
        self.assertFalse(self.team.search([("is_away", "=", True)]))
        self.assertIn(self.mine, self.team.search([("is_away", "=", False)]))
        own.write({"date_away_until": False})
        self.assertTrue(own.is_away, "until further notice")
        for vals in (
            {"date_away_from": False, "date_away_until": self.today},
            {"date_away_from": self.today, "date_away_until": self._in(-1)},
        ):
            with self.assertRaises(UserError):
                own.write(vals)

    def test_who_may_enter_what(self):
        own = self.mine.with_env(self._as(self.worker_a))
        with self.assertRaises(AccessError):
            own.hours = 10
        with self.assertRaises(AccessError):
            own.read(["load"])
        with self.assertRaises(AccessError):
            own.search([("hours", ">", 1)])
        colleague = self._row(self.colleague_a).with_env(self._as(self.worker_a))
        self.assertFalse(colleague.is_away, "colleagues see who is away")
        with self.assertRaises(AccessError):
            colleague.date_away_from = self.today
        with self.assertRaises(AccessError):
            self._as(self.worker_a)["integration.worker"].action_open_team()
        self.assertFalse(self._as(self.lead_b)["integration.worker"].search([]) & self.mine)

    def test_one_opens_ones_own_row(self):
        self.mine.sudo().unlink()
        action = self._as(self.worker_a)["integration.worker"].action_open_mine()
        row = self._row(self.worker_a)
        self.assertEqual(action["res_id"], row.id)
        with self.assertRaises(UserError):
            row.user_id = self.colleague_a
        for hours in (0, 61):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                row.hours = hours
                self.env.flush_all()
