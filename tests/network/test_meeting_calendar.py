from datetime import timedelta

from odoo.tests import tagged

from .network_common import NetworkCommon


@tagged("post_install", "-at_install")
class TestMeetingCalendar(NetworkCommon):
    """The entries in Odoo's calendar, if it is installed: it need not be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "calendar.event" not in cls.env.registry:
            cls.skipTest(cls, "The calendar is not installed.")

    def _entry(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        row = self._row(self.meeting, user).sudo()
        return self.env["calendar.event"].sudo().browse(row.entry_number).exists()

    def test_each_worker_has_an_entry_of_her_own_and_sees_no_other_guest(self):
        mails = self.env["mail.mail"].search_count([])
        messages = self.env["mail.message"].search_count([])
        meeting = self._meeting(place="Room 1")
        self.meeting = meeting
        for user in (self.worker_a, self.worker_b):
            entry = self._entry(user)
            self.assertEqual(entry.name, "Network meeting")
            self.assertEqual(entry.user_id, user)
            self.assertEqual(entry.partner_ids, user.partner_id)
            self.assertEqual((entry.start, entry.stop), (meeting.start, meeting.stop))
            self.assertEqual(entry.location, "Room 1, Aheim")
            self.assertFalse(entry.alarm_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)

    def test_it_follows_the_meeting(self):
        entry = self._entry(self.worker_a)
        self.meeting.date += timedelta(days=1)
        self.assertEqual(self._entry(self.worker_a), entry)
        self.assertEqual(entry.start, self.meeting.start)
        self.meeting.with_env(self._as(self.worker_b)).action_stay_away()
        self.assertFalse(self._entry(self.worker_b))
        self.meeting.with_env(self._as(self.worker_b)).action_come()
        self.assertTrue(self._entry(self.worker_b))
        self.meeting.action_cancel()
        self.assertFalse(self._entry(self.worker_a))
        self.assertFalse(entry.exists())

    def test_the_nightly_job_makes_what_is_missing_once(self):
        row = self._row(self.meeting, self.worker_a).sudo()
        self._entry(self.worker_a).unlink()
        row._as_system().entry_number = False
        events = self.env["calendar.event"].sudo()
        before = events.search_count([])
        for _run in range(2):
            self.env["integration.meeting"]._cron_calendar_entries()
            self.assertEqual(events.search_count([]), before + 1)
        self.assertTrue(self._entry(self.worker_a))
