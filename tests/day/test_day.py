from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestDay(IntegrationCommon):
    """My Day: what needs somebody, counted under her own rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, "Olena Beispielko")
        cls.case = cls._case(cls.client, days_ago=300)
        cls.theirs = cls._case(cls._client(cls.colleague_a, "Yonas Erfunden"), days_ago=300)

    def _in(self, days):
        return self.today + timedelta(days=days)

    def _tile(self, code, user=None):
        self.env.flush_all()
        tile = self.env.ref(f"{MODULE}.day_tile_{code}").with_env(self._as(user or self.worker_a))
        tile.invalidate_recordset()
        return tile

    def _listed(self, tile):
        action = tile.action_open()
        return tile.env[action["res_model"]].search(action["domain"])

    def _assert_counts(self, code, records, user=None):
        """The number of a tile and the list that it opens are ``records``."""
        tile = self._tile(code, user)
        self.assertEqual(set(self._listed(tile).ids), set(records.ids), code)
        self.assertEqual(tile.count, len(records), code)

    def test_each_tile_has_a_question_and_opens(self):
        for user, scope in (
            (self.worker_a, "mine"),
            (self.lead_a, "team"),
            (self.dpo_a, "privacy"),
        ):
            tiles = self._as(user)["integration.day.tile"].search([("is_for_me", "=", True)])
            self.assertEqual(set(tiles.mapped("scope")), {scope})
            for tile in tiles:
                with self.subTest(tile.code):
                    self.assertEqual(tile.count, len(self._listed(tile)))

    def test_who_has_no_files_has_no_tiles(self):
        for user in (self.admin_a, self.county_user, self.reporting_a):
            tiles = self._as(user)["integration.day.tile"]
            self.assertFalse(tiles.search([("is_for_me", "=", True)]))

    def test_silent_cases_of_ones_own(self):
        self._assert_counts("silent", self.case)
        self.assertEqual(self._tile("silent").first_day, self.case.next_contact_date)
        self._talk(self.case, days_ago=0)
        self._assert_counts("silent", self.case.browse())

    def test_lead_counts_the_team_without_reading(self):
        self._assert_counts("team_silent", self.case | self.theirs, self.lead_a)
        self._assert_counts("team_silent", self.case.browse(), self.lead_b)

    def test_deadlines(self):
        values = {
            "case_id": self.case.id,
            "kind_id": self.env.ref(f"{MODULE}.deadline_kind_appeal").id,
        }
        deadlines = self.case.env["integration.deadline"].create(
            [{**values, "date": self._in(days)} for days in (5, 60, 61)]
        )
        self._assert_counts("deadlines", deadlines[:2])
        self.assertEqual(self._tile("deadlines").first_day, self._in(5))
        deadlines[0].action_done()
        self._assert_counts("deadlines", deadlines[1])

    def test_lead_learns_nothing_of_what_she_may_not_read(self):
        """Asked for the tile of a worker, a lead without entry counts nothing."""
        self.test_deadlines()
        for code in ("deadlines", "steps", "referrals"):
            self.assertEqual(self._tile(code, self.lead_a).count, 0)

    def test_handed_over_until_the_first_talk(self):
        cases = self._as(self.lead_a)["integration.case"]
        cases.browse(self.theirs.id).user_id = self.worker_a
        self._assert_counts("handed_over", self.theirs)
        self._talk(self.theirs.with_env(self.case.env), days_ago=0)
        self._assert_counts("handed_over", self.case.browse())

    def test_coming_of_age(self):
        eighteen = relativedelta(years=18)
        child = self._client(
            self.worker_a, "Danylo B", consent=False, family_case_id=self.case.id,
            birthdate=self._in(90) - eighteen,
        )  # fmt: skip
        self._assert_counts("of_age", child)
        child.birthdate = self._in(91) - eighteen
        self._assert_counts("of_age", child.browse())

    def test_without_consent(self):
        case = self._case(self._client(self.worker_a, "Farida N", consent=False))
        self._assert_counts("no_consent", case)
        self._assert_counts("team_no_consent", case, self.lead_a)

    def test_appointments_of_today(self):
        appointments = self.case.env["integration.appointment"]
        today, tomorrow, settled = appointments.create(
            [{"case_id": self.case.id, "date": self._in(days), "time": 9} for days in (0, 1, 0)]
        )
        settled.action_cancel()
        self._assert_counts("appointments", today)
        self.assertEqual(tomorrow.state, "planned")

    def test_meetings_among_activities(self):
        for days in (0, 1):
            self.case.activity_schedule(
                "mail.mail_activity_data_meeting",
                date_deadline=self._in(days),
                user_id=self.worker_a.id,
            )
        tile = self._tile("meetings")
        self.assertEqual(tile.count, 1)
        self.assertEqual(self._listed(tile).res_id, self.case.id)

    def test_a_list_has_no_empty_column_in_front(self):
        """On a telephone one column is seen: it holds what the tile counts."""
        action = self._tile("silent").action_open()
        cases = self._as(self.worker_a)["integration.case"].with_context(**action["context"])
        groups = cases.web_read_group(action["domain"], ["stage_id"], ["__count"])["groups"]
        self.assertEqual([group["__count"] for group in groups], [1])

    def test_an_empty_list_says_what_would_stand_in_it(self):
        for code, user in (("meetings", self.worker_a), ("team_reviews", self.lead_a)):
            tile = self._tile(code, user)
            self.assertFalse(tile.count)
            action = tile.action_open()
            self.assertIn(tile.hint, action["help"])
            self.assertNotIn("group_by", action["context"], "in no group nothing would be said")

    def test_page_takes_few_queries(self):
        tiles = self._as(self.worker_a)["integration.day.tile"]
        spec = {name: {} for name in ("name", "hint", "count", "first_day", "is_urgent", "icon")}
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            page = tiles.web_search_read([("is_for_me", "=", True)], spec)
        self.assertGreater(page["length"], 10)
