from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .draft_common import DRAFT, QUICK, WORDS, DraftCommon


@tagged("post_install", "-at_install")
class TestContactDraft(DraftCommon):
    """What is typed into the dialog of a contact is kept until it is saved, and once."""

    def test_what_was_typed_comes_back(self):
        topic = self.env["integration.topic"].search([("consent_purpose", "=", False)], limit=1)
        result = self._keep(
            topic_ids=topic.ids, duration=45, client_ids=(self.olena | self.son).ids,
            date=str(self._day(2)), confidentiality="confidential", date_next=str(self._day(-3)),
        )  # fmt: skip
        self.assertEqual(result, {"state": "kept"})
        form = self._gone_on(self._drafts())
        self.assertEqual(form.note, WORDS)
        self.assertEqual((form.case_id, form.channel_id), (self.case, self.home_visit))
        self.assertEqual(form.client_ids[:], self.olena | self.son)
        self.assertEqual((form.topic_ids[:], form.duration), (topic, 45))
        self.assertEqual((form.date, form.date_next), (self._day(2), self._day(-3)))
        self.assertEqual(form.confidentiality, "confidential")
        form.save().action_save()
        talk = self.case.contact_ids
        self.assertEqual((talk.note_ids.body, talk.duration, talk.date), (WORDS, 45, self._day(2)))

    def test_the_last_words_stand(self):
        self._keep()
        self._keep(note="And more of it", takes=False)
        self.assertEqual(len(self._drafts()), 1)
        self.assertEqual(self._gone_on(self._drafts()).note, "And more of it")

    def test_it_is_offered_when_the_dialog_is_opened(self):
        self._keep()
        self._keep(case=self.own, key="b" * 32, note="Of another file")
        drafts = self._as(self.worker_a)[DRAFT]
        (offered,) = drafts.get_offered(self.case.id)
        self.assertIn(self.olena.name, offered["case"])
        self.assertEqual(offered["days_left"], 7)
        self.assertNotIn(WORDS, str(offered))
        self.assertEqual(len(drafts.get_offered()), 2)
        self.assertEqual(drafts.get_offered("x"), [])

    def test_saved_there_is_no_draft(self):
        self._keep()
        dialog = self._gone_on(self._drafts()).save()
        dialog.action_save()
        self.assertFalse(self._drafts())
        self.assertNotIn(WORDS, self._stored())
        self.assertEqual(self._as(self.worker_a)[DRAFT].get_offered(), [])

    def test_what_arrives_after_saving_brings_nothing_back(self):
        self._keep()
        self._gone_on(self._drafts()).save().action_save()
        self.assertEqual(self._keep(takes=False), {"state": "done"})
        self.assertNotIn(WORDS, self._stored())

    def test_saved_from_two_windows_is_one_contact(self):
        self._keep()
        first, second = (self._gone_on(self._drafts()).save() for _window in range(2))
        first.action_save()
        with self.assertRaisesRegex(UserError, "saved already"), self.env.cr.savepoint():
            second.action_save()
        first.action_save()
        self.assertEqual(len(self.case.contact_ids), 1)
        self.assertEqual(len(self.case.contact_ids.note_ids), 1)

    def test_a_refused_save_keeps_the_draft(self):
        self._keep(date=str(self._day(400)))  # before the case
        dialog = self._gone_on(self._drafts()).save()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            dialog.action_save()
        self.env.invalidate_all()
        self.assertEqual(self._gone_on(self._drafts()).note, WORDS)

    def test_an_afternoon_of_contacts_has_a_key_for_each(self):
        keys = {self._as(self.worker_a)[QUICK].new({}).draft_key for _dialog in range(3)}
        self.assertEqual(len(keys), 3)

    def test_two_windows_do_not_write_over_each_other(self):
        self._keep()
        self.assertEqual(self._keep(window=self.other_window, note="Gone on"), {"state": "kept"})
        self.assertEqual(self._keep(note="The former", takes=False), {"state": "elsewhere"})
        self.assertEqual(self._gone_on(self._drafts()).note, "Gone on")

    def test_discarded(self):
        self._keep()
        self._as(self.worker_a)[QUICK].discard_draft(self.key)
        self.assertNotIn(WORDS, self._stored())
        self._keep()
        self._drafts().action_discard()
        self.assertNotIn(WORDS, self._stored())

    def test_unnamed_talks_are_kept_without_words(self):
        self._keep(case=self.case.browse(), municipality_id=self.town_a.id, unnamed_count=3)
        self.assertNotIn(WORDS, self._stored())
        self.assertEqual(self._gone_on(self._drafts()).unnamed_count, 3)

    def test_after_a_week_it_is_deleted_and_my_day_says_when(self):
        self._keep()
        draft = self._drafts()
        self.assertEqual((draft.date_until, draft.days_left), (self._day(-7), 7))
        tile = self.env.ref("integration_management.day_tile_drafts")
        tile = tile.with_env(self._as(self.worker_a))
        self.assertEqual((tile.count, tile.first_day), (1, self._day(-7)))
        for days, left in ((7, 1), (8, 0)):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                for _night in range(2):
                    self.env[DRAFT]._gc_old()
                self.assertEqual(len(draft.exists()), left)

    def test_malformed_requests_keep_nothing(self):
        dialogs = self._as(self.worker_a)[QUICK]
        for key, window, values in (
            ("", self.window, {}),
            (self.key, None, {}),
            ("%", self.window, {}),
            (self.key, self.window, [1]),
            (self.key, self.window, {"case_id": "1"}),
            (self.key, self.window, {"note": "x" * 300_000, "case_id": self.case.id}),
        ):
            with self.subTest(values), self.assertRaises(UserError), self.env.cr.savepoint():
                dialogs.keep_draft(key, window, values)
        dialogs.keep_draft(self.key, self.window, {"no_field": 1, "once_done": True})
        self.assertNotIn("once_done", self._stored())
