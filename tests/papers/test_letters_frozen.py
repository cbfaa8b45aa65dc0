import base64

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..consent.gate_common import GateHttp
from .papers_common import PapersCommon, picture


class Frozen:
    """What nobody changes in a finished letter; run once with and once without the wire."""

    def _finished(self, code="certificate", **values):
        letter = self._write(code, **values)
        if letter.addressed_to == "other":
            letter.basis = "present"
        letter.action_finish()
        self.env.flush_all()
        return letter

    def _changes(self, letter):
        """Yield every way to change each field that a request can name."""
        german = self.env.ref("integration_management.language_de")
        for vals in (
            {"subject": "Other words"},
            {"body": "Other words"},
            {"line_text": "Other words"},
            {"language_id": german.id},
            {"addressee": "Somebody else"},
            {"recipient_name": "Somebody else"},
            {"service_id": self.advice_centre.id},
            {"basis": "duty"},
            {"reason": "Other words"},
            {"kind_ids": [[6, 0, []]]},
            {"state": "draft"},
            {"words": "{}"},
            {"words_hash": "0"},
            {"date": "2020-01-01"},
            {"disclosure_id": False},
            {"template_id": self._template("end").id},
            {"author_id": self.colleague_a.id},
        ):
            for attempt in self._ways_to_change(letter, vals):
                # A form only asks, and a copy is another letter.
                if not attempt[0].startswith(("onchange", "copy")):
                    yield attempt

    def test_no_way_to_change_it(self):
        for code, values in (
            ("certificate", {}),
            ("request_copy", {"service_id": self.advice_centre.id}),
        ):
            letter = self._finished(code, **values)
            self._assert_refused(self._changes(letter))
            self._assert_refused(
                attempt
                for attempt in self._ways_from_parent(
                    self.case, "letter_ids", {"body": "Other words"}, letter
                )
                if not attempt[0].endswith(" 0")
            )


@tagged("post_install", "-at_install")
class TestLettersFrozen(Frozen, PapersCommon):
    """Over the ORM, and past it."""

    def test_reprinted_to_the_letter(self):
        """Byte for byte, whatever has changed since."""
        self.company_a.logo = base64.b64encode(picture((300, 90), "PNG"))
        self.advice_centre.write({"street": "Example Lane 1"})
        letter = self._finished("request_copy", service_id=self.advice_centre.id)
        her = self._finished("end")
        pages = [self._page(letter), self._page(her)]
        self._template("request_copy").write({"body": "Other words", "subject": "Other"})
        self._template("end").line_ids.unlink()
        self.client_a.write({"name": "Other Name", "street": "Other Street"})
        self.company_a.write(
            {
                "name": "Other Employer",
                "street": "Other Street",
                "phone": "0",
                "website": "other.example",
                "logo": base64.b64encode(picture((90, 90), "PNG")),
            }
        )
        self.worker_a.write({"name": "Other Worker", "phone": "0"})
        self.worker_a.lang = "en_US"
        self.advice_centre.street = "Other Street"
        self.env.ref("integration_management.language_de").native_name = "Other"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual([self._page(letter), self._page(her)], pages)

    def test_past_the_orm(self):
        letter = self._finished()
        for statement in (
            "UPDATE integration_letter SET body = 'Other' WHERE id = %s",
            "UPDATE integration_letter SET words = NULL WHERE id = %s",
            "UPDATE integration_letter SET state = 'draft' WHERE id = %s",
            "DELETE FROM integration_letter WHERE id = %s",
        ):
            with self.subTest(statement), mute_logger("odoo.sql_db"):
                with self.assertRaises(psycopg2.IntegrityError), self.cr.savepoint():
                    self.cr.execute(statement, (letter.id,))
        # A superuser's code is no pass either.
        with self.assertRaises(UserError):
            letter.sudo().body = "Other"
        with self.assertRaises(UserError):
            letter.sudo().unlink()

    def test_other_words_are_not_printed(self):
        letter = self._finished()
        self.cr.execute("ALTER TABLE integration_letter DISABLE TRIGGER USER")
        self.cr.execute(
            "UPDATE integration_letter SET words = replace(words, 'geboren', 'gestorben')"
            " WHERE id = %s",
            (letter.id,),
        )
        self.cr.execute("ALTER TABLE integration_letter ENABLE TRIGGER USER")
        self.env.invalidate_all()
        with self._refusing("SHA-256"):
            self._page(letter)

    def test_a_copy_is_another_draft(self):
        letter = self._finished("request_copy", service_id=self.advice_centre.id)
        copy = letter.copy()
        self.assertRecordValues(
            copy, [{"state": "draft", "words": False, "disclosure_id": False, "basis": False}]
        )
        self.assertEqual(copy.body, letter.body)
        copy.unlink()

    def test_withdrawal_takes_drafts_and_leaves_letters(self):
        finished, draft = self._finished(), self._write()
        page = self._page(finished)
        self._consent(self.client_a, "withdrawn")
        self.assertFalse(draft.exists())
        self.assertEqual(self._page(finished), page, "what left stays readable to its readers")
        with self._refusing("consent"):
            self._write()

    def test_nobody_finishes_after_the_withdrawal(self):
        """A relative's letter, in the case of somebody who does not agree any more."""
        relative = self._client(self.worker_a)
        self.case._accompany(relative)
        letter = self._write(client_id=relative.id)
        # Past what a withdrawal takes along
        self.client_a.sudo()._as_system().write({"consent_state": "withdrawn"})
        with self._refusing("consent"):
            letter.action_finish()

    def test_only_the_file_is_open_to_its_readers(self):
        letter = self._finished()
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.dpo_a, self.employee):
            for method in ("action_finish", "action_print"):
                with mute_logger(
                    "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"
                ):
                    with self.assertRaises(AccessError, msg=f"{user.login} {method}"):
                        getattr(letter.with_user(user), method)()


@tagged("post_install", "-at_install")
class TestLettersFrozenHttp(Frozen, PapersCommon, GateHttp):
    """Over JSON-RPC."""
