from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .papers_common import PapersCommon

SILENT = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
SCRIPT = "<script>alert('x')</script>"


@tagged("post_install", "-at_install")
class TestLetters(PapersCommon):
    """From the case in two clicks; to somebody else by the rules of the register."""

    def test_two_clicks_from_the_case(self):
        action = self.case.action_write_letter()
        self.assertEqual(
            (action["res_model"], action["target"]), ("integration.letter.write", "new")
        )
        form = Form(self.case.env[action["res_model"]].with_context(**action["context"]))
        self.assertTrue(form.template_id, "one is chosen")
        form.template_id = self.env["integration.letter.template"]
        self.assertFalse(form.language_id)
        form.template_id = self._template("certificate")
        letter = self.Letter.browse(form.save().action_write()["res_id"])
        self.assertRecordValues(
            letter,
            [
                {
                    "client_id": self.client_a.id,
                    "addressed_to": "client",
                    "state": "draft",
                    "subject": "Bescheinigung über die Beratung",
                    "author_id": self.worker_a.id,
                    "disclosure_id": False,
                }
            ],
        )
        for words in (self.client_a.name, "17.05.1990", self.town_a.name, self.worker_a.name):
            self.assertIn(words, letter.body)
        self.assertEqual(letter.addressee, f"{self.client_a.name}\nLane 1\n88045 Town")
        self.assertEqual(
            letter.action_finish()["report_name"], "integration_management.integration_letter_paper"
        )
        self.assertEqual(letter.state, "finished")
        self.assertEqual(self.case.letter_ids, letter)

    def test_pressed_twice_it_is_written_once(self):
        dialog = self._dialog("client_free")
        first, second = dialog.action_write(), dialog.action_write()
        self.assertEqual(first["res_id"], second["res_id"])
        letter = self._write()
        letter.action_finish()
        words = letter.words
        letter.action_finish()
        self.assertEqual(letter.words, words)

    def test_appointment(self):
        letter = self._write(
            "invitation",
            date_appointment="2026-12-24",
            time_appointment=14.5,
            place_appointment="Room 3",
        )
        for words in ("24.12.2026", "14:30 Uhr", "Room 3"):
            self.assertIn(words, letter.body)
        self.assertIn("24. Dezember 2026", letter.line_text)
        self.assertEqual(letter.language_id.code, "de", "plain German without a language of hers")

    def test_the_next_appointment_is_not_typed_again(self):
        planned = self.env["integration.appointment"].with_user(self.worker_a)
        for days, place in ((30, "Room 7"), (9, "Room 3")):
            planned.create(
                {
                    "case_id": self.case.id,
                    "date": self.today + timedelta(days=days),
                    "time": 14.5,
                    "place": place,
                }
            )
        action = self.case.action_write_letter()
        form = Form(self.case.env[action["res_model"]].with_context(**action["context"]))
        form.template_id = self._template("invitation")
        self.assertEqual(form.date_appointment, self.today + timedelta(days=9))
        self.assertEqual((form.time_appointment, form.place_appointment), (14.5, "Room 3"))

    def test_in_her_language(self):
        arabic = self.env.ref("integration_management.language_ar")
        self.client_a.language_ids = arabic
        letter = self._write("invitation", date_appointment="2026-12-24", time_appointment=14.5)
        self.assertEqual(letter.language_id, arabic)
        self.assertIn("لديك موعد عندنا", letter.line_text)
        # Else a telephone is read in another order, from its last group to its first.
        self.assertIn("\u202a07541 100\u202c", letter.line_text)
        self.assertIn("\u202a14:30\u202c", letter.line_text)
        self.assertIn("24 ديسمبر 2026", letter.line_text)
        self.assertNotIn("\u202a", letter.body)
        page = self._page(letter)
        self.assertIn('dir="rtl"', page)
        self.assertIn('lang="ar"', page)
        self.assertIn("العربية", page)
        draft = self.env["integration.paper.text"]._wordings(arabic)["draft"]
        self.assertIn(draft, page, "nobody has confirmed the words")
        letter.line_reviewed = True
        self.assertNotIn(draft, self._page(letter))

    def test_what_is_open_is_not_printed_as_finished(self):
        letter = self._write("invitation", date_appointment=False)
        self.assertIn("{next_appointment_date}", letter.body)
        with self._refusing("next_appointment_date"):
            letter.action_finish()
        letter = self.Letter.browse(self._dialog("client_free").action_write()["res_id"])
        with self._refusing("{matter}"):
            letter.action_finish()
        self.assertIn("Entwurf – nicht abgeschickt", self._page(letter))

    def test_reference_names_the_file_number_alone(self):
        letter = self._write()
        self.assertNotIn(self.client_a.name, letter.display_name)
        self.assertNotIn(letter.subject, letter.display_name)
        report = self.env.ref("integration_management.integration_letter_report")
        name = safe_eval(report.print_report_name, {"object": letter})
        self.assertEqual(name, f"letter-{self.client_a.file_number}-{letter.id}")
        page = self._page(letter)
        title = page.partition("<title>")[2].partition("</title>")[0]
        self.assertIn(self.client_a.file_number, title)
        self.assertNotIn(self.client_a.name, title)

    def test_nothing_runs_on_the_page(self):
        """Whatever is typed into a name, an address, the directory or the text is words."""
        self.client_a.write({"name": SCRIPT, "street": SCRIPT, "city": "<b>Town</b>"})
        self.advice_centre.write({"street": SCRIPT})
        self.worker_a.name = f"Worker {SCRIPT}"
        self.company_a.write({"street": SCRIPT, "phone": SCRIPT})
        letters = [
            self._write("certificate"),
            self._write(
                "request_copy", matter=f"{SCRIPT}<t t-out='1+1'/>", service_id=self.advice_centre.id
            ),
        ]
        for letter in letters:
            page = self._page(letter)
            self.assertNotIn("<script>alert", page)
            self.assertIn("&lt;script&gt;", page)
            self.assertNotIn("<b>Town", page)
        self.assertIn("&lt;t t-out", page)

    # ------------------------------------------------------------
    # To somebody else
    # ------------------------------------------------------------

    def _request(self, **values):
        return self._write("request_copy", service_id=self.advice_centre.id, **values)

    def test_without_a_right_nothing_leaves(self):
        letter = self._request()
        self.assertEqual(letter.addressed_to, "other")
        with self._refusing("by what right"):
            letter.action_finish()
        letter.basis = "release"
        with self._refusing("no valid release"):
            letter.action_finish()
        letter.release_id = self._release(recipient_name="Somebody else")
        with self._refusing("no valid release"):
            letter.action_finish()
        letter.write({"basis": "duty", "release_id": False})
        with self._refusing("name the law"):
            letter.action_finish()
        letter.write({"basis": "present", "kind_ids": [Command.set(self.health.ids)]})
        with self._refusing("specially protected"):
            letter.action_finish()
        letter.kind_ids = False
        with self._refusing("at least one kind"):
            letter.action_finish()
        self.assertEqual((letter.state, letter.words), ("draft", False))
        self.assertFalse(self.register.search([("client_id", "=", self.client_a.id)]))

    def test_with_a_release_the_register_gets_its_entry(self):
        letter = self._request()
        release = self._release(
            service_id=self.advice_centre.id,
            recipient_name=self.advice_centre.name,
            kind_ids=[Command.set(letter.kind_ids.ids)],
        )
        with Form(letter) as form:
            form.basis = "release"
            form.release_id = release
        letter.action_finish()
        self.assertRecordValues(
            letter.disclosure_id,
            [
                {
                    "client_id": self.client_a.id,
                    "channel": "letter",
                    "basis": "release",
                    "release_id": release.id,
                    "service_id": self.advice_centre.id,
                    "recipient_name": self.advice_centre.name,
                    "kind_ids": letter.kind_ids.ids,
                    "date": self.today,
                }
            ],
        )
        # No second entry by a second press
        letter.action_finish()
        self.assertEqual(self.register.search_count([("client_id", "=", self.client_a.id)]), 1)

    def test_an_ended_release_carries_nothing(self):
        letter = self._request()
        release = self._release(
            service_id=self.advice_centre.id,
            recipient_name=self.advice_centre.name,
            kind_ids=[Command.set(letter.kind_ids.ids)],
        )
        letter.write({"basis": "release", "release_id": release.id})
        release.withdrawn_on = self.today
        with self._refusing("no valid release"):
            letter.action_finish()

    def test_to_whom_is_named(self):
        letter = self._write("other_free")
        letter.basis = "present"
        with self._refusing("name whom"):
            letter.action_finish()
        letter.recipient_name = "Landlord Example"
        letter.action_finish()
        self.assertEqual(letter.disclosure_id.recipient_name, "Landlord Example")
        category = self.env["integration.service"].create({"name": "Doctors", "kind": "category"})
        with self.assertRaises(UserError):
            self._write("other_free", service_id=category.id)

    def test_a_letter_to_the_client_turns_into_no_other(self):
        letter = self._write()
        with self._refusing("by hand"):
            letter.addressed_to = "other"
        with self._refusing("by hand"):
            self._request().addressed_to = "client"

    def test_a_protected_address_is_told_to_nobody(self):
        self.env["integration.letter.template"].create(
            {
                "name": "Address",
                "code": "address",
                "addressed_to": "other",
                "subject": "Subject",
                "body": "Lives at {address}.",
            }
        )
        self.client_a.protected_address = True
        template = self.env["integration.letter.template"].search([("code", "=", "address")])
        dialogs = self.case.env["integration.letter.write"]
        dialog = dialogs.create({"case_id": self.case.id, "template_id": template.id})
        letter = self.Letter.browse(dialog.action_write()["res_id"])
        self.assertNotIn("Lane 1", letter.body + (letter.addressee or ""))
        self.assertIn("{address}", letter.body)
        self.assertIn("Lane 1", self._write().addressee, "to herself it goes where she lives")

    def test_addressee_of_the_directory(self):
        self.advice_centre.write({"street": "Example Lane 1", "zip": "88045", "city": "Town"})
        letter = self._request()
        self.assertEqual(
            letter.addressee, "Migration Counselling Example\nExample Lane 1\n88045 Town"
        )
        self.assertEqual(letter.recipient_name, self.advice_centre.name)

    # ------------------------------------------------------------
    # Walls
    # ------------------------------------------------------------

    def test_walls_of_the_paper(self):
        letter = self._write()
        for user in (
            self.colleague_a, self.lead_a, self.worker_b, self.county_user, self.dpo_a,
            self.admin_a, self.reporting_a, self.employee,
        ):  # fmt: skip
            with mute_logger(*SILENT), self.assertRaises(AccessError, msg=user.login):
                self._page(letter, user)

    def test_no_letter_for_a_stranger(self):
        stranger = self._client(self.worker_b)
        other = self._case(stranger)
        with self.assertRaises(AccessError), mute_logger(*SILENT):
            self._dialog("client_free", case_id=other.id)
        with self.assertRaises(AccessError), mute_logger(*SILENT):
            self._dialog("client_free", client_id=stranger.id)
        own = self._client(self.worker_a)
        with self.assertRaises(UserError):
            self._dialog("client_free", client_id=own.id).action_write()

    def test_printing_is_logged(self):
        letter = self._write()
        pending = self.env.cr.postcommit.data.setdefault("integration_access_log", {})
        pending.clear()
        self._page(letter)
        self.assertTrue(any(entry[1] == "print" for entry in pending))
