from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.models.appointment.appointment_words import day_in_words
from odoo.addons.integration_management.reports.organisation.calendar_file import escape, fold

from .appointment_common import AppointmentCommon

REPORT = "integration_management.integration_appointment_slip"


@tagged("post_install", "-at_install")
class TestAppointmentTold(AppointmentCommon):
    """What the client is told: on the slip and in a message, in her language."""

    def _speaks(self, *codes):
        languages = self.env["integration.language"].search([("code", "in", codes)])
        self.client_a.language_ids = languages
        return languages

    def _slip(self, appointment, user=None):
        report = self.env["report." + REPORT].with_user(user or self.worker_a)
        return report._get_report_values(appointment.ids)

    def _html(self, appointment):
        reports = self.env["ir.actions.report"].with_user(self.worker_a)
        return reports._render_qweb_html(REPORT, appointment.ids)[0].decode()

    def test_every_language_of_papers_has_the_wordings(self):
        texts = self.env["integration.paper.text"]
        german = self.env["integration.language"].search([("code", "=", "de")])
        for prefix in ("appointment.", "bring."):
            codes = texts.search(
                [("code", "=like", f"{prefix}%"), ("language_id", "=", german.id)]
            ).mapped("code")
            self.assertTrue(codes)
            for language in texts._languages("slip."):
                found = texts.search(
                    [("language_id", "=", language.id), ("code", "in", codes)]
                ).mapped("code")
                self.assertEqual(set(found), set(codes), language.code)
        items = self.env["integration.bring.item"].search([("company_id", "=", False)])
        self.assertEqual({f"bring.{item.code}" for item in items}, set(codes))

    def test_the_day_is_written_out_in_every_language(self):
        day = date(2027, 2, 1)
        for language in self.env["integration.paper.text"]._languages("appointment."):
            words = day_in_words(language.code, day)
            with self.subTest(language.code):
                self.assertNotEqual(words, "01.02.2027")
                self.assertIn("2027", words)
        self.assertEqual(day_in_words("de", day), "Montag, 1. Februar 2027")
        self.assertEqual(day_in_words("no such language", day), "01.02.2027")

    def test_slip_in_arabic_stands_from_the_right(self):
        self._speaks("ar")
        appointment = self._appointment(
            date=date(2027, 2, 1),
            place="Rathaus, Zimmer 12",
            bring_ids=self.env.ref("integration_management.bring_letters").ids,
            note="Afraid",
        )
        html = self._html(appointment)
        for told in (
            "Montag, 1. Februar 2027",
            "الاثنين",
            "14:30",
            "01.02.2027",
            "Rathaus, Zimmer 12",
            "Briefe von Behörden",
            "رسائل من الدوائر الرسمية",
            'dir="rtl"',
            "Noto Sans Arabic",
            self.worker_a.name,
        ):
            self.assertIn(told, html)
        for untold in ("Afraid", "Arranged", self.case.file_number):
            self.assertNotIn(untold, html)

    def test_one_slip_for_each_language_of_those_who_come(self):
        self._speaks("ar")
        relative = self._client(self.worker_a, "Relative")
        self.case._accompany(relative)
        relative.language_ids = self.env.ref("integration_management.language_uk")
        appointment = self._appointment(client_ids=(self.client_a | relative).ids)
        columns = [[c["code"] for c in s["columns"]] for s in self._slip(appointment)["slips"]]
        self.assertCountEqual(columns, [["de", "ar"], ["de", "uk"]])

    def test_without_wordings_in_her_language_it_is_german_and_says_so(self):
        self._speaks("wo")
        (slip,) = self._slip(self._appointment())["slips"]
        self.assertEqual([c["code"] for c in slip["columns"]], ["de"])
        self.assertTrue(slip["hint"])

    def test_slip_is_printed_by_readers_of_the_file_alone_and_no_disclosure(self):
        appointment = self._appointment()
        before = self.env["integration.disclosure"].search_count([])
        self._slip(appointment)
        self.assertEqual(self.env["integration.disclosure"].search_count([]), before)
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.employee):
            self.env.invalidate_all()
            with (
                self.assertRaises(AccessError),
                self.cr.savepoint(),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                self._slip(appointment, user)

    # ------------------------------------------------------------
    # Message
    # ------------------------------------------------------------

    def test_a_message_only_with_that_consent_and_without_name_and_number(self):
        self._speaks("uk")
        item = self.env.ref("integration_management.bring_bank")
        appointment = self._appointment(
            date=date(2027, 2, 1), place="Rathaus", note="Afraid", bring_ids=item.ids
        )
        self.assertFalse(appointment.reminder)
        self.assertIn("messenger", appointment.reminder_refusal)
        self.assertNotIn("hannel", appointment.reminder_refusal, "none is chosen here")
        self._consent(self.client_a, purpose="messenger")
        appointment.invalidate_recordset()
        message = appointment.reminder
        for told in ("понеділок", "01.02.2027", "14:30", "Rathaus", self.worker_a.name):
            self.assertIn(told, message)
        for untold in ("Afraid", "Arranged", self.case.file_number, "Виписки"):
            self.assertNotIn(untold, message)
        self._consent(self.client_a, "withdrawn", purpose="messenger")
        appointment.invalidate_recordset()
        self.assertFalse(appointment.reminder)

    def test_reminding_sends_nothing_and_leaves_nothing(self):
        self._consent(self.client_a, purpose="messenger")
        appointment = self._appointment()
        messages = self.env["mail.message"].search_count([])
        mails = self.env["mail.mail"].search_count([])
        action = appointment.action_remind()
        self.assertEqual(action["res_id"], appointment.id)
        appointment.web_read({"reminder": {}})
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertNotIn("://", appointment.reminder)


@tagged("post_install", "-at_install")
class TestAppointmentFile(AppointmentCommon, HttpCase):
    """The file for calendars."""

    def _ics(self, user, appointment, query=""):
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        return self.url_open(f"/integration/appointment/{appointment.id}/ics{query}")

    def _lines(self, answer):
        return dict(
            line.split(":", 1) for line in answer.text.replace("\r\n ", "").split("\r\n") if line
        )

    def test_for_the_worker_with_the_number_alone(self):
        appointment = self._appointment(
            date=date(2027, 3, 29),
            time=9,
            place="Secret place",
            note="Secret words",
            bring="Secret",
        )
        answer = self._ics(self.worker_a, appointment)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        lines = self._lines(answer)
        self.assertEqual(lines["SUMMARY"], self.case.file_number)
        self.assertEqual(lines["DTSTART"], "20270329T070000Z")
        self.assertEqual(lines["DTEND"], "20270329T080000Z")
        self.assertNotIn("LOCATION", lines)
        self.assertNotIn("Secret", answer.text)
        self.assertNotIn("Arranged", answer.text)

    def test_for_the_client_without_the_number(self):
        appointment = self._appointment(date=date(2027, 10, 31), time=9, place="Room 1; left, up")
        answer = self._ics(self.worker_a, appointment, "?whose=client")
        self.assertNotIn(self.case.file_number, answer.text + str(answer.headers))
        self.assertNotIn("Arranged", answer.text)
        lines = self._lines(answer)
        self.assertEqual(lines["SUMMARY"], f"Termin: {escape(self.company_a.name)}")
        self.assertIn("Room 1\\; left\\, up", lines["LOCATION"])
        self.assertEqual(lines["DTSTART"], "20271031T080000Z")

    def test_time_still_open_is_a_day(self):
        lines = self._lines(
            self._ics(self.worker_a, self._appointment(date=date(2027, 2, 1), time=0))
        )
        self.assertEqual(lines["DTSTART;VALUE=DATE"], "20270201")
        self.assertEqual(lines["DTEND;VALUE=DATE"], "20270202")

    def test_closed_and_missing_are_answered_alike(self):
        appointment = self._appointment()
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.employee, self.portal):
            closed = self._ics(user, appointment)
            self.assertEqual(closed.status_code, 404)
            missing = self._ics(user, appointment.browse(appointment.id + 10**6))
            self.assertEqual(missing.status_code, 404)
        self.authenticate(None, None)
        answer = self.url_open(
            f"/integration/appointment/{appointment.id}/ics", allow_redirects=False
        )
        self.assertNotEqual(answer.status_code, 200)

    def test_download_is_logged(self):
        appointment = self._appointment()
        access_log = type(self.env["integration.access.log"])
        with patch.object(access_log, "_log", autospec=True) as log:
            self._ics(self.worker_a, appointment)
        logged = {(call.args[1], call.args[2].ids[0]) for call in log.call_args_list}
        self.assertIn(("export", self.client_a.id), logged)

    def test_lines_are_folded_between_signs(self):
        line = "SUMMARY:" + "ä" * 100
        folded = fold(line)
        self.assertEqual(folded.replace("\r\n ", "").rstrip("\r\n"), line)
        self.assertTrue(all(len(part.encode()) <= 75 for part in folded.split("\r\n")))

    def test_nothing_begins_a_line_of_its_own(self):
        self.assertEqual(escape("a\r\nATTENDEE:x\u2028b,c;d\\"), "a\\nATTENDEE:x\\nb\\,c\\;d\\\\")
