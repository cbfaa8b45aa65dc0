from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestContactTrace(ContactCommon):
    """A talk is corrected in one click, and what was changed is told: by whom, from what, when."""

    def setUp(self):
        super().setUp()
        self.talk = self._talk(self.case, days_ago=3)
        self.assertFalse(self.talk.change_ids, "entering is no correction")

    def _changes(self, talk=None):
        self.env.flush_all()
        self.env.invalidate_all()
        changes = (talk or self.talk).change_ids.sorted("id")
        return {change.field: (change.former, change.value) for change in changes}

    def test_facts_are_told_from_what_to_what(self):
        self.talk.write({"duration": 50, "date": self._day(2), "reached": True})
        self.assertEqual(
            self._changes(), {"duration": ("30", "50"), "date": (self._shown(3), self._shown(2))}
        )
        change = self.talk.change_ids[:1]
        self.assertEqual(change.user_id, self.worker_a)
        self.assertTrue(change.create_date)
        self.assertIn(change.label, ("Minutes", "Date"))

    def test_nothing_changed_leaves_no_trace(self):
        self.talk.write({"duration": 30, "client_ids": [Command.set(self.olena.ids)]})
        self.assertFalse(self._changes())

    def test_persons_by_number_by_whatever_way(self):
        numbers = sorted((self.olena | self.son).mapped("file_number"))
        self.talk.client_ids |= self.son
        self.assertEqual(
            self._changes()["person_ids"], (self.olena.file_number, ", ".join(numbers))
        )
        other = self._talk(self.case, days_ago=4)
        row = self.env["integration.contact.person"].with_user(self.worker_a)
        row = row.create({"contact_id": other.id, "client_id": self.son.id})
        self.assertEqual(self._changes(other), {"person_ids": (False, self.son.file_number)})
        row.unlink()
        self.assertEqual(self._changes(other), {"person_ids": (self.son.file_number, False)})
        self.assertEqual(len(other.change_ids), 2)

    def test_topics_and_what_follows_from_them(self):
        topic = self.env["integration.topic"].search(
            [("consent_purpose", "=", False), ("area_id", "!=", False)], limit=1
        )
        self.talk.topic_ids = topic
        self.assertEqual(
            self._changes(),
            {"topic_ids": (False, topic.name), "area_ids": (False, topic.area_id.name)},
        )

    def test_of_words_only_that_they_were_changed(self):
        note = self.Note.create({"contact_id": self.talk.id, "body": "First words"})
        self.assertFalse(self._changes())
        note.body = "Other words"
        self.assertEqual(self._changes(), {"note_ids": (False, False)})

    def test_a_cancelled_talk_says_by_whom(self):
        self._share(self.case, self.colleague_a)
        self.talk.with_user(self.colleague_a).cancelled = True
        self.assertEqual(self._changes(), {"cancelled": ("no", "yes")})
        self.assertEqual(self.talk.change_ids.user_id, self.colleague_a)

    def test_nobody_writes_the_trace(self):
        self.talk.duration = 50
        change = self.talk.change_ids
        for attempt in (
            lambda: change.write({"former": "30"}),
            lambda: change.unlink(),
            lambda: change.copy(),
            lambda: self.talk.write({"change_ids": [Command.clear()]}),
            lambda: self.talk.write({"change_ids": [Command.update(change.id, {"value": "1"})]}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            change.sudo().unlink()
        self.assertFalse(change.with_user(self.colleague_a).search([("id", "=", change.id)]))

    def test_an_unnamed_talk_is_traced_for_its_worker(self):
        talk = self._unnamed()
        talk.unnamed_count = 4
        self.assertEqual(self._changes(talk), {"unnamed_count": ("1", "4")})
