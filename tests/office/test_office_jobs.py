from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.models.office import office_hour_sessions

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficeJobs(OfficeCommon):
    """What the night does: the sessions of the coming weeks, and the lists of past days."""

    def _days(self, hour):
        return hour.session_ids.mapped("date")

    def _night(self):
        with self.enter_registry_test_mode():
            self.env.ref("integration_management.ir_cron_office_sessions").method_direct_trigger()
        self.env.invalidate_all()

    def test_sessions_follow_from_the_hours_once(self):
        hour = self._hour(self.worker_a)
        first = self.today + timedelta(days=1)
        expected = [first + timedelta(weeks=week) for week in range(8)]
        self.assertEqual(self._days(hour), expected)
        self.assertEqual(hour.session_ids[0].user_id, self.worker_a)
        before = hour.session_ids.ids
        self._night()
        self._night()
        self.assertEqual(hour.session_ids.ids, before)

    def test_the_night_makes_what_is_missing(self):
        hour = self._hour(self.worker_a)
        self.company_a.integration_office_weeks = 12
        self._night()
        self.assertEqual(len(hour.session_ids), 12)

    def test_a_session_that_was_moved_or_cancelled_is_not_made_again(self):
        hour = self._hour(self.worker_a)
        moved, cancelled = hour.session_ids[0], hour.session_ids[1]
        moved.date += timedelta(days=1)
        cancelled._cancel("room", False)
        self._night()
        self.assertEqual(len(hour.session_ids), 8)
        self.assertTrue(moved.is_changed)
        # Nor when the hours change: only what nobody has touched follows
        hour.time_to = 12
        self.assertEqual(len(hour.session_ids), 8)
        self.assertEqual(moved.time_to, 11)
        self.assertEqual(set((hour.session_ids - moved - cancelled).mapped("time_to")), {12})

    def test_another_weekday_moves_what_is_ahead(self):
        hour = self._hour(self.worker_a)
        booked = hour.session_ids[2]
        booked.slot_minutes = "30"
        self._booked(booked, time=9.0)
        hour.weekday = str((self.today.weekday() + 3) % 7)
        weekdays = {day.weekday() for day in (hour.session_ids - booked).mapped("date")}
        self.assertEqual(weekdays, {(self.today.weekday() + 3) % 7})
        self.assertTrue(booked.exists())

    def test_archived_hours_take_their_sessions_along(self):
        hour = self._hour(self.worker_a)
        hour.active = False
        self.assertFalse(hour.session_ids.filtered(lambda s: s.date > self.today))

    def test_the_night_leaves_out_days_on_which_the_worker_has_another(self):
        first = self.today + timedelta(days=1)
        self.company_a.integration_office_weeks = 1
        hour = self._hour(self.worker_a)
        self._session(self.worker_a, days=8, time_from=10, time_to=12)
        self.company_a.integration_office_weeks = 3
        self._night()
        self.assertEqual(self._days(hour), [first, first + timedelta(weeks=2)])

    def test_the_night_goes_in_batches(self):
        hours = self._hour(self.worker_a) | self._hour(self.worker_a, time_from=12, time_to=13)
        self.company_a.integration_office_weeks = 9
        committed = []
        cron = type(self.env["ir.cron"])
        with (
            patch.object(office_hour_sessions, "AT_ONCE", 1),
            patch.object(
                cron, "_commit_progress", lambda _self, done=0, **_kw: committed.append(done)
            ),
        ):
            self.env["integration.office.hour"]._cron_make_sessions()
        self.assertGreaterEqual(committed.count(1), 2)
        self.assertEqual([len(hour.session_ids) for hour in hours], [9, 9])

    def test_words_go_over_night_and_slips_end(self):
        yesterday = self._session(self.worker_a, days=-1)
        called = self._visitor(yesterday, name="Red coat")
        talked = self._visitor(yesterday, name="Hat")
        talked.action_count()
        today = self._visitor(name="Blue bag")
        with self.enter_registry_test_mode():
            self.env.ref("integration_management.ir_cron_office_visitors").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((called.name, called.state), (False, "left"))
        self.assertEqual((talked.name, talked.state), (False, "done"))
        self.assertEqual((today.name, today.state), ("Blue bag", "waiting"))

    def test_who_came_with_a_file_is_ended_also_after_a_withdrawal(self):
        yesterday = self._session(self.worker_a, days=-1)
        visitor = self._visitor(yesterday, client_id=self.client_a.id)
        self._consent(self.client_a, "withdrawn")
        with self.enter_registry_test_mode():
            self.env.ref("integration_management.ir_cron_office_visitors").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(visitor.sudo().state, "left")

    def test_one_who_is_gone_keeps_nobody_else_s_from_being_made(self):
        gone, other = (
            self._hour(self.worker_a),
            self._hour(self.worker_b, municipality_id=self.town_b.id),
        )
        self.worker_a.sudo().write(
            {"company_ids": [(6, 0, self.company_b.ids)], "company_id": self.company_b.id}
        )
        (self.company_a | self.company_b).integration_office_weeks = 12
        before = len(gone.sudo().session_ids)
        with mute_logger("odoo.addons.integration_management.models.office.office_hour_sessions"):
            self._night()
        self.assertEqual(len(other.session_ids), 12)
        self.assertEqual(len(gone.sudo().session_ids), before)

    def test_who_leaves_without_somebody_who_stands_in(self):
        hour = self._hour(self.worker_a)
        self.case._close(
            self.env.ref("integration_management.closure_reason_goals_reached"), self.today
        )
        self.worker_a.sudo().action_archive()
        self.assertFalse(hour.sudo().active)
        ahead = hour.sudo().session_ids.filtered(lambda session: session.date > self.today)
        self.assertFalse(ahead, "no closed door is announced")

    def test_why_it_was_cancelled_is_forgotten(self):
        past, today = self._session(self.worker_a, days=-1), self.office
        for session in (past, today):
            session._cancel("worker", "Has broken an arm")
        with self.enter_registry_test_mode():
            self.env.ref("integration_management.ir_cron_office_visitors").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((past.cancel_words, past.cancel_reason), (False, "worker"))
        self.assertTrue(today.cancel_words)
