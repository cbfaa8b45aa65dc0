from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .network_common import NetworkCommon


@tagged("post_install", "-at_install")
class TestMeetingWalls(NetworkCommon, HttpCase):
    """All workers of the county read a meeting, the coordination writes it, others see none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        office, cls.employer_c = cls.env["res.company"].create(
            [
                {"name": "Other Office", "integration_employer_type": "county"},
                {"name": "Agency C", "integration_employer_type": "agency"},
            ]
        )
        county = cls.env["integration.county"].create(
            {"name": "Other", "ags": "08997", "company_id": office.id}
        )
        cls.town_c = cls.env["integration.municipality"].create(
            {"name": "Ceheim", "ags": "08997001", "county_id": county.id}
        )
        cls.env["integration.mandate"].create(
            {
                "company_id": cls.employer_c.id,
                "municipality_id": cls.town_c.id,
                "mode": "delegated",
                "date_start": cls.start,
            }
        )
        group = "integration_management.group_%s"
        cls.worker_c = cls._new_user("worker_c", group % "caseworker", cls.employer_c)
        cls.county_c = cls._new_user("county_c", group % "county", office)

    def _sees(self, user):
        found = self._as(user)["integration.meeting"].search([("id", "=", self.meeting.id)])
        return bool(found)

    def test_who_reads_it(self):
        for user in (self.worker_a, self.worker_b, self.lead_b, self.dpo_a, self.county_user):
            self.assertTrue(self._sees(user), user.login)
        for user in (self.worker_c, self.county_c):
            self.assertFalse(self._sees(user), user.login)
        for user in (self.accommodation, self.employee, self.reporting_a, self.admin_a):
            with self.assertRaises(AccessError):
                self._sees(user)

    def test_an_employer_without_mandate_reads_it_no_longer(self):
        self.mandate_b.date_end = self.today - timedelta(days=1)
        self.env.flush_all()
        self.assertFalse(self._sees(self.worker_b))
        self.assertTrue(self._sees(self.worker_a))

    def test_nobody_of_another_county_brings_anything_in(self):
        for user in (self.worker_c, self.county_c):
            with self.assertRaises(AccessError):
                self._topic(user)
            with self.assertRaises(AccessError):
                self.meeting.with_env(self._as(user)).action_come()
        with self.assertRaises(AccessError):
            self._as(self.county_c)["integration.meeting"].create(
                {"county_id": self.county.id, "date": self.today, "municipality_id": self.town_a.id}
            )

    def test_workers_write_their_own_topics_alone(self):
        topic = self._topic(self.worker_a)
        others = topic.with_env(self._as(self.worker_b))
        with self.assertRaises(AccessError):
            others.name = "Mine"
        with self.assertRaises(AccessError):
            others.unlink()
        for values in (
            {"minutes": "Mine"},
            {"decision_ids": [Command.create({"name": "Mine", "who": "You"})]},
            {
                "attendance_ids": [
                    Command.update(self.meeting.attendance_ids[0].id, {"answer": "no"})
                ]
            },
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self.meeting.with_env(self._as(self.worker_a)).write(values)
        topic.unlink()

    def test_nobody_invites_by_hand(self):
        vals = {"user_id": self.worker_c.id, "name": "C", "employer_id": self.employer_c.id}
        with self.assertRaises(UserError):
            self.meeting.attendance_ids = [Command.create(vals)]
        with self.assertRaisesRegex(UserError, "Not to be set by hand"):
            self.meeting.attendance_ids[0].name = "Somebody"

    def test_the_file_for_calendars(self):
        self.meeting.write({"date": "2027-03-29", "place": "Room 1, left"})
        url = f"/integration/meeting/{self.meeting.id}/ics"
        self.authenticate("worker_b", "worker_b")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("text/calendar", answer.headers["Content-Type"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        text = answer.text
        # Nine o'clock on the first Monday of summer time
        self.assertIn("DTSTART:20270329T070000Z", text)
        self.assertIn("DTEND:20270329T100000Z", text)
        self.assertIn("LOCATION:Room 1\\, left\\, Aheim", text)
        self.assertNotIn(self.worker_a.name, text)
        for login in ("worker_c", "employee"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404, login)
