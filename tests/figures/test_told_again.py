from datetime import date, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .test_report_contents import ContentsCommon


@tagged("post_install", "-at_install")
class TestToldAgain(ContentsCommon):
    """Who prints often, or moves what tables are made of, learns nothing of few persons."""

    def _mandate_moved(self, user, days, **values):
        """Return what is told of the times from the talk of one person, and from the day after."""
        usual, secret = self.topics
        for day in (self.quarter + timedelta(days=3), self.quarter_end - timedelta(days=3)):
            self._talks(self.cases, usual, day)
        day = date(self.year, 8, 11)
        self._talks(self.cases[:1], secret, day)
        mandate = self._as(user)["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": self.town_b.id,
                "mode": "own",
                "date_start": day + timedelta(days=days[0]),
            }
        )
        told = []
        for moved in days:
            mandate.date_start = day + timedelta(days=moved)
            told.append(
                self._told(day + timedelta(days=moved), self.quarter_end, user=user, **values)
            )
        return told

    def test_a_mandate_moved_day_by_day(self):
        """An administrator keeps mandates and prints, and so does the coordination office."""
        for user, values in (
            (self.admin_a, {"scope": "all"}),
            (
                self.county_user,
                {"scope": "all", "breakdown": "employer", "key": str(self.company_a.id)},
            ),
        ):
            for days in ((0, 1), (1, 0)):
                with self.subTest(user.login, days=days), self.cr.savepoint() as savepoint:
                    self.assertIn(None, self._mandate_moved(user, days, **values))
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_a_mandate_entered_later_tells_nothing_of_former_days(self):
        """Nor does one that is deleted and entered again; what it was stays remembered."""
        with freeze_time(self.today + timedelta(days=1)):
            first, second = self._mandate_moved(self.admin_a, (0, 1), scope="all")
            self.assertIsNone(first)
            self.assertIsNone(second)
        times = self.company_a.integration_grant_times
        self.env["integration.mandate"].search(
            [("company_id", "=", self.company_a.id), ("municipality_id", "=", self.town_b.id)]
        ).unlink()
        self.assertEqual(self.company_a.integration_grant_times, times)
        self.assertEqual(len(times), 3)

    def test_tables_added_up_twice(self):
        """All in the third quarter and in the year, less those of Bob, are twice Ann's third
        quarter and her fourth: two persons."""
        (self.company_a + self.company_county).integration_small_number = 3
        usual, secret = self.topics
        cases = self.cases + self._cases(self.worker_a, 3)
        ann, bob, year = self.worker_a, self.colleague_a, self.year
        talks = [(ann, 8, 0), (ann, 11, 0), (ann, 11, 3), (bob, 2, 4), (bob, 5, 5)]
        talks += [(bob, 8, person) for person in (4, 5, 6, 7)]
        talks += [(bob, 11, person) for person in (5, 6, 7, 1)]
        for user, month, person in talks:
            topic = secret if (user, month, person) == (ann, 11, 3) else usual
            self.env["integration.contact"].with_company(self.company_a).create(
                {
                    "case_id": cases[person].id,
                    "municipality_id": self.town_a.id,
                    "user_id": user.id,
                    "date": date(year, month, 10),
                    "channel_id": self.home_visit.id,
                    "topic_ids": [Command.set(topic.ids)],
                    "person_ids": [Command.create({"client_id": cases[person].client_id.id})],
                }
            )
        end, bobs = date(year, 12, 31), {"scope": "worker", "user_id": bob.id}
        told = [
            self._told(self.quarter, self.quarter_end, scope="all"),
            self._told(date(year, 1, 1), end, scope="all"),
            self._told(self.start, self.quarter_end, **bobs),
            self._told(self.quarter, end, **bobs),
        ]
        self.assertIn(None, told)
        self.assertLess(told.count(None), len(told), "what is harmless is told")
