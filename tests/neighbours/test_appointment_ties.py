from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .appointments_common import QUIET, WHEN, WORD, AppointmentsCommon


@tagged("post_install", "-at_install")
class TestAppointmentTies(AppointmentsCommon):
    """Which appointments belong to a file, that they stay there, and that nobody is mailed."""

    def _activity(self, user=None, **values):
        return self.case.with_user(user or self.worker_a).activity_schedule(
            "mail.mail_activity_data_meeting",
            summary="Meeting",
            note=f"<p>{WORD}</p>",
            user_id=self.worker_a.id,
            **values,
        )

    def _planned(self, activity):
        """Plan the appointment of an activity as the browser does, which sends no context."""
        activities = self._as(self.worker_a)["mail.activity"].browse(activity.id)
        context = activities.action_create_calendar_event()["context"]
        events = self._as(self.worker_a)["calendar.event"].with_context(**context)
        spec = ["name", "description", "partner_ids", "user_id", "res_model_id", "res_id",
                "activity_ids", "privacy"]  # fmt: skip
        values = {**events.default_get(spec), **WHEN}
        (row,) = events.web_save(values, {"name": {}, "privacy": {}, "res_model": {}})
        return events.browse(row["id"])

    # ------------------------------------------------------------
    # From an activity
    # ------------------------------------------------------------

    def test_planned_from_an_activity_it_lies_in_the_file(self):
        event = self._planned(self._activity())
        self.assertEqual((event.res_model, event.res_id), (self.case._name, self.case.id))
        self.assertEqual(event.privacy, "private")
        self.env.flush_all()
        for user in self.strangers:
            self.env.invalidate_all()
            seen = self._as(user)["calendar.event"].search([("id", "=", event.id)])
            told = str(seen.read(["name", "description", "display_name"]))
            self.assertNotIn(WORD, told)
            self.assertNotIn(self.case.file_number, told)

    def test_whatever_the_browser_sends(self):
        """The tie is that of the activity, also without a default or against it."""
        for values in (
            {"privacy": "public"},
            {"res_model_id": False, "res_id": False},
            {"res_model_id": self.env["ir.model"]._get_id("res.partner"), "res_id": 1},
        ):
            activity = self._activity()
            event = self._event(self.worker_a, activity_ids=[Command.set(activity.ids)], **values)
            self.assertEqual((event.res_model, event.res_id), (self.case._name, self.case.id))
            self.assertEqual(event.privacy, "private")
            self.assertFalse(event.sudo().message_ids)

    def test_linked_afterwards(self):
        for link in (
            lambda activity, event: activity.write({"calendar_event_id": event.id}),
            lambda activity, event: event.write({"activity_ids": [Command.link(activity.id)]}),
        ):
            event = self._event(self.worker_a, privacy="public")
            link(self._activity(), event)
            self.assertEqual((event.res_id, event.privacy), (self.case.id, "private"))

    def test_an_activity_elsewhere_shares_no_words_with_a_file(self):
        event = self._event(self.worker_a, **self._tie())
        own = self._as(self.worker_a)["mail.activity"].create(
            {"summary": "Own", "user_id": self.worker_a.id, "res_model": False}
        )
        with self.assertRaisesRegex(UserError, "same file"), self.cr.savepoint():
            own.write({"calendar_event_id": event.id})
        loose = self._event(self.worker_a, activity_ids=[Command.set(own.ids)])
        self.assertFalse(loose.res_model)
        with self.assertRaisesRegex(UserError, "same file"), self.cr.savepoint():
            loose.write(self._tie())
        other = self._case(self._client(self.worker_a, "Another Person"))
        with self.assertRaisesRegex(UserError, "same file"), self.cr.savepoint():
            self._activity().write({"calendar_event_id": self._event(
                self.worker_a, **self._tie(other)).id})  # fmt: skip

    def test_nobody_ties_what_she_may_not(self):
        """Neither a foreign appointment to one's own file, nor one to a foreign file."""
        activity = self._activity()
        private = self._event(self.colleague_a, privacy="private")
        with self.assertRaises(UserError), mute_logger(*QUIET), self.cr.savepoint():
            activity.with_user(self.worker_a).write({"calendar_event_id": private.id})
        for user in (self.lead_a, self.colleague_a):
            with self.assertRaises(UserError), mute_logger(*QUIET), self.cr.savepoint():
                self._event(user, activity_ids=[Command.set(activity.ids)])

    def test_without_a_file_as_ever(self):
        activity = self._as(self.employee)["mail.activity"].create(
            {"summary": "Own", "user_id": self.employee.id, "res_model": False}
        )
        context = activity.action_create_calendar_event()["context"]
        self.assertNotIn("default_privacy", context)
        event = self._event(self.employee, activity_ids=[Command.set(activity.ids)])
        self.assertFalse(event.res_model or event.privacy)

    # ------------------------------------------------------------
    # Once and for all
    # ------------------------------------------------------------

    def test_an_appointment_stays_in_its_file(self):
        other = self._case(self._client(self.worker_a, "Another Person"))
        event = self._event(self.worker_a, **self._tie())
        for values in (
            {"res_model_id": False, "res_id": False},
            {"res_id": False},
            {"res_model": False},
            {"res_model": "res.partner"},
            {"res_id": other.id},
            {"recurrency": True, "rrule_type": "weekly", "mon": True, "count": 2, "res_id": 0},
        ):
            for env in (self._as(self.worker_a), self.env):
                with self.assertRaisesRegex(UserError, "stays there"), self.cr.savepoint():
                    env["calendar.event"].browse(event.id).write(dict(values))
        event.write(self._tie())
        event.write({"location": "Elsewhere"})
        event.unlink()

    def test_no_words_after_a_withdrawal(self):
        event = self._event(self.worker_a, **self._tie())
        self._consent(self.client_a, "withdrawn")
        for name in ("name", "location", "description", "notes"):
            with self.assertRaisesRegex(UserError, "consent"), self.cr.savepoint():
                event.write({name: "More"})
        event.write({"start": "2030-11-04 08:00:00", "location": False})
        event.unlink()

    def test_so_does_its_copy(self):
        event = self._event(self.worker_a, **self._tie())
        for default in ({}, {"res_model_id": False, "res_id": False}, {"privacy": "public"}):
            copied = event.copy(default)
            self.assertEqual((copied.res_id, copied.privacy), (self.case.id, "private"))
            self.assertEqual(copied.res_model, self.case._name)

    def test_a_row_of_them_lies_in_the_file(self):
        event = self._event(
            self.worker_a, recurrency=True, rrule_type="weekly", mon=True, count=3, **self._tie()
        )
        events = event.recurrence_id.calendar_event_ids
        self.assertEqual(len(events), 3)
        event.write({"recurrence_update": "all_events", "location": "Elsewhere"})
        event.write(
            {"recurrence_update": "all_events", "start": "2030-11-04 12:00:00",
             "stop": "2030-11-04 13:00:00"}
        )  # fmt: skip
        events = self.env["calendar.event"].search([("name", "ilike", WORD)])
        self.assertEqual(set(events.mapped("res_id")), {self.case.id})
        self.assertEqual(set(events.mapped("privacy")), {"private"})

    # ------------------------------------------------------------
    # Nobody is mailed
    # ------------------------------------------------------------

    def _mailed(self):
        self.env.flush_all()
        return self.env["mail.mail"].search_count([]), self.env["mail.message"].search_count([])

    def test_no_mail_goes_out(self):
        outside = self.env["res.partner"].create({"name": "Bank", "email": "bank@example.org"})
        everybody = [Command.set((outside | self.strangers.partner_id).ids)]
        alarm = self.env["calendar.alarm"].create(
            {
                "name": "Mail",
                "alarm_type": "email",
                "interval": "hours",
                "duration": 1,
                "mail_template_id": self.env.ref("calendar.calendar_template_meeting_reminder").id,
            }
        )
        before = self._mailed()
        soon = fields.Datetime.now() + timedelta(minutes=30)
        for tie, mailed in ((self._tie(), False), ({}, True)):
            event = self._event(
                self.worker_a,
                partner_ids=everybody,
                start=soon,
                stop=soon + timedelta(hours=1),
                alarm_ids=[Command.set(alarm.ids)],
                **tie,
            )
            event.write({"start": soon + timedelta(minutes=5)})
            event.write({"partner_ids": [Command.link(self.lead_b.partner_id.id)]})
            event.action_sendmail()
            event.attendee_ids.sudo().do_accept()
            self.env["calendar.alarm_manager"].sudo()._send_reminder()
            self.assertEqual(self._mailed() != before, mailed)

    def test_nor_when_it_is_deleted(self):
        event = self._event(self.worker_a, **self._tie())
        template = self.env.ref("calendar.calendar_template_delete_event")
        before = self._mailed()
        with self.assertRaises(UserError), self.cr.savepoint():
            template.with_user(self.worker_a).send_mail(event.id, force_send=False)
        composer = self._as(self.worker_a)["mail.compose.message"].with_context(
            default_model="calendar.event", default_res_ids=event.ids
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            composer.create({"body": WORD, "subject": "x"})._action_send_mail()
        self.assertEqual(self._mailed(), before)

    def test_whoever_may_not_read_it_is_not_reminded(self):
        """And it can be saved, though somebody without the file is expected."""
        alarm = self.env["calendar.alarm"].create(
            {"name": "Bell", "alarm_type": "notification", "interval": "hours", "duration": 1}
        )
        soon = fields.Datetime.now() + timedelta(minutes=90)
        event = self._event(
            self.worker_a,
            start=soon,
            stop=soon + timedelta(hours=1),
            alarm_ids=[Command.set(alarm.ids)],
            partner_ids=[Command.set((self.worker_a | self.colleague_a).partner_id.ids)],
            **self._tie(),
        )
        self.env.flush_all()
        for user, reminded in ((self.worker_a, True), (self.colleague_a, False)):
            self.env.invalidate_all()
            told = self._as(user)["calendar.alarm_manager"].get_next_notif()
            self.assertEqual(event.id in [alert["event_id"] for alert in told], reminded)

    # ------------------------------------------------------------
    # Logged
    # ------------------------------------------------------------

    def _logged(self, user, event, names):
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.data.clear()
        self.env.invalidate_all()
        self._as(user)["calendar.event"].browse(event.id).web_read(dict.fromkeys(names, {}))
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        return [key[1:3] for key in pending]

    def test_words_are_logged_like_those_of_notes(self):
        event = self._event(self.worker_a, **self._tie())
        self.env.flush_all()
        opened = [("open", self.client_a.id)]
        for name in ("name", "location", "description", "notes", "display_name"):
            self.assertEqual(self._logged(self.worker_a, event, [name]), opened, name)
        self.assertEqual(self._logged(self.worker_a, event, ["start", "user_id"]), [])
        # Others see that somebody is busy.
        self.assertEqual(self._logged(self.colleague_a, event, ["name", "location"]), [])
        own = self._event(self.worker_a)
        self.assertEqual(self._logged(self.worker_a, own, ["name", "location"]), [])
