import json

from odoo import http
from odoo.tests import HttpCase, tagged

from .apps_common import AppsCommon


@tagged("post_install", "-at_install")
class TestAppsDocuments(AppsCommon, HttpCase):
    """A customer in the portal sends documents with her task, and deletes what she has not sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        project = cls.env["project.project"].create(
            {"name": "Kitchen", "privacy_visibility": "portal"}
        )
        cls.task = cls.env["project.task"].create(
            {"name": "Doors", "project_id": project.id, "partner_id": cls.portal.partner_id.id}
        )
        cls.task._portal_ensure_token()
        cls.task.message_subscribe(cls.portal.partner_id.ids)

    def _upload(self):
        answer = self.url_open(
            "/mail/attachment/upload",
            data={
                "thread_model": self.task._name,
                "thread_id": self.task.id,
                "is_pending": "true",
                "token": self.task.access_token,
                "csrf_token": http.Request.csrf_token(self),
            },
            files={"ufile": ("plan.txt", b"x")},
        ).json()
        (stored,) = answer["data"]["store_data"]["ir.attachment"]
        return stored["id"], stored["ownership_token"]

    def _call(self, url, **params):
        return self.url_open(url, json={"jsonrpc": "2.0", "params": params}).json()

    def test_portal_and_guest(self):
        for login in (self.portal.login, None):
            with self.subTest(login):
                self.authenticate(login, login)
                id_, token = self._upload()
                answer = self._call(
                    "/mail/attachment/delete", attachment_id=id_, access_token=token
                )
                self.assertNotIn("error", answer, json.dumps(answer)[:300])
                self.assertFalse(self.env["ir.attachment"].browse(id_).exists())
                id_, token = self._upload()
                answer = self._call(
                    "/mail/message/post",
                    thread_model=self.task._name,
                    thread_id=self.task.id,
                    token=self.task.access_token,
                    post_data={
                        "body": "My plan",
                        "message_type": "comment",
                        "subtype_xmlid": "mail.mt_comment",
                        "attachment_ids": [id_],
                        "attachment_tokens": [token],
                    },
                )
                self.assertNotIn("error", answer, json.dumps(answer)[:300])
                self.env.invalidate_all()
                self.assertEqual(self.env["ir.attachment"].browse(id_).res_id, self.task.id)
