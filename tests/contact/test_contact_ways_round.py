from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE
from .contact_common import ContactCommon

QUICK = "integration.contact.quick"
TAGS = {"client_ids": {"fields": {"display_name": {}}}}


@tagged("post_install", "-at_install")
class TestContactWaysRound(ContactCommon):
    """Corrections, choices and rows by themselves: each way to a contact ends in the same facts."""

    def _step(self):
        plan = self.case.env["integration.plan"].create(
            {
                "case_id": self.case.id,
                "line_ids": [
                    Command.create(
                        {
                            "area_id": self.env.ref(f"{MODULE}.area_language").id,
                            "name": "Pass the B1 exam",
                            "step_ids": [Command.create({"name": "Register"})],
                        }
                    )
                ],
            }
        )
        plan.action_agree()
        return plan.line_ids.step_ids

    def _topic(self):
        return self.env["integration.topic"].create(
            {
                "name": "Heating",
                "code": "heating",
                "area_id": self.env.ref(f"{MODULE}.area_housing").id,
            }
        )

    # A form that no longer opens

    def test_file_and_talk_open_when_a_relatives_file_went_to_a_colleague(self):
        talk = self._talk(self.case, self.olena | self.yonas)
        self._hand_over(self.own, self.colleague_a)
        with self.subTest("the talk"):
            shown = talk.with_context(integration_show_name=True).web_read(TAGS)
            self.assertNotIn("Tesfalem", str(shown))
        self.env.invalidate_all()
        with self.subTest("the case"):
            shown = self.case.web_read({"recent_contact_ids": {"fields": TAGS}})
            self.assertEqual(len(shown[0]["recent_contact_ids"]), 1)

    def test_file_opens_for_a_deputy_when_a_member_did_not_agree_to_sharing(self):
        self._talk(self.case, self.olena | self.son)
        self._share(self.case, self.colleague_a)
        self.env.invalidate_all()
        shown = self.case.with_user(self.colleague_a).web_read(
            {"recent_contact_ids": {"fields": TAGS}}
        )
        self.assertEqual(len(shown[0]["recent_contact_ids"]), 1)

    # The dialog keeps persons and steps of another case

    def test_another_case_is_chosen_in_the_dialog(self):
        step = self._step()
        form = Form(self._as(self.worker_a)[QUICK])
        form.case_id = self.case
        form.step_ids.add(step)
        form.case_id = self.own
        with self.subTest("proposed"):
            self.assertEqual(form.client_ids[:], self.yonas)
        form.save().action_save()
        with self.subTest("saved"):
            self.assertEqual(self.own.contact_ids.client_ids, self.yonas)
        with self.subTest("steps of the first case"):
            self.assertEqual(step.state, "open")

    # Corrections in the form of a contact that cannot be saved

    def test_a_contact_becomes_a_talk_and_names_who_was_there_in_one_save(self):
        for values, change in (
            ({"unnamed_count": 1}, {"unnamed_count": 0}),
            ({"channel_id": self.case_work.id}, {"channel_id": self.home_visit.id}),
            ({"reached": False}, {"reached": True}),
            ({"cancelled": True}, {"cancelled": False}),
        ):
            with self.subTest(values), self.cr.savepoint():
                talk = self._talk(self.case, self.nobody, **values)
                talk.web_save(dict(change, client_ids=[[4, self.olena.id]]), {})
                self.env.flush_all()
                self.assertTrue(talk.is_talk)

    def test_nobody_was_reached_after_all(self):
        talk = self._talk(self.case)
        talk.web_save({"reached": False, "client_ids": [[3, self.olena.id]]}, {})
        self.env.flush_all()
        self.assertFalse(talk.person_ids)

    # Rows of persons go round the checks of their contact

    def test_presences_written_by_themselves_are_checked_like_the_contact(self):
        talk, attempt, unnamed = self._talk(self.case), self._attempt(), self._unnamed()
        other = self._attempt()
        rows, olena = talk.person_ids, {"client_id": self.olena.id}
        for name, message, function, *args in (
            (
                "in an attempt",
                "nobody can be present",
                rows.create,
                {"contact_id": attempt.id, **olena},
            ),
            (
                "in an unnamed talk",
                "belongs to a case",
                rows.create,
                {"contact_id": unnamed.id, **olena},
            ),
            ("moved to an attempt", "nobody can be present", rows.write, {"contact_id": other.id}),
        ):
            with self.subTest(name):
                self.assertRefused(message, function, *args)

    # Notes

    def test_a_note_stands_in_the_file_of_its_talk(self):
        talk, attempt = self._talk(self.case), self._attempt()
        self.assertRefused(
            self.case.file_number,
            self.Note.create,
            {"contact_id": talk.id, "case_id": self.own.id, "body": "Words"},
        )
        self.Note.create({"contact_id": attempt.id, "body": "Words"})
        self.assertRefused("cannot be moved", attempt.write, {"case_id": self.own.id})

    def test_words_without_a_file_are_refused_before_the_database_logs_them(self):
        self.assertRefused(
            "A note belongs to a file",
            self.Note.create,
            {"contact_id": self._unnamed().id, "body": "Words about nobody"},
        )

    def test_the_day_of_a_note_is_the_authors_too_and_lies_in_the_case(self):
        self._share(self.case, self.colleague_a)
        note = self.Note.create({"case_id": self.case.id, "body": "Words"})
        with self.subTest("by a deputy"):
            self.assertRefused(
                "author", note.with_user(self.colleague_a).write, {"date": self._day(30)}
            )
        for days_ago in (-30, 300):
            with self.subTest(days_ago=days_ago):
                self.assertRefused(
                    self.case.file_number,
                    self.Note.create,
                    {"case_id": self.case.id, "body": "Words", "date": self._day(days_ago)},
                )

    def test_a_note_of_blanks_is_none(self):
        self.assertRefused(
            self.case.file_number, self.Note.create, {"case_id": self.case.id, "body": "   "}
        )

    # Archived choices

    def test_a_talk_keeps_showing_a_topic_that_was_archived(self):
        topic = self._topic()
        talk = self._talk(self.case, topic_ids=[Command.link(topic.id)])
        topic.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(talk.topic_ids, topic)

    def test_an_archived_channel_is_not_proposed(self):
        channel = self.env["integration.channel"].create({"name": "Bench", "code": "bench"})
        self._talk(self.case, channel_id=channel.id)
        channel.active = False
        self.assertTrue(Form(self._as(self.worker_a)[QUICK]).channel_id.active)

    # Searches

    def test_talks_are_found_by_who_was_not_there(self):
        together = self._talk(self.case, self.olena | self.son)
        alone, attempt = self._talk(self.own), self._attempt()
        for domain, expected in (
            ([("client_ids", "not in", self.olena.ids)], alone | attempt),
            ([("client_ids", "!=", self.olena.id)], alone | attempt),
            ([("client_ids", "=", False)], attempt),
            ([("client_ids", "!=", False)], together | alone),
        ):
            with self.subTest(domain):
                self.assertEqual(self.Contact.search(domain), expected)

    # Limits that are not drawn

    def test_a_contact_that_reached_nobody_has_no_further_persons(self):
        self.assertRefused("nobody", self._attempt, unnamed_count=3)

    def test_dates_of_a_case_leave_no_talk_outside(self):
        self._talk(self.case, self.olena | self.yonas, days_ago=50)
        with self.subTest("start after a contact"):
            self.assertRefused(
                self.case.file_number, self.case.write, {"date_start": self._day(20)}
            )
        with self.subTest("end before a talk in a relative's file"):
            self.assertRefused(
                self.own.file_number, self.own._close, self.goals_reached, self._day(60)
            )

    def test_a_step_is_ticked_off_in_its_own_case_only(self):
        step = self._step()
        dialog = self.own.env[QUICK].create(
            {
                "case_id": self.own.id,
                "channel_id": self.home_visit.id,
                "step_ids": [Command.set(step.ids)],
            }
        )
        self.assertRefused(self.own.file_number, dialog.action_save)

    def test_a_second_press_saves_no_second_contact(self):
        dialog = self.case.env[QUICK].create(
            {
                "case_id": self.case.id,
                "channel_id": self.home_visit.id,
                "note": "Words",
                "date_next": self._day(-7),
            }
        )
        dialog.action_save()
        dialog.action_save()
        self.assertEqual(len(self.case.contact_ids), 1)
        self.assertEqual(len(self.case.note_ids), 1)
        self.assertEqual(len(self.case.appointment_ids), 1)
        self.assertRefused("by hand", dialog.create, {"once_done": True})
        self.assertRefused("saved already", dialog.write, {"note": "More words"})

    def test_a_contact_is_entered_with_who_was_there(self):
        talk = self.Contact.create(
            {
                "case_id": self.case.id,
                "channel_id": self.home_visit.id,
                "client_ids": [Command.set((self.olena | self.son).ids)],
            }
        )
        self.assertEqual(talk.person_ids.client_id, self.olena | self.son)

    def test_a_correction_leaves_who_cannot_be_read(self):
        talk = self._talk(self.case, self.olena | self.yonas)
        self._hand_over(self.own, self.colleague_a)
        talk.web_save({"client_ids": [[4, self.son.id]], "duration": 20}, {})
        self.assertEqual(talk.sudo().person_ids.client_id, self.olena | self.yonas | self.son)
        talk.web_save({"client_ids": [[6, 0, self.son.ids]]}, {})
        self.assertEqual(talk.sudo().person_ids.client_id, self.yonas | self.son)
