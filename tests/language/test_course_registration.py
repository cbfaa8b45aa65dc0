import io
from datetime import timedelta
from unittest.mock import patch
from zipfile import ZipFile

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .language_common import LanguageCommon


class RegistrationCommon(LanguageCommon):
    """Three clients who need a course: with a release, without one, and one who is present."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.without = cls._client(cls.worker_a, "Wanja Niemand")
        cls.present = cls._client(cls.worker_a, "Petra Anwesend")
        cls.cases = cls._case(cls.without) | cls._case(cls.present)
        cls.env.flush_all()

    def _three(self):
        self._office_release()
        first = self._course()
        return first | self._course(case=self.cases[0]) | self._course(case=self.cases[1])

    def _registered(self, courses):
        """Press the button with the third one present."""
        dialog = self._dialog(courses)
        dialog.line_ids[2].basis = "present"
        dialog.action_register()
        return dialog


@tagged("post_install", "-at_install")
class TestCourseRegistration(RegistrationCommon):
    """The list for the coordination office: in one press, and by the register's own rules."""

    def test_one_press(self):
        courses = self._three()
        dialog = self._registered(courses)
        first, second, third = courses
        self.assertEqual(dialog.registered_count, 2)
        self.assertEqual(dialog.left_out, self.without.file_number)
        self.assertEqual(courses.mapped("state"), ["registered", "need", "registered"])
        self.assertFalse(second.disclosure_id)
        self.assertFalse(second.office_id)
        self.assertRecordValues(
            first.disclosure_id | third.disclosure_id,
            [
                {
                    "client_id": course.client_id.id,
                    "service_id": self.office.id,
                    "recipient_name": self.office.name,
                    "basis": basis,
                    "channel": "referral",
                    "date": self.today,
                    "kind_ids": self.told.ids,
                }
                for course, basis in ((first, "release"), (third, "present"))
            ],
        )
        self.assertEqual(dialog._on_list(), first | third)

    def test_before_an_office_is_chosen(self):
        """The dialog asks for a release of nobody yet, and does not break."""
        lines = self._dialog(self._three()).line_ids
        typed = lines.new({"enrolment_id": lines[0].enrolment_id.id})
        self.assertFalse(typed.release_id)

    def test_pressed_twice(self):
        dialog = self._registered(self._three())
        before = self.env["integration.disclosure"].search_count([])
        dialog.action_register()
        self.assertEqual(self.env["integration.disclosure"].search_count([]), before)

    def test_proposed_basis(self):
        courses = self._three()
        self.assertEqual(
            self._dialog(courses).line_ids.mapped("basis"), ["release", "none", "none"]
        )

    def test_no_basis_that_the_register_refuses(self):
        """What the dialog believes is nothing: the register decides."""
        for values in (
            {"kind_ids": self.told[0].ids},
            {"date_signed": False},
            {"service_id": self.advice_centre.id},
            {"valid_until": (self.today - timedelta(days=1)).isoformat()},
        ):
            release = self._office_release(**values)
            course = self._course()
            dialog = self._dialog(course)
            self.assertEqual(dialog.line_ids.basis, "none", values)
            dialog.line_ids.basis = "release"
            dialog.action_register()
            self.assertEqual((course.state, dialog.registered_count), ("need", 0), values)
            self.assertIn(self.client_a.file_number, dialog.line_ids.refusal)
            self.assertNotIn(self.client_a.name, dialog.line_ids.refusal)
            self.assertFalse(dialog._on_list())
            course.unlink()
            release.sudo().date_signed or release.unlink()

    def test_who_is_registered_already(self):
        courses = self._three()
        courses[0].write(
            {
                "date_need": self._day(20),
                "date_registered": self._day(10),
                "registered_by": "client",
            }
        )
        dialog = self._dialog(courses[0])
        self.assertEqual(dialog.line_ids.basis, "known")
        for basis in ("known", "release"):
            dialog = self._dialog(courses[0])
            dialog.line_ids.basis = basis
            dialog.action_register()
            self.assertFalse(dialog._on_list())
            self.assertIn("already", dialog.line_ids.refusal)
        self.assertFalse(courses[0].disclosure_id)

    def test_a_withdrawal_in_between(self):
        self._office_release()
        course = self._course()
        dialog = self._dialog(course)
        self._consent(self.client_a, "withdrawn")
        dialog.action_register()
        self.assertEqual((course.state, dialog.registered_count), ("need", 0))
        self.assertFalse(course.disclosure_id)

    def test_late_needs_a_reason(self):
        self._office_release(valid_from=self._day(30), date_signed=self._day(10))
        course = self._course(date_need=self._day(40))
        dialog = self._dialog(course, date=self._day(9))
        dialog.action_register()
        self.assertEqual(course.state, "need")
        dialog = self._dialog(course, date=self._day(9), reason="The list lay on the desk")
        dialog.action_register()
        self.assertEqual((course.state, course.disclosure_id.late), ("registered", "late"))

    def test_registered_stays(self):
        dialog = self._registered(self._three())
        course = dialog._on_list()[0]
        for vals in ({"date_registered": self._day(1)}, {"date_registered": False}):
            with self._refusing("register of disclosures"):
                course.write(vals)
        with self._refusing("stays in the file"):
            course.unlink()

    def test_the_list_once_more(self):
        """A list that got lost is made anew, without a second entry; weeks later it is not."""
        course = self._registered(self._three())._on_list()[0]
        again = self._dialog(course)
        again.action_register()
        self.assertEqual(again._on_list(), course)
        entries = self.env["integration.disclosure"].search([("client_id", "=", self.client_a.id)])
        self.assertEqual(entries, course.disclosure_id)
        other = self._dialog(course, office_id=self.advice_centre.id)
        other.action_register()
        self.assertFalse(other._on_list(), "another office was told nothing")

    def test_after_a_withdrawal_the_office_must_hear_of_it(self):
        self._registered(self._three())
        self._consent(self.client_a, "withdrawn")
        told = self.env["integration.withdrawal.recipient"].search(
            [("client_id", "=", self.client_a.id)]
        )
        self.assertEqual(told.mapped("recipient_name"), [self.office.name])

    def test_nobody_elses(self):
        courses = self._three()
        dialog = self._registered(courses)
        with self.assertRaises(AccessError):
            self._as(self.colleague_a)[dialog._name].browse(dialog.id).read(["office_id"])
        stranger = self._as(self.colleague_a)[dialog._name].with_context(
            active_model=courses._name, active_ids=courses.ids
        )
        self.assertFalse(stranger.create({}).line_ids, "files that are closed to her")
        with self.assertRaises(AccessError):
            stranger.create({"line_ids": [(0, 0, {"enrolment_id": courses[0].id})]})

    def test_no_office_of_another_employer(self):
        foreign = self.env["integration.service"].create(
            {"name": "Elsewhere", "company_id": self.company_b.id}
        )
        with self.assertRaises(UserError):
            self._dialog(self._three(), office_id=foreign.id)

    def test_only_what_the_list_has_columns_for(self):
        dialog = self._dialog(self._three(), kind_ids=self.health.ids)
        with self.assertRaises(UserError):
            dialog.action_register()

    def test_on_paper(self):
        self.client_a.protected_address = True
        self.client_a.street = "Hidden Street 1"
        self.present.street = "Open Street 2"
        dialog = self._registered(self._three())
        html, _type = (
            self.env["ir.actions.report"]
            .with_user(self.worker_a)
            ._render_qweb_html("integration_management.integration_course_list", dialog.ids)
        )
        page = html.decode()
        for words in (self.client_a.name, self.present.name, "Open Street 2", self.office.name):
            self.assertIn(words, page)
        for words in (self.without.name, self.without.file_number, "Hidden Street"):
            self.assertNotIn(words, page)


@tagged("post_install", "-at_install")
class TestCourseListHttp(HttpCase, RegistrationCommon):
    """The workbook over the wire: who may fetch it, and what it tells on the way."""

    def _fetch(self, user, dialog):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/integration/course-list/{dialog.id}/xlsx")

    def test_workbook(self):
        self.client_a.name = "=1+1"
        dialog = self._registered(self._three())
        self.env.flush_all()
        access_log = type(self.env["integration.access.log"])
        with patch.object(access_log, "_log", autospec=True) as log:
            answer = self._fetch(self.worker_a, dialog)
        exported = {
            id_
            for call in log.call_args_list
            if call.args[1] == "export"
            for id_ in call.args[2].ids
        }
        self.assertEqual(exported, {self.client_a.id, self.present.id})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        name = answer.headers["Content-Disposition"]
        for word in (self.client_a.name, self.present.name, "Anwesend"):
            self.assertNotIn(word, name)
        with ZipFile(io.BytesIO(answer.content)) as book:
            words = book.read("xl/sharedStrings.xml").decode()
            cells = book.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn("=1+1", words)
        self.assertNotIn("<f>", cells, "no formula")
        self.assertIn(self.present.name, words)
        self.assertNotIn(self.without.name, words)
        self.assertNotIn(self.without.file_number, words)

    def test_nobody_elses(self):
        dialog = self._registered(self._three())
        self.env.flush_all()
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            self.assertEqual(
                self._fetch(user, dialog).status_code, 404 if user != self.lead_a else 403
            )
