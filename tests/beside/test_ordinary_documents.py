import json
import re
from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import HttpCase, tagged

from ..common import IntegrationCommon

# A table of ours, and none of its columns
OURS = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?integration_', re.IGNORECASE)


@tagged("post_install", "-at_install")
class TestOrdinaryDocuments(IntegrationCommon, HttpCase):
    """Documents that lie in nobody's file are handled as if the module were not there."""

    def _document(self, **values):
        return self.env["ir.attachment"].create({"name": "Offer.txt", "raw": b"x", **values})

    def test_token_of_an_ordinary_document_is_enough(self):
        """A guest of a shop, and a customer in the portal, send and delete by token alone."""
        public = self.env.ref("base.public_user")
        for user in (self.portal, public, self.employee):
            document = self._document(res_model="res.company", res_id=self.company_b.id)
            token = document._get_ownership_token()
            own = document.with_user(user).with_context(allowed_company_ids=user.company_id.ids)
            self.assertTrue(own._has_attachments_ownership([token]), user.login)
            self.assertTrue(own.sudo()._has_attachments_ownership([token]), user.login)
            self.assertFalse(own._has_attachments_ownership(["wrong"]), user.login)
            self.assertTrue(own.browse()._has_attachments_ownership([]))

    def test_guest_deletes_over_http_what_she_has_uploaded(self):
        document = self._document(res_model="mail.compose.message", res_id=0)
        body = {
            "jsonrpc": "2.0",
            "params": {
                "attachment_id": document.id,
                "access_token": document._get_ownership_token(),
            },
        }
        self.authenticate(None, None)
        answer = self.url_open("/mail/attachment/delete", json=body)
        self.assertNotIn("error", answer.json(), json.dumps(answer.json())[:300])
        self.assertFalse(document.exists())

    def test_document_in_a_file_and_an_ordinary_one_together(self):
        case = self._case(self._client(self.worker_a))
        filed = self._document(res_model=case._name, res_id=case.id)
        both = filed | self._document()
        tokens = [document._get_ownership_token() for document in both]
        self.assertFalse(both.with_user(self.portal)._has_attachments_ownership(tokens))
        self.assertTrue(both.with_env(case.env)._has_attachments_ownership(tokens))

    def test_author_creates_what_she_may_not_read(self):
        """Asking about consent must not read, as the author, what lies in no file."""
        self.env["ir.rule"].create(
            {
                "name": "Nobody reads",
                "model_id": self.env.ref("base.model_ir_attachment").id,
                "domain_force": "[('name', '!=', 'Unread.txt')]",
                "perm_create": False,
            }
        )
        self.assertTrue(
            self._as(self.employee)["ir.attachment"].create({"name": "Unread.txt", "raw": b"x"})
        )


@tagged("post_install", "-at_install")
class TestOrdinaryQueries(IntegrationCommon):
    """What has nothing to do with clients asks no table of theirs."""

    @contextmanager
    def _asked(self):
        """Collect what the database is asked for."""
        asked, execute = [], Cursor.execute

        def noted(cursor, query, *args, **kwargs):
            asked.append(str(query))
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        with patch.object(Cursor, "execute", noted):
            yield asked
            self.env.flush_all()

    def test_ordinary_records_ask_no_table_of_ours(self):
        country = self.env.ref("base.de")
        todo = self.env.ref("mail.mail_activity_data_todo")
        names = iter(("Utopia", "Nowhere"))
        ways = {
            "contact": lambda: (
                self.env["res.partner"]
                .create({"name": "Supplier", "country_id": country.id})
                .write({"city": "Elsewhere"})
            ),
            "document": lambda: self._document_of_company().write({"name": "Other.txt"}),
            "activity": lambda: self.env["mail.activity"].create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": self.company_b.partner_id.id,
                    "activity_type_id": todo.id,
                    "user_id": self.employee.id,
                }
            ),
            "country": lambda: country.write({"name": next(names)}),
        }
        for name, way in ways.items():
            way()  # what is asked once per process and class
            with self.subTest(name), self._asked() as asked:
                way()
            self.assertTrue(asked)
            self.assertEqual([query for query in asked if OURS.search(query)], [], name)

    def test_what_has_to_do_with_a_client_asks_ours(self):
        """The collector above would notice."""
        with self._asked() as asked:
            self._client(self.worker_a, consent=False)
        self.assertTrue([query for query in asked if OURS.search(query)])

    def _document_of_company(self):
        return self.env["ir.attachment"].create(
            {"name": "Offer.txt", "raw": b"x", "res_model": "res.company"}
            | {"res_id": self.company_b.id}
        )
