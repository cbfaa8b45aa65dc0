import base64

from odoo import SUPERUSER_ID, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import IntegrationCommon

WORDS = "Words of a scan"
QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule")


# Odoo posts in the language of the author, which may be German
REFUSED = "not sent|nicht als Nachricht"


@tagged("post_install", "-at_install")
class TestWallsAttachments(IntegrationCommon, HttpCase):
    """What is attached to a case is read with the file, by nobody else and by no other address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a, "Attached Person"))
        cls.scan = cls._scan_at(cls.case, "Passport of somebody.txt", WORDS.encode())

    def _scan(self, user):
        self.env.invalidate_all()
        return self._as(user)["ir.attachment"].browse(self.scan.id)

    def _thread(self, user):
        """Return what Odoo sends about the attachments of the case to a browser."""
        self.authenticate(user.login, user.login)
        answer = self.url_open(
            "/mail/data",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "fetch_params": [
                        [
                            "mail.thread",
                            {
                                "thread_model": self.case._name,
                                "thread_id": self.case.id,
                                "request_list": ["attachments"],
                            },
                        ]
                    ]
                },
            },
        )
        return answer.json()["result"].get("ir.attachment", [])

    def test_lead_reads_no_document_without_an_entry(self):
        """Though she reads the case: § 203 StGB holds towards the employer too."""
        self.assertTrue(self._as(self.lead_a)["integration.case"].browse(self.case.id).read())
        for function in (
            lambda scan: scan.read(["raw"]),
            lambda scan: scan.write({"name": "x"}),
            lambda scan: scan.unlink(),
            lambda scan: scan.copy(),
        ):
            with self.assertRaises(UserError), mute_logger(*QUIET):
                function(self._scan(self.lead_a))
        documents = self._as(self.lead_a)["ir.attachment"]
        for domain in (
            [("id", "=", self.scan.id)],
            [("name", "ilike", "passport")],
            [("res_model", "=", self.case._name), ("res_id", "=", self.case.id)],
        ):
            self.assertFalse(documents.search(domain))
            self.assertTrue(self.case.env["ir.attachment"].search(domain))
        with mute_logger(*QUIET), self.assertRaises(AccessError):
            documents.create({"name": "x", "res_model": self.case._name, "res_id": self.case.id})
        self.assertNotIn("Passport", str(self._thread(self.lead_a)))
        self.assertIn("Passport", str(self._thread(self.worker_a)))

    def test_lead_with_an_entry_reads_it(self):
        glass = self._as(self.lead_a)["integration.case.glass"]
        glass.create(
            {"file_number": self.case.file_number, "reason": "Acute danger at night"}
        ).action_break()
        self.assertEqual(self._scan(self.lead_a).raw, WORDS.encode())

    def test_no_token_opens_it(self):
        """Odoo gives every reader a token that holds for weeks, without a login."""
        token = next(
            document["raw_access_token"]
            for document in self._thread(self.worker_a)
            if document["id"] == self.scan.id
        )
        address = f"/web/content/{self.scan.id}"
        self.assertEqual(self.url_open(address).text, WORDS)
        self.assertEqual(self.url_open(f"{address}?access_token={token}").text, WORDS)
        for login in (self.colleague_a.login, self.lead_a.login, None):
            self.authenticate(login, login)
            with mute_logger(*QUIET):
                answer = self.url_open(f"{address}?access_token={token}")
            self.assertNotIn(WORDS, answer.text)
            self.assertGreaterEqual(answer.status_code, 400)

    def test_no_token_deletes_it(self):
        token = self.scan.sudo()._get_ownership_token()
        self.assertTrue(self.scan._has_attachments_ownership([token]))
        self.assertFalse(self._scan(self.colleague_a)._has_attachments_ownership([token]))

    def test_it_stays_in_its_file(self):
        """Out of the file it would be its uploader's alone, for good."""
        for values in (
            {"res_model": False, "res_id": False},
            {"res_id": False},
            {"res_id": 0},
            {"res_model": "res.users", "res_id": self.worker_a.id},
        ):
            for function in (self.scan.write, self.scan.copy, self.scan.sudo().write):
                with self.assertRaisesRegex(UserError, "stays there"):
                    function(values)
        other = self._case(self._client(self.worker_a, "Another"))
        with self.assertRaisesRegex(UserError, "among the papers"):
            self.scan.write({"res_model": other._name, "res_id": other.id})
        self.scan.with_user(SUPERUSER_ID).write({"res_model": other._name, "res_id": other.id})
        self.assertEqual(self.scan.res_id, other.id)

    def test_it_is_sent_as_no_message(self):
        channel = self._as(self.worker_a)["discuss.channel"]._create_channel("Talk", None)
        ids = self.scan.ids
        with self.assertRaisesRegex(UserError, REFUSED):
            channel.message_post(body=WORDS, attachment_ids=ids)
        message = channel.message_post(body=WORDS, message_type="comment")
        with self.assertRaisesRegex(UserError, REFUSED):
            channel._message_update_content(message, body="y", attachment_ids=ids)
        with self.assertRaisesRegex(UserError, REFUSED):
            self.env["mail.message"].with_context(default_attachment_ids=ids).create({"body": "x"})

    def test_its_name_is_told_to_nobody_else(self):
        """Any attachment may name any other as its original, and shows the name of that."""
        values = {"name": "x", "raw": b"x"}
        original = {"original_id": self.scan.id}
        shown = {"original_id": {"fields": {"display_name": {}}}}
        for user in (self.employee, self.worker_b, self.lead_a):
            own = self._as(user)["ir.attachment"].create(values)
            for function in (
                lambda own=own: own.write(original),
                lambda own=own: own.create(values | original),
                lambda own=own: own.with_context(default_original_id=self.scan.id).create(values),
            ):
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    function()
            told = (
                own.browse().with_context(default_original_id=self.scan.id).onchange({}, [], shown)
            )
            self.assertEqual(
                told["value"]["original_id"]["display_name"], f"Attachment {self.scan.id}"
            )
            self.env.invalidate_all()
        own = self.scan.create(values | original)
        self.assertIn("Passport", str(own.web_read(shown)))

    def test_upload_to_a_discussion_passes_the_gate(self):
        """Odoo writes what is uploaded there as superuser."""
        before_consent = self._case(self._client(self.worker_a, "No consent", consent=False))
        for user, case in (
            (self.worker_a, before_consent),
            (self.worker_a, self.case),
            (self.lead_a, self.case),
            (self.worker_b, self.case),
        ):
            self.authenticate(user.login, user.login)
            with mute_logger(*QUIET):
                self._upload(case)
            self.assertFalse(
                self.env["ir.attachment"].search(
                    [
                        ("res_model", "=", case._name),
                        ("res_id", "=", case.id),
                        ("name", "=", "up.txt"),
                    ]
                )
            )

    def _upload(self, case):
        return self.url_open(
            "/mail/attachment/upload",
            data={
                "thread_model": case._name,
                "thread_id": case.id,
                "is_pending": "false",
                "csrf_token": http.Request.csrf_token(self),
            },
            files={"ufile": ("up.txt", base64.b64encode(b"x"))},
        )

    def test_reason_of_reopening_is_told_with_the_file_alone(self):
        """It is words about the client, on a record that a lead reads."""
        self.case.sudo()._as_system().write({"episode": 2, "reopening_reason": WORDS})
        for user, told in ((self.worker_a, WORDS), (self.lead_a, False)):
            self.env.invalidate_all()
            case = self._as(user)["integration.case"].browse(self.case.id)
            self.assertEqual(case.reopening_note, told)
            with self.assertRaises(AccessError):
                case.read(["reopening_reason"])
            with self.assertRaises(AccessError):
                case.search([("reopening_reason", "ilike", "words")])
