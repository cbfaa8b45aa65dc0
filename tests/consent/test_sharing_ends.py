from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.integration_management.tools import end_of_day, local_midnight

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestSharingEnds(IntegrationCommon):
    """Team and deputies lose the file with the last day of a consent, without any job."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, consent=False)
        cls.case = cls._case(cls.client_a)
        cls.day = timedelta(days=1)

    def _share(self, kind="team", date_to=False):
        self.case.env["integration.case.share"].create(
            {
                "case_id": self.case.id,
                "user_id": self.colleague_a.id,
                "kind": kind,
                "date_to": date_to,
            }
        ).action_share()

    def _reads_on(self, day, record=None):
        """Return whether the colleague reads the file late on ``day``, no job having run."""
        record = record or self.case
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(end_of_day(day) - timedelta(minutes=1)):
            return bool(self._as(self.colleague_a)[record._name].search([("id", "=", record.id)]))

    def _agree(self, purpose, decision="given", client=None, **values):
        self._consent(
            client or self.client_a, decision, purpose=purpose, **{"date": self.today, **values}
        )

    def test_end_of_either_consent(self):
        for purpose, other in (("file", "team"), ("team", "file")):
            with self.subTest(purpose), self.cr.savepoint() as savepoint:
                self._agree(purpose, valid_until=self.today + 5 * self.day)
                self._agree(other)
                self._share()
                self.assertTrue(self._reads_on(self.today + 5 * self.day))
                self.assertFalse(self._reads_on(self.today + 6 * self.day))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_limited_later_and_renewed(self):
        self._agree("file")
        self._agree("team")
        self._share()
        self._agree("file", "renewed", valid_until=self.today)
        self.assertFalse(self._reads_on(self.today + self.day))
        self._agree("file", "renewed")
        self.assertTrue(self._reads_on(self.today + 400 * self.day))

    def test_lapsed_and_renewed(self):
        past = self.today - 20 * self.day
        self._agree("file", date=past)
        self._agree("team", date=past, valid_until=self.today + self.day)
        self._share()
        with freeze_time(datetime.combine(self.today + 3 * self.day, datetime.min.time())):
            self.env["integration.consent"]._cron_expire()
            self.assertEqual(self.client_a.consent_ids._last_event("team").decision, "expired")
            self.assertFalse(self._reads_on(self.today + 3 * self.day))
            self._agree("team", "renewed", date=self.today + 3 * self.day)
            self.assertTrue(self._reads_on(self.today + 4 * self.day))

    def test_deputy_ends_as_planned(self):
        self._agree("file", valid_until=self.today + 3 * self.day)
        self._agree("team")
        self._share("deputy", self.today + 6 * self.day)
        self.assertFalse(self._reads_on(self.today + 4 * self.day))
        self._agree("file", "renewed")
        self.assertTrue(self._reads_on(self.today + 6 * self.day))
        self.assertFalse(self._reads_on(self.today + 7 * self.day))

    def test_what_was_withdrawn_is_shared_anew(self):
        self._agree("file")
        self._agree("team")
        self._share()
        self._agree("team", "withdrawn")
        self._agree("team", reason="Asked again")
        self.assertFalse(self._reads_on(self.today + self.day))

    def test_entry_of_a_member_opens_the_case_no_longer(self):
        """Her entry is one to the case, which rests on its client's consent too."""
        member = self._client(self.worker_a)
        for client in (self.client_a, member):
            self._agree("file", client=client)
            self._agree("team", client=client)
        self.case._accompany(member.with_env(self.case.env))
        self._share()
        self.assertTrue(self._reads_on(self.today + self.day, member))
        self._agree("file", "renewed", valid_until=self.today)
        self.assertFalse(self._reads_on(self.today + self.day))
        self._agree("team", "withdrawn")
        self.assertFalse(self._reads_on(self.today))

    def test_member_who_joins_later(self):
        member = self._client(self.worker_a)
        self._agree("team", client=member, valid_until=self.today)
        self._agree("file")
        self._agree("team", valid_until=self.today + 5 * self.day)
        self._share()
        self.case._accompany(member.with_env(self.case.env))
        self.assertTrue(self._reads_on(self.today, member))
        self.assertFalse(self._reads_on(self.today + self.day, member))

    def test_consent_of_a_minor_herself_opens_nothing(self):
        minor = self._client(self.worker_a)
        self._agree("team", client=minor)
        self.assertTrue(minor._may_be_shared())
        minor.birthdate = self.today - timedelta(days=3000)
        for purpose in ("file", "team", "transfer"):
            self.assertFalse(minor._has_consent(purpose), purpose)
        self.assertFalse(minor._may_be_shared())

    def test_days_are_those_of_the_place(self):
        day = datetime(2026, 7, 1).date()
        self.assertEqual(local_midnight(day), datetime(2026, 6, 30, 22))
        self.assertEqual(end_of_day(day), datetime(2026, 7, 1, 22))
