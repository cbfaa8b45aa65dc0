from datetime import date, datetime, time, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestReportInput(IntegrationCommon):
    """Odd periods, odd employers, odd hours."""

    def _report(self, user, start, stop, **values):
        return self._as(user)["integration.report"].create(
            {"date_from": start, "date_to": stop, **values}
        )

    def _number(self, report, rule="talk", breakdown="total", key=""):
        matrix = report._matrix()
        return matrix.value(matrix.by_rule(rule), breakdown, key)

    def _unnamed(self, env, **values):
        return env["integration.contact"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.home_visit.id,
                "unnamed_count": 1,
                **values,
            }
        )

    def test_one_day(self):
        day = self.today - timedelta(days=40)
        for shift in (-1, 0, 1):
            self._unnamed(self._as(self.worker_a), date=day + timedelta(days=shift))
        report = self._report(self.lead_a, day, day, breakdown="month")
        self.assertEqual(self._number(report), 1)
        self.assertEqual(len(report._matrix().columns["month"]), 1)
        self.assertIn("1", str(report.body))

    def test_ten_years(self):
        self._unnamed(self._as(self.worker_a), date=self.today)
        start = self.today.replace(day=1, year=self.today.year - 10)
        report = self._report(self.lead_a, start, self.today, breakdown="month")
        self.assertEqual(self._number(report), 1)
        self.assertEqual(len(report._matrix().columns["month"]), 121)
        self.assertTrue(report.body)

    def test_end_before_start(self):
        with self.assertRaises(ValidationError):
            self._report(self.lead_a, self.today, self.today - timedelta(days=1))

    def test_end_of_time(self):
        """A year typed with a slip is refused in words: the calendar ends in 9999."""
        far = self.today.replace(year=9999, month=12, day=31)
        for start in (self.today, far.replace(year=9985), far):
            with self.assertRaisesRegex(ValidationError, "cannot be meant|slip"):
                self._report(self.lead_a, start, far)

    def test_employer_without_data(self):
        lead = self._new_user(
            "lead_empty",
            "integration_management.group_lead",
            self.env["res.company"].create(
                {"name": "Empty", "integration_employer_type": "agency"}
            ),
        )
        report = self._report(lead, self.start, self.today, breakdown="worker")
        self.assertEqual(
            {n for row in report._matrix().main_rows() for n in report._matrix().values(row)}, {0}
        )
        self.assertTrue(report.body)
        report.action_submit()
        self.assertEqual(report.state, "submitted")
        self.assertIn("every number is the same", str(report.difference))

    def test_worker_who_changed_employers(self):
        """What she did stays with the employer she did it for."""
        self._unnamed(self._as(self.worker_a), date=self.today - timedelta(days=3))
        self.worker_a.write(
            {"company_ids": [Command.set(self.company_b.ids)], "company_id": self.company_b.id}
        )
        self._unnamed(self._as(self.worker_a), date=self.today, municipality_id=self.town_b.id)
        key = str(self.worker_a.id)
        for lead in (self.lead_a, self.lead_b):
            report = self._report(lead, self.start, self.today)
            self.assertEqual(self._number(report, breakdown="worker", key=key), 1, lead.login)
        self.assertEqual(self._number(self._report(self.worker_a, self.start, self.today)), 1)
        self.assertEqual(
            self._number(
                self._report(self.county_user, self.start, self.today), breakdown="worker", key=key
            ),
            2,
        )

    def test_half_past_midnight(self):
        """The day is that of Berlin: in summer, in winter, for a user across the ocean."""
        last = self.today.year - 1
        spring, autumn = (  # the nights in which the clock changes, at 3 o'clock
            date(last, month, 31) - timedelta(days=(date(last, month, 31).weekday() + 1) % 7)
            for month in (3, 10)
        )
        for utc, day in (
            (datetime.combine(spring - timedelta(days=1), time(23, 30)), spring),  # 00:30
            (datetime.combine(spring, time(22, 30)), spring + timedelta(days=1)),  # 00:30
            (datetime.combine(autumn - timedelta(days=1), time(22, 30)), autumn),  # 00:30
            (datetime.combine(autumn, time(22, 30)), autumn),  # 23:30
            (datetime(last, 6, 30, 22, 30), date(last, 7, 1)),  # 00:30 in summer
            (datetime(last, 12, 31, 23, 30), date(last + 1, 1, 1)),  # 00:30 in winter
            (datetime(last, 12, 31, 22, 30), date(last, 12, 31)),  # 23:30
        ):
            for zone in ("America/New_York", "Pacific/Auckland", "Europe/Berlin", False):
                self.worker_a.tz = zone
                with freeze_time(utc):
                    talk = self._unnamed(self._as(self.worker_a))
                    self.assertEqual(talk.date, day, (utc, zone))
        self.env.flush_all()
        eve = date(last, 12, 31)
        for start, talks in (
            (eve, 4),
            (eve + timedelta(days=1), 4),
            (date(last, 7, 1), 4),
            (date(last, 6, 30), 0),
        ):
            report = self._report(self.lead_a, start, start)
            self.assertEqual(self._number(report), talks, start)

    def test_presets_know_the_day_of_berlin(self):
        with freeze_time(datetime.combine(date(self.today.year, 3, 31), time(22, 30))):
            wizard = self._as(self.worker_a)["integration.report.wizard"].create({})
            self.assertEqual(wizard.date_from, date(self.today.year, 4, 1))

    # ------------------------------------------------------------
    # Presets
    # ------------------------------------------------------------
    def test_default_by_role(self):
        for user, preset in (
            (self.worker_a, "this_month"),
            (self.lead_a, "last_quarter"),
            (self.reporting_a, "last_quarter"),
            (self.county_user, "last_quarter"),
        ):
            form = Form(self._as(user)["integration.report.wizard"])
            self.assertEqual(form.preset, preset, user.login)

    def test_another_profile_proposes_a_period_that_there_is(self):
        """A quarter is not printed of what has changed, nor a month that still runs by trait."""
        for user, profile, preset in (
            (self.lead_a, "change", "last_half"),
            (self.worker_a, "change", "last_half"),
            (self.worker_a, "local", "last_quarter"),
            (self.lead_a, "local", "last_quarter"),
        ):
            with self.subTest(f"{user.login} {profile}"):
                form = Form(self._as(user)["integration.report.wizard"])
                form.profile = profile
                self.assertEqual(form.preset, preset)
                form.save().action_show()
        form.preset = "last_year"
        form.profile = "change"
        self.assertEqual(form.preset, "last_year", "there is one of this period: it stays")

    def test_grant_period_of_a_mandate(self):
        self.mandate_a.date_end = self.today - timedelta(days=10)
        for user in (self.worker_a, self.lead_a, self.county_user):
            form = Form(self._as(user)["integration.report.wizard"])
            form.preset = "mandate"
            form.mandate = str(self.mandate_a.id)
            self.assertEqual(form.date_from, self.mandate_a.date_start, user.login)
            self.assertEqual(form.date_to, self.mandate_a.date_end)
        self.mandate_a.date_end = False
        form = Form(self._as(self.lead_a)["integration.report.wizard"])
        form.preset = "mandate"
        self.assertEqual(form.date_to, self.today, "still running")
        self.mandate_b.date_start = self.start + timedelta(days=7)
        forged = self._as(self.lead_a)["integration.report.wizard"].create(
            {"preset": "mandate", "mandate": str(self.mandate_b.id)}
        )
        self.assertNotEqual(forged.date_from, self.mandate_b.date_start, "a foreign mandate")

    def test_whole_time_of_a_former_worker(self):
        first, last = self.today - timedelta(days=300), self.today - timedelta(days=200)
        for day in (first, last):
            self._unnamed(self._as(self.worker_a), date=day)
        form = Form(self._as(self.lead_a)["integration.report.wizard"])
        form.preset, form.user_id = "worker", self.worker_a
        self.assertEqual((form.date_from, form.date_to), (first, self.today))
        self.worker_a.active = False
        self.env.flush_all()
        form = Form(self._as(self.lead_a)["integration.report.wizard"])
        form.preset, form.user_id = "worker", self.worker_a
        form.scope = "worker"
        self.assertEqual((form.date_from, form.date_to), (first, last))
        report = self._as(self.lead_a)["integration.report"].browse(
            form.save().action_show()["res_id"]
        )
        self.assertEqual(self._number(report), 2)

    def test_time_of_somebody_elses_worker(self):
        """A guessed worker tells nothing about when she began."""
        self._unnamed(
            self._as(self.worker_b),
            date=self.today - timedelta(days=300),
            municipality_id=self.town_b.id,
        )
        wizard = self._as(self.lead_a)["integration.report.wizard"].create(
            {"preset": "worker", "user_id": self.worker_b.id}
        )
        self.assertNotEqual(wizard.date_from, self.today - timedelta(days=300))

    def test_two_submissions_of_the_same_figures(self):
        """Two people may submit the same period; each report is submitted once."""
        reports = [
            self._report(user, self.start, self.today) for user in (self.lead_a, self.reporting_a)
        ]
        for report in reports:
            report.action_submit()
            with self.assertRaises(UserError):
                report.action_submit()
        self.assertEqual(reports[0]._counted_hash(), reports[1]._counted_hash())
        with self.assertRaises(AccessError):
            reports[0].with_env(self._as(self.reporting_a)).action_submit()
