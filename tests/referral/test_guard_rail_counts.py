from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon

NAMES = ("accompanying", "pregnancy", "legal_question")


@tagged("post_install", "-at_install")
class TestGuardRailCounts(IntegrationCommon):
    """A guard rail names a topic: its number tells nothing about few persons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one, cls.other, cls.third = (cls.env.ref(f"{MODULE}.guard_rail_{n}") for n in NAMES)
        quarter = cls.today.replace(month=(cls.today.month - 1) // 3 * 3 + 1, day=1)
        cls.last_day = quarter - timedelta(days=1)
        cls.days_ago = (cls.today - cls.last_day).days
        cls.cases = []
        for number in range(6):
            client = cls._client(cls.worker_a, f"Person {number}", consent=False)
            cls._consent(client, date=cls.last_day - timedelta(days=9))
            cls.cases.append(cls._case(client, days_ago=cls.days_ago + 9))

    def _exceptions(self, cases, *rails, days_ago=None, **values):
        """Let there be a talk with a reason in each of the cases, in the quarter before."""
        for case in cases:
            days = self.days_ago if days_ago is None else days_ago
            talk = self._talk(case, days_ago=days, **values)
            talk._as_system().overridden_rail_ids = self.one.union(*rails) if rails else self.one

    def _told(self, user, anew=True):
        """Return {guard rail: number} as somebody reads it.

        :param anew: whether the quarter has not been counted before
        """
        counts = self.env["integration.guard.rail.count"]
        if anew:
            self.env["res.company"].search([]).integration_rail_counts = False
            counts._count_until(self.today)
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self._as(user)["integration.guard.rail.count"].search([])
        return {row.rail_id.with_env(self.env): row.count for row in rows}

    def _assert_told(self, told):
        for user in (self.lead_a, self.county_user):
            self.assertEqual(self._told(user), told, user.login)

    def _assert_still_told(self, told, why):
        for user in (self.lead_a, self.county_user):
            self.assertEqual(self._told(user, anew=False), told, f"{why}: {user.login}")

    def test_talks_with_a_reason_are_counted(self):
        """Numbers alone: no reason, no file, nothing cancelled."""
        topic, why = self.env.ref(f"{MODULE}.topic_accompanying"), "She cannot read the letter"
        for case in [*self.cases, self.cases[0]]:
            values = {"topic_ids": topic.ids, "rail_reason": why, "days_ago": self.days_ago}
            talk = self._talk(case, **values)
        self._talk(self.cases[1], cancelled=True, **values)
        self.assertEqual(talk.overridden_rail_ids.ids, self.one.ids)
        self._assert_told({self.one: 7})
        for user in (self.lead_a, self.county_user):
            (row,) = self._as(user)["integration.guard.rail.count"].search([])
            self.assertEqual(row.month, self.last_day.replace(month=self.last_day.month - 2, day=1))
            self.assertEqual(row.company_id.id, self.company_a.id)
            self.assertNotIn(why, str(row.sudo().read()))

    def test_running_quarter(self):
        """Who looks before and after a talk would learn its topic."""
        self._exceptions(self.cases, days_ago=0)
        self._assert_told({})

    def test_few_persons(self):
        """However many talks: no row, as if there had been none."""
        self._exceptions(self.cases[:4] * 3)
        self._assert_told({})
        self._exceptions(self.cases[4:5])
        self._assert_told({self.one: 13})
        self.assertEqual(self._told(self.lead_b), {})

    def test_larger_threshold_of_the_two_holds(self):
        self._exceptions(self.cases[:5])
        for company in (self.company_a, self.company_county):
            company.integration_small_number = 6
            self._assert_told({})
            company.integration_small_number = 5
        self._assert_told({self.one: 5})

    def test_guard_rails_with_a_talk_in_common(self):
        """The one less the other would be a single talk."""
        self._exceptions(self.cases[:5])
        self._exceptions(self.cases[5:], self.other)
        for case in self.cases:
            talk = self._talk(case, days_ago=self.days_ago)
            talk._as_system().overridden_rail_ids = self.third
        self._assert_told({self.third: 6})
        self._exceptions(self.cases[:4], self.other)
        self._assert_told({self.one: 10, self.other: 5, self.third: 6})

    def test_counties_of_one_employer(self):
        """Topics of the whole employer less the number of one county would be the other's."""
        county = self.env["integration.county"].create(
            {"name": "Other", "ags": "08998", "company_id": self.company_county.id}
        )
        far = self.env["integration.municipality"].create(
            {"name": "Far", "ags": "08998001", "county_id": county.id}
        )
        self._exceptions(self.cases[:5])
        self._assert_told({self.one: 5})
        self._exceptions(self.cases[5:], municipality_id=far.id)
        self._assert_told({})

    def test_rail_of_her_own(self):
        """An administrator learns nothing by a guard rail for a topic of her choice."""
        rail = self._as(self.admin_a)["integration.guard.rail"].create(
            {
                "code": "own", "name": "Own", "kind": "reason", "words": "Say why", "source": "Own",
                "company_id": self.company_a.id,
                "topic_ids": self.env["integration.topic"].search([], limit=1).ids,
            }
        )  # fmt: skip
        topics = rail.with_env(self.env).topic_ids.ids
        self._talk(
            self.cases[0], days_ago=self.days_ago, topic_ids=topics, rail_reason="Why not so"
        )
        self._assert_told({})

    # ------------------------------------------------------------
    # Who looks twice
    # ------------------------------------------------------------
    def test_what_was_counted_stays(self):
        """A number that moves by one tells what the talk was about that moved it."""
        counts = self.env["integration.guard.rail.count"]
        self._exceptions(self.cases[:5])
        for case in self.cases[:3]:
            talk = self._talk(case, days_ago=self.days_ago)
            talk._as_system().overridden_rail_ids = self.other
        self._assert_told({self.one: 5})
        first = self.env["integration.contact"].search(
            [("case_id", "=", self.cases[0].id), ("overridden_rail_ids", "=", self.one.id)]
        )
        with self.cr.savepoint() as savepoint:
            self._exceptions(self.cases[5:])
            counts._count_until(self.today)
            self._assert_still_told({self.one: 5}, "entered late")
            with self.cr.savepoint() as inner:
                self._assert_told({self.one: 6})  # counted anew it is told
                inner.rollback()
            first._as_system().overridden_rail_ids = self.third
            counts._count_until(self.today)
            self._assert_still_told({self.one: 5}, "changed")
            first.cancelled = True
            counts._count_until(self.today)
            self._assert_still_told({self.one: 5}, "cancelled")
            savepoint.rollback()
        companies = self.company_a | self.company_county
        for number in (3, 9):
            companies.integration_small_number = number
            counts._count_until(self.today)
            self._assert_still_told({self.one: 5}, f"smallest number {number}")
        companies.integration_small_number = 3
        self._assert_told({self.one: 5, self.other: 3})

    def test_a_quarter_is_over_on_the_day_after(self):
        counts = self.env["integration.guard.rail.count"]
        self._exceptions(self.cases[:5])
        self.company_a.integration_rail_counts = False
        counts._count_until(self.last_day)
        self._assert_still_told({}, "its last day")
        counts._count_until(self.last_day + timedelta(days=1))
        self._assert_still_told({self.one: 5}, "the day after, beside what was counted before")

    def test_counted_two_weeks_after_the_quarter(self):
        """Talks of its last days are entered in the first ones of the next."""
        counts = self.env["integration.guard.rail.count"]
        self._exceptions(self.cases[:5])
        self._told(self.lead_a)
        self.env["res.company"].search([]).integration_rail_counts = False
        for days, told in ((14, {}), (15, {self.one: 5})):
            day = self.last_day + timedelta(days=days)
            with freeze_time(f"{day} 12:00:00"):
                counts._cron_count()
            self._assert_still_told(told, f"after {days} days")

    def test_what_was_counted_is_nobodys_to_read_or_write(self):
        self._exceptions(self.cases[:5])
        self._told(self.lead_a)
        self.assertTrue(self.company_a.integration_rail_counts)
        for user in (self.lead_a, self.admin_a, self.county_user, self.dpo_a):
            company = self.company_a.with_user(user)
            with self.assertRaises(AccessError):
                company.read(["integration_rail_counts"])
            with self.assertRaises(AccessError):
                company.write({"integration_rail_counts": False})

    def test_no_total(self):
        counts = self.env["integration.guard.rail.count"]
        self.assertFalse(counts._fields["count"].aggregator)
        self.assertNotIn("sum=", counts.get_view(view_type="list")["arch"])
