from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .appointments_common import QUIET, WORD, AppointmentsCommon


@tagged("post_install", "-at_install")
class TestAppointmentDocuments(AppointmentsCommon):
    """What stands beside an appointment of a file is read with the file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tied = cls._event(cls.worker_a, **cls._tie())
        cls.loose = cls._event(cls.worker_a, privacy="public")

    def _attach(self, event, user=None, **values):
        return self._as(user or self.worker_a)["ir.attachment"].create(
            {
                "name": f"{WORD}.txt",
                "raw": b"x",
                "res_model": "calendar.event",
                "res_id": event.id,
                **values,
            }
        )

    def _finds(self, user, record):
        self.env.invalidate_all()
        return self._as(user)[record._name].search([("id", "=", record.id)])

    def test_documents_follow_the_tie(self):
        scan, ordinary = self._attach(self.tied), self._attach(self.loose)
        for user in self.strangers:
            self.assertFalse(self._finds(user, scan), user.login)
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                scan.with_user(user).read(["name", "raw"])
            self.assertTrue(self._finds(user, ordinary), user.login)
            # As a relation shows it, which reads past the rules
            behind = self._as(user)["ir.attachment"].sudo().browse(scan.id)
            self.assertNotIn(WORD, behind.display_name)
        self.assertTrue(self._finds(self.worker_a, scan))
        self._lose()
        self.assertFalse(self._finds(self.worker_a, scan))
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            scan.with_user(self.worker_a).read(["raw"])
        self.assertTrue(self._finds(self.colleague_a, scan))

    def test_nor_through_relations_that_pass_over_the_rules(self):
        scan = self._attach(self.tied)
        for user in self.strangers:
            env = self._as(user)
            own = env["mail.activity"].sudo().create(
                {"user_id": user.id, "summary": "Own", "res_model": False,
                 "attachment_ids": [Command.link(scan.id)]}
            )  # fmt: skip
            self.env.invalidate_all()
            self.assertFalse(
                env["mail.activity"].search(
                    [("id", "=", own.id), ("attachment_ids.name", "ilike", WORD)]
                )
            )

    def test_no_address_with_a_token_and_nothing_public(self):
        scan = self._attach(self.tied)
        with self.assertRaisesRegex(UserError, "never made public"):
            scan.generate_access_token()
        with self.assertRaisesRegex(UserError, "never made public"):
            self._attach(self.tied, public=True)

    def test_what_was_open_before_is_open_no_more(self):
        scan = self._attach(self.loose)
        (token,) = scan.generate_access_token()
        self.assertTrue(token)
        self.loose.write(self._tie())
        self.assertFalse(scan.access_token)
        self.assertFalse(self.loose.sudo().message_follower_ids)

    def test_documents_stay_in_the_file(self):
        scan = self._attach(self.tied)
        with self.assertRaisesRegex(UserError, "stays there"):
            scan.write({"res_model": "calendar.event", "res_id": self.loose.id})
        with self.assertRaises(UserError), self.cr.savepoint():
            self._as(self.worker_a)["mail.message"].create(
                {"body": "See", "attachment_ids": [Command.link(scan.id)]}
            )

    def test_not_without_consent(self):
        self._consent(self.client_a, "withdrawn")
        with self.assertRaisesRegex(UserError, "consent"), self.cr.savepoint():
            self._attach(self.tied)

    def test_whose_document_was_read_is_logged(self):
        scan = self._attach(self.tied)
        self.env.cr.postcommit.data.clear()
        self.env.cr.postcommit.clear()
        scan.with_user(self.worker_a).read(["raw"])
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        self.assertEqual([key[1:3] for key in pending], [("open", self.client_a.id)])

    def test_no_messages_and_no_followers(self):
        env = self._as(self.worker_a)
        event = self.tied.with_user(self.worker_a)
        before = self.env["mail.message"].search_count([])
        with self.assertRaisesRegex(UserError, "no message history"), self.cr.savepoint():
            event.message_post(body=WORD, message_type="comment")
        with self.assertRaises(UserError), self.cr.savepoint():
            env["mail.message"].create(
                {"model": "calendar.event", "res_id": event.id, "body": WORD}
            )
        event.with_context(tracking_disable=False).location = "Elsewhere"
        event.message_subscribe(self.colleague_a.partner_id.ids)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(self.env["mail.message"].search_count([]), before)
        self.assertFalse(event.sudo().message_follower_ids)
        # Elsewhere they are written as ever.
        self.loose.with_user(self.worker_a).message_post(body=WORD, message_type="comment")
        self.assertEqual(self.env["mail.message"].search_count([]), before + 1)

    def test_what_was_written_before_the_tie_follows_it(self):
        message = self.loose.with_user(self.worker_a).message_post(
            body=WORD, message_type="comment", partner_ids=self.colleague_a.partner_id.ids
        )
        self.assertTrue(self._finds(self.colleague_a, message))
        self.loose.write(self._tie())
        self.env.flush_all()
        for user in self.strangers:
            self.assertFalse(self._finds(user, message), user.login)
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                message.with_user(user).read(["body"])
        self.assertTrue(self._finds(self.worker_a, message))
        self._lose()
        self.assertFalse(self._finds(self.worker_a, message))

    def test_activities_at_an_appointment(self):
        model = self.env["ir.model"]._get_id("calendar.event")
        activity = self._as(self.worker_a)["mail.activity"].create(
            {
                "res_model_id": model,
                "res_id": self.tied.id,
                "summary": f"{WORD} to bring",
                "user_id": self.worker_a.id,
            }
        )
        for user in self.strangers:
            self.assertFalse(self._finds(user, activity), user.login)
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                activity.with_user(user).read(["summary"])
        self.assertTrue(self._finds(self.worker_a, activity))
        self._lose()
        self.assertFalse(self._finds(self.worker_a, activity))

    def test_whatever_else_points_to_it_is_refused(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self._as(self.worker_a)["mail.scheduled.message"].create(
                {
                    "model": "calendar.event",
                    "res_id": self.tied.id,
                    "author_id": self.worker_a.partner_id.id,
                    "body": WORD,
                    "scheduled_date": "2030-01-01 10:00:00",
                }
            )

    def test_attendees_are_read_with_the_file(self):
        """With them the address that opens an appointment without a login."""
        attendee = self.tied.attendee_ids
        self.assertTrue(attendee)
        for user in self.strangers:
            self.assertFalse(self._finds(user, attendee), user.login)
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                attendee.with_user(user).read(["access_token"])
            self.assertTrue(self._finds(user, self.loose.attendee_ids), user.login)
            self.assertTrue(self._finds(user, self.tied), user.login)
        self.assertTrue(self._finds(self.worker_a, attendee))
        self._lose()
        self.assertFalse(self._finds(self.worker_a, attendee))
