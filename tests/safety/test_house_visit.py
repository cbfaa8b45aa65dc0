from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_incident import SafetyCommon


@tagged("post_install", "-at_install")
class TestHouseVisit(SafetyCommon):
    """Whoever is not back is missed, once, by those who can help."""

    def _out(self, case=None, **values):
        case = case or self.case
        return case.env["integration.house.visit"].create({"case_id": case.id, **values})

    def _later(self, hours):
        return freeze_time(fields.Datetime.now() + timedelta(hours=hours))

    def _miss(self):
        self.env["integration.house.visit"]._cron_overdue()

    def test_out_and_back(self):
        visit = self._out()
        self.assertEqual(self.case.visit_out_id, visit)
        self.assertEqual(visit.user_id, self.worker_a)
        visit.action_back()
        self.assertTrue(visit.date_back)
        self.case.invalidate_recordset()
        self.assertFalse(self.case.visit_out_id)
        with self._later(3):
            self._miss()
        self.assertFalse(visit.date_told)

    def test_who_is_not_back_is_missed_once(self):
        self._consent(self.client, purpose="team")
        visit = self._out()
        self._miss()
        self.assertFalse(visit.date_told)
        before = len(self._told(self.lead_a))
        with self._later(2):
            self._miss()
            self.assertTrue(visit.date_told)
            self._miss()
        told = self._told(self.lead_a)
        self.assertEqual(len(told), before + 1)
        self.assertIn(self.case.file_number, told[-1])
        self.assertNotIn(self.client.name, told[-1])
        self.assertNotIn("Musterweg", told[-1])
        self.assertNotIn("house visit", " ".join(self._told(self.lead_b)))

    def test_the_address_is_told_to_leads_while_somebody_is_missed(self):
        visit = self._out()
        seen = self._as(self.lead_a)["integration.house.visit"].browse(visit.id)
        self.assertFalse(seen.address)
        with self._later(2):
            self._miss()
            seen.invalidate_recordset()
            self.assertEqual(seen.address, "Musterweg 1, 88045 Ort")
            visit.action_back()
            seen.invalidate_recordset()
            self.assertFalse(seen.address)

    def test_longer_is_heard_of(self):
        visit = self._out()
        with self._later(2):
            self._miss()
            visit.action_longer()
            self.assertFalse(visit.date_told)
            self.assertGreater(visit.back_by, fields.Datetime.now())
            self._miss()
            self.assertFalse(visit.date_told)

    def test_the_next_door_checks_out_of_the_last(self):
        first = self._out()
        other = self._case(self._client(self.worker_a, "Next Door"))
        second = self._out(other)
        self.assertTrue(first.date_back)
        self.assertFalse(second.date_back)

    def test_nobody_checks_in_for_somebody_else(self):
        self.env["integration.case.access"].sudo().create(
            {
                "case_id": self.case.id,
                "client_id": self.client.id,
                "user_id": self.colleague_a.id,
                "kind": "team",
            }
        )
        visit = self._out()
        theirs = self._as(self.colleague_a)["integration.house.visit"].browse(visit.id)
        self.assertEqual(theirs.address, "Musterweg 1, 88045 Ort")
        with self.assertRaises(UserError):
            theirs.action_back()
        with self.assertRaises(UserError):
            theirs.back_by = fields.Datetime.now() + timedelta(hours=5)
        with self.assertRaises(UserError):
            theirs.write({"date_back": fields.Datetime.now()})
        with self.assertRaises(UserError):
            self._as(self.lead_a)["integration.house.visit"].browse(visit.id).action_back()
        self.assertFalse(visit.date_back)

    def test_nobody_is_out_in_somebody_elses_name(self):
        for values in ({"user_id": self.colleague_a.id}, {"date_out": "2026-01-01 10:00:00"}):
            with self.subTest(values), self.assertRaises(UserError):
                self._out(**values)

    def test_by_two(self):
        self.case.two_person_rule = True
        with self.assertRaisesRegex(UserError, self.case.file_number):
            self._out()
        with self.assertRaises(UserError):
            self._out(companion_id=self.worker_b.id)
        with self.assertRaises(UserError):
            self._out(companion_id=self.worker_a.id)
        visit = self._out(companion_id=self.colleague_a.id)
        with self._later(2):
            self._miss()
        self.assertIn(visit.case_id.file_number, " ".join(self._told(self.colleague_a)))

    def test_back_within_the_day(self):
        now = fields.Datetime.now()
        for back_by in (now - timedelta(minutes=1), now + timedelta(hours=13)):
            with self.subTest(back_by), self.assertRaisesRegex(UserError, self.case.file_number):
                self._out(back_by=back_by)

    def test_visits_are_forgotten(self):
        visit = self._out()
        visit.action_back()
        missed = self._out()
        for days, left in ((29, visit | missed), (31, missed)):
            with self._later(24 * days):
                self.env["integration.house.visit"]._gc_visits()
            self.assertEqual((visit | missed).exists(), left)

    def test_who_loses_the_file_while_out_still_checks_in(self):
        visit = self._out()
        self._as(self.lead_a)["integration.case"].browse(self.case.id).user_id = self.colleague_a
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.case.read(["file_number"])
        self.assertEqual(visit.display_name.split()[-1], self.case.sudo().file_number)
        self.assertFalse(visit.address)
        with self._later(2):
            self._miss()
            self.env.invalidate_all()
            self.assertFalse(visit.address, "nor because she is missed")
            visit.action_back()
        self.env.invalidate_all()
        self.assertTrue(visit.sudo().date_back)
        with self.assertRaises(AccessError):
            visit.read(["date_back"])
        seen = self._as(self.lead_a)["integration.house.visit"].browse(visit.id)
        self.assertFalse(seen.address)

    def test_nobody_is_told_who_has_moved_on(self):
        self.env["integration.case.access"].sudo().create(
            {
                "case_id": self.case.id,
                "client_id": self.client.id,
                "user_id": self.colleague_a.id,
                "kind": "team",
            }
        )
        self.colleague_a.sudo().write(
            {"company_ids": [(6, 0, self.company_b.ids)], "company_id": self.company_b.id}
        )
        self._out()
        with self._later(2):
            self._miss()
        self.assertNotIn(self.case.file_number, " ".join(self._told(self.colleague_a)))

    def test_the_alarm_is_in_the_language_of_who_is_told(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.lead_a.lang = "de_DE"
        self._out()
        with self._later(2):
            self._miss()
        self.assertIn("Hausbesuch", self._told(self.lead_a)[-1])

    def test_after_twelve_hours_there_is_no_longer(self):
        visit = self._out()
        with self._later(13):
            self._miss()
            with self.assertRaisesRegex(UserError, "twelve hours"):
                visit.action_longer()
            self.assertTrue(visit.date_told, "the alarm stands")
