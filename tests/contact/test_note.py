from freezegun import freeze_time

from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestNote(ContactCommon):
    """The words of a talk: who may read them, who may change them, and that they stay."""

    def _note(self, case=None, body="She looks for a course", **values):
        case = case or self.case
        return case.env["integration.note"].create({"case_id": case.id, "body": body, **values})

    def _reads(self, user, note):
        self.env.invalidate_all()
        return bool(self._as(user)["integration.note"].search([("id", "=", note.id)]))

    # ------------------------------------------------------------
    # Where and when
    # ------------------------------------------------------------

    def test_a_note_of_a_talk_takes_its_file_and_its_day(self):
        talk = self._talk(self.case, days_ago=12)
        note = self.Note.create({"contact_id": talk.id, "body": "Papers copied"})
        self.assertRecordValues(
            note,
            [
                {
                    "case_id": self.case.id,
                    "date": self._day(12),
                    "company_id": self.company_a.id,
                    "user_id": self.worker_a.id,
                    "confidentiality": "file",
                }
            ],
        )

    def test_a_note_without_a_talk_is_of_today_unless_a_day_is_said(self):
        self.assertEqual(self._note().date, self.today)
        self.assertEqual(self._note(date=self._day(3)).date, self._day(3))
        for moment, day in (
            ("2025-07-10 21:59:00", "2025-07-10"),
            ("2025-07-10 22:00:00", "2025-07-11"),
            ("2025-01-10 22:59:00", "2025-01-10"),
            ("2025-01-10 23:00:00", "2025-01-11"),
            ("2024-02-28 23:00:00", "2024-02-29"),
            ("2024-12-31 23:00:00", "2025-01-01"),
        ):
            with self.subTest(moment), freeze_time(moment):
                note = self.env["integration.note"].new({"case_id": self.case.id})
                self.assertEqual(str(note.date), day)

    def test_notes_of_two_files_at_once(self):
        talk = self._talk(self.own, days_ago=4)
        notes = self.Note.create(
            [{"case_id": self.case.id, "body": "One"}, {"contact_id": talk.id, "body": "Two"}]
        )
        self.assertEqual(notes.mapped("case_id"), self.case | self.own)
        self.assertEqual(
            self.Note.search([("id", "in", notes.ids)]).ids, notes.ids, "the latest first"
        )
        before = self.Note.search_count([])
        self.assertDenied(
            self.Note.create,
            [{"case_id": self.case.id, "body": "Mine"}, {"case_id": self.theirs.id, "body": "Not"}],
        )
        self.assertEqual(self.Note.search_count([]), before)

    def test_where_a_note_stands_is_said_once(self):
        talk = self._talk(self.case)
        note = self.Note.create({"contact_id": talk.id, "body": "Words"})
        for values in (
            {"case_id": self.own.id},
            {"contact_id": self._talk(self.own).id},
            {"contact_id": False},
            {"user_id": self.colleague_a.id},
        ):
            with self.subTest(values):
                self.assertRefused("Not to be set by hand", note.write, values)
        note.write({"case_id": self.case.id, "contact_id": talk.id, "user_id": self.worker_a.id})
        self.assertDenied(note.unlink)

    def test_a_note_stays_when_the_talk_is_corrected(self):
        talk = self._talk(self.case)
        note = self.Note.create({"contact_id": talk.id, "body": "Words"})
        talk.cancelled = True
        self.assertEqual((note.body, note.case_id), ("Words", self.case))

    # ------------------------------------------------------------
    # Who wrote it
    # ------------------------------------------------------------

    def test_the_author_is_whoever_writes(self):
        for note in (
            self._note(user_id=self.colleague_a.id),
            self.Note.with_context(default_user_id=self.lead_a.id).create(
                {"case_id": self.case.id, "body": "Words"}
            ),
            self.Note.with_context(integration_system=True).create(
                {"case_id": self.case.id, "body": "Words", "user_id": self.lead_a.id}
            ),
        ):
            self.assertEqual(note.user_id, self.worker_a)

    def test_a_note_is_changed_by_its_author_alone(self):
        self._share(self.case, self.colleague_a)
        self._open_to_lead(self.case)
        note = self._note(confidentiality="supervision", user_ids=[(4, self.colleague_a.id)])
        told = f"File {self.case.file_number}: a note is changed by its author only"
        for user in (self.colleague_a, self.lead_a):
            theirs = note.with_user(user)
            for values in (
                {"body": "Other words"},
                {"confidentiality": "file"},
                {"user_ids": [(4, user.id)]},
                {"user_ids": [(5, 0, 0)]},
            ):
                with self.subTest(user.login, values=values):
                    self.assertRefused(told, theirs.write, values)
                    self.assertRefused(
                        told, theirs.with_context(integration_system=True).write, values
                    )
            own = theirs.create({"case_id": self.case.id, "body": "One of my own"})
            self.assertRefused(told, (own | theirs).write, {"body": "Both"})
            own.body = "Mine, corrected"
        note.write({"body": "Corrected", "confidentiality": "file"})
        self.assertEqual(note.body, "Corrected")

    def test_a_former_worker_changes_no_note_and_hers_stays(self):
        note = self._note()
        self._hand_over(self.case, self.colleague_a)
        self.assertDenied(note.write, {"body": "Too late"})
        self._archive_with_cases(self.worker_a)
        theirs = note.with_user(self.colleague_a)
        self.assertEqual((theirs.body, theirs.user_id), ("She looks for a course", self.worker_a))
        self.assertRefused("author only", theirs.write, {"body": "Not mine"})

    # ------------------------------------------------------------
    # Who reads it
    # ------------------------------------------------------------

    def test_the_three_classes(self):
        """Each reader has an access entry to the file, but for those whose line says closed."""
        self._share(self.case, self.colleague_a)
        notes = {
            name: self._note(confidentiality=name)
            for name in ("file", "confidential", "supervision")
        }
        closed = {name: False for name in notes}
        opened = [
            (self.worker_a, dict.fromkeys(notes, True)),
            (self.colleague_a, {"file": True, "confidential": False, "supervision": False}),
            (self.lead_a, closed),
            (self.worker_b, closed),
            (self.admin_a, None),
            (self.dpo_a, None),
            (self.reporting_a, None),
            (self.county_user, None),
        ]
        for user, expected in opened:
            for name, note in notes.items():
                with self.subTest(user.login, confidentiality=name):
                    if expected is None:
                        self.assertDenied(self._as(user)["integration.note"].search, [])
                    else:
                        self.assertEqual(self._reads(user, note), expected[name])
        self._open_to_lead(self.case)
        for name, reads in (("file", True), ("confidential", False), ("supervision", True)):
            with self.subTest("lead with an entry", confidentiality=name):
                self.assertEqual(self._reads(self.lead_a, notes[name]), reads)

    def test_named_persons_read_as_long_as_the_file_is_open_to_them(self):
        for name in ("confidential", "supervision"):
            note = self._note(confidentiality=name, user_ids=[(4, self.colleague_a.id)])
            with self.subTest(name):
                self.assertFalse(self._reads(self.colleague_a, note), "a name opens no file")
                self._share(self.case, self.colleague_a)
                self.assertTrue(self._reads(self.colleague_a, note))
                note.user_ids = False
                self.assertFalse(self._reads(self.colleague_a, note))
                self.case.sudo().access_ids.filtered(lambda e: e.kind == "deputy").unlink()

    def test_a_confidential_note_does_not_pass_with_the_case(self):
        secret, plain = self._note(confidentiality="confidential"), self._note()
        self._hand_over(self.case, self.colleague_a)
        for user in (self.colleague_a, self.worker_a):
            self.assertFalse(self._reads(user, secret), user.login)
        self.assertTrue(self._reads(self.colleague_a, plain))
        self.assertFalse(self._reads(self.worker_a, plain))

    def test_nobody_of_another_employer_is_named(self):
        note = self._note(confidentiality="confidential")
        self.assertRefused(self.company_a.name, note.write, {"user_ids": [(4, self.worker_b.id)]})
        self.assertFalse(note.user_ids)
