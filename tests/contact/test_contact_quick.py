from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE
from .contact_common import ContactCommon

QUICK = "integration.contact.quick"


@tagged("post_install", "-at_install")
class TestContactQuick(ContactCommon):
    """A contact in one dialog: it proposes what is likely and saves all or nothing."""

    def _form(self, case=None, user=None, **context):
        """Open the dialog as from the menu, or from the button of ``case``."""
        env = self._as(user or self.worker_a)
        if case:
            context = {**case.action_new_contact()["context"], **context}
        return Form(env[QUICK].with_context(**context))

    def _dialog(self, case=None, **values):
        return self._as(self.worker_a)[QUICK].create(
            {
                "case_id": (self.case if case is None else case).id,
                "channel_id": self.home_visit.id,
                **values,
            }
        )

    def _step(self, case, names, agree=True):
        """Return the steps of a plan of ``case``, agreed or a draft."""
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [
                    Command.create(
                        {
                            "area_id": self.env.ref(f"{MODULE}.area_language").id,
                            "name": "Pass the B1 exam",
                            "step_ids": [Command.create({"name": name}) for name in names],
                        }
                    )
                ],
            }
        )
        if agree:
            plan.action_agree()
        return plan.line_ids.step_ids

    # ------------------------------------------------------------
    # What is proposed
    # ------------------------------------------------------------

    def test_from_a_case_its_client_is_ticked(self):
        form = self._form(self.case)
        self.assertEqual(form.case_id, self.case)
        self.assertEqual(form.client_ids[:], self.olena)
        self.assertEqual((form.unnamed_count, form.duration, form.reached), (0, 30, True))
        self.assertEqual((form.municipality_id, form.date), (self.town_a, self.today))
        form.reached = False
        self.assertFalse(form.client_ids[:])
        form.reached = True
        self.assertEqual(form.client_ids[:], self.olena)

    def test_without_a_case_one_person_in_the_only_municipality(self):
        form = self._form()
        self.assertFalse(form.case_id)
        self.assertEqual((form.unnamed_count, form.municipality_id), (1, self.town_a))
        form.unnamed_count = 3
        form.reached = False
        self.assertEqual(form.unnamed_count, 0)
        form.reached = True
        self.assertEqual(form.unnamed_count, 1)
        form.case_id = self.case
        self.assertEqual((form.unnamed_count, form.client_ids[:]), (0, self.olena))
        form.case_id = self.case.browse()
        self.assertEqual((form.unnamed_count, form.client_ids[:].ids), (1, []))
        form.case_id = self.case
        form.unnamed_count = 2
        form.case_id = self.case.browse()
        self.assertEqual(form.unnamed_count, 2, "as many as were there beside the family")
        self.assertEqual(form.municipality_id, self.town_a, "that of the case stays proposed")

    def test_the_family_can_be_ticked_and_nobody_else(self):
        self.assertEqual(self._dialog().possible_client_ids, self.olena | self.son)
        self.assertEqual(self._dialog(self.own).possible_client_ids, self.yonas)
        self._household(self.olena, self.yonas)
        self.assertEqual(self._dialog().possible_client_ids, self.olena | self.son | self.yonas)
        self.assertEqual(self._dialog(self.own).possible_client_ids, self.yonas | self.olena)
        self.yonas.household_member_ids.action_separate()
        self.assertEqual(self._dialog().possible_client_ids, self.olena | self.son)
        self.assertFalse(self._dialog(self.case.browse()).possible_client_ids)

    def test_the_channel_used_last_is_proposed(self):
        """By the worker herself, for days of office hours come in series."""
        channels = self._as(self.worker_a)["integration.channel"].search([])
        self.assertEqual(self._form().channel_id, channels[:1], "at first the first one")
        self._share(self.case, self.colleague_a)
        self._talk(
            self.case.with_user(self.colleague_a),
            self.olena,
            channel_id=self.case_work.id,
            days_ago=0,
        )
        self.assertEqual(self._form().channel_id, channels[:1], "a colleague's says nothing")
        self._talk(self.case, days_ago=0)
        self._talk(self.own, days_ago=20, channel_id=self.office_hours.id)
        self.assertEqual(self._form().channel_id, self.office_hours, "entered last")

    def test_work_without_the_client_is_a_choice_and_never_proposed(self):
        """Two taps on the phone must not turn the next talk into none."""
        self._talk(self.own, days_ago=20, channel_id=self.office_hours.id)
        self._talk(self.case, days_ago=0, channel_id=self.case_work.id)
        form = self._form(self.case)
        self.assertEqual(form.channel_id, self.office_hours)
        form.save().action_save()
        self.assertEqual(self.case.contact_ids.mapped("is_talk").count(True), 1)
        # As a county may order them: its own work channel first in the list
        self.case_work.sequence = -1
        self.assertTrue(self._form(user=self.colleague_a).channel_id.counts_as_talk)
        self.office_hours.active = False
        self.assertEqual(
            self._form(self.case).channel_id, self._form(user=self.colleague_a).channel_id
        )

    def test_an_attempt_took_no_time(self):
        form = self._form(self.case)
        form.reached = False
        self.assertEqual(form.duration, 0)
        form.save().action_save()
        self.assertEqual(self.case.contact_ids.duration, 0)
        form = self._form(self.case)
        form.duration = 75
        form.unnamed_count = 1
        self.assertEqual(form.duration, 75)

    def test_late_at_night_the_day_is_that_of_the_county(self):
        for moment, day in (
            ("2025-07-10 21:59:00", "2025-07-10"),
            ("2025-07-10 22:00:00", "2025-07-11"),
            ("2025-01-10 22:59:00", "2025-01-10"),
            ("2025-01-10 23:00:00", "2025-01-11"),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(str(self.env[QUICK].default_get(["date"])["date"]), day)

    def test_hints_of_the_topics_are_shown_in_their_order(self):
        letter, papers, budget = (
            self.env.ref(f"{MODULE}.topic_{code}")
            for code in ("letter_explained", "documents", "budgeting")
        )
        dialog = self._dialog(topic_ids=[Command.set((letter | papers | budget).ids)])
        lines = dialog.hints.split("\n")
        self.assertEqual([line.split(":")[0] for line in lines], [letter.name, budget.name])
        self.assertTrue(lines[1].endswith(budget.hint))
        self.assertFalse(self._dialog(topic_ids=[Command.set(papers.ids)]).hints)

    def test_a_member_without_consent_is_named_by_number_before_saving(self):
        cousin = self._client(self.worker_a, "Layal Alsabbagh", consent=False)
        self.case._accompany(cousin)
        dialog = self._dialog(client_ids=[Command.set((self.olena | cousin).ids)])
        self.assertIn(f"File {cousin.file_number}: there is no valid consent", dialog.hints)
        self.assertNotIn(self.olena.file_number, dialog.hints)
        self.assertNotIn("Alsabbagh", dialog.hints)
        self.assertRefused(cousin.file_number, dialog.action_save)
        dialog.client_ids -= cousin
        self.assertFalse(dialog.hints)

    # ------------------------------------------------------------
    # What is saved
    # ------------------------------------------------------------

    def test_everything_is_saved_as_it_was_entered(self):
        topic = self.env.ref(f"{MODULE}.topic_debts")
        form = self._form(self.case)
        form.client_ids.add(self.son)
        form.channel_id = self.office_hours
        form.date, form.duration, form.interpreter_used = self._day(3), 75, True
        form.unnamed_count = 2
        form.topic_ids.add(topic)
        form.note, form.confidentiality = "Three letters from the bank", "confidential"
        closed = form.save().action_save()
        self.assertEqual(closed, {"type": "ir.actions.act_window_close"})
        contact = self.case.contact_ids
        self.assertRecordValues(
            contact,
            [
                {
                    "user_id": self.worker_a.id,
                    "date": self._day(3),
                    "duration": 75,
                    "reached": True,
                    "channel_id": self.office_hours.id,
                    "interpreter_used": True,
                    "unnamed_count": 2,
                    "person_count": 4,
                    "topic_ids": topic.ids,
                    "area_ids": topic.area_id.ids,
                    "municipality_id": self.town_a.id,
                    "cancelled": False,
                }
            ],
        )
        self.assertEqual(contact.client_ids, self.olena | self.son)
        self.assertRecordValues(
            contact.note_ids,
            [
                {
                    "body": "Three letters from the bank",
                    "confidentiality": "confidential",
                    "date": self._day(3),
                    "case_id": self.case.id,
                    "user_id": self.worker_a.id,
                }
            ],
        )
        self.assertEqual(self.case.last_talk_date, self._day(3))

    def test_an_attempt_with_a_note_is_no_talk(self):
        form = self._form(self.case)
        form.reached = False
        form.note = "The neighbour says they are at the doctor's"
        form.save().action_save()
        self.assertEqual((self.case.contact_ids.is_talk, self.case.last_talk_date), (False, False))
        self.assertEqual(self.case.contact_ids.note_ids.body[:13], "The neighbour")

    def test_an_unnamed_talk_is_saved_with_its_number_of_persons(self):
        form = self._form()
        form.unnamed_count = 5
        form.save().action_save()
        talk = self.Contact.search([("user_id", "=", self.worker_a.id)], limit=1)
        self.assertRecordValues(
            talk,
            [
                {
                    "case_id": False,
                    "unnamed_count": 5,
                    "is_talk": True,
                    "company_id": self.company_a.id,
                    "municipality_id": self.town_a.id,
                }
            ],
        )
        self.assertFalse(talk.person_ids)

    def test_steps_ticked_off_are_done(self):
        ask, register, wait = self._step(self.case, ["Ask for a seat", "Register", "Wait"])
        wait.state = "done"
        draft = self._step(self.own, ["Only thought of"], agree=False)
        dialog = self._dialog(step_ids=[Command.set(register.ids)])
        self.assertEqual(dialog.possible_step_ids, ask | register)
        self.assertNotIn(draft, self._dialog(self.own).possible_step_ids)
        dialog.action_save()
        self.assertEqual((ask | register | wait).mapped("state"), ["open", "done", "done"])
        self.assertEqual(register.date_done, self.today)
        self.assertFalse(self._dialog(self.case.browse(), unnamed_count=1).possible_step_ids)

    def test_nothing_is_saved_if_one_part_is_refused(self):
        step = self._step(self.case, ["Register"])
        for wrong in ({"date": self._day(-1)}, {"date": self._day(101)}, {"duration": 2000}):
            dialog = self._dialog(
                note="Words", step_ids=[Command.set(step.ids)], date_next=self._day(-7), **wrong
            )
            with self.subTest(wrong):
                self.assertRefused(self.case.file_number, dialog.action_save)
                self.assertEqual(dialog.note, "Words", "nothing has to be typed again")
        self.assertFalse(self.case.contact_ids | self.case.note_ids.contact_id)
        self.assertFalse(self.case.note_ids)
        self.assertFalse(self.case.appointment_ids)
        self.assertEqual(step.state, "open")

    def test_the_last_refusal_takes_the_first_part_back(self):
        """The plan ends while the dialog stands open: the contact goes with the step."""
        step = self._step(self.case, ["Register"])
        dialog = self._dialog(note="Words", step_ids=[Command.set(step.ids)])
        step.plan_id._end(self.today)
        step.sudo()._as_system().write({"state": "dropped", "reason": "Plan ended"})
        with self.assertRaises(UserError):
            dialog.action_save()
        self.assertFalse(self.case.contact_ids)
        self.assertEqual(step.state, "dropped")

    # ------------------------------------------------------------
    # What comes next
    # ------------------------------------------------------------

    def test_the_next_appointment_is_mine_and_says_nothing_of_the_talk(self):
        dialog = self._dialog(note="Afraid of the landlord", date_next=self._day(-7))
        dialog.with_context(
            default_summary="Olena Hrynkivska",
            default_note="Afraid",
            default_user_id=self.colleague_a.id,
            default_active=False,
        ).action_save()
        self.assertRecordValues(
            self.case.appointment_ids,
            [
                {
                    "user_id": self.worker_a.id,
                    "date": self._day(-7),
                    "display_name": self.case.file_number,
                    "note": False,
                }
            ],
        )

    def test_save_and_next_offers_an_empty_dialog_with_the_same_channel(self):
        action = self._dialog(channel_id=self.office_hours.id).action_save_new()
        self.assertEqual((action["res_model"], action["target"]), (QUICK, "new"))
        form = Form(self._as(self.worker_a)[action["res_model"]])
        self.assertFalse(form.case_id)
        self.assertEqual(form.channel_id, self.office_hours)
        self.assertEqual(len(self.case.contact_ids), 1)

    def test_an_excuse_is_kept_only_for_a_channel_that_needs_one(self):
        messenger = self.env.ref(f"{MODULE}.channel_messenger")
        for channel, excuse in ((self.home_visit, False), (messenger, "client_wrote")):
            with self.subTest(channel.code):
                self._dialog(channel_id=channel.id, channel_excuse="client_wrote").action_save()
                latest = self.case.contact_ids.sorted("id")[-1:]
                self.assertEqual((latest.channel_id, latest.channel_excuse), (channel, excuse))

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def test_a_deputy_documents_in_her_own_name(self):
        self._share(self.case, self.colleague_a)
        form = self._form(self.case.with_user(self.colleague_a), self.colleague_a)
        form.note = "She rang while her worker was ill"
        form.date_next = self._day(-2)
        form.save().action_save()
        contact = self.case.contact_ids
        self.assertEqual(contact.user_id | contact.note_ids.user_id, self.colleague_a)
        self.assertEqual(self.case.appointment_ids.user_id, self.colleague_a)
        self.assertFalse(contact.note_ids.with_user(self.lead_a)._filtered_access("read"))

    def test_others_open_no_dialog_on_the_file(self):
        values = {"case_id": self.case.id, "channel_id": self.home_visit.id}
        for user in (
            self.colleague_a,
            self.lead_a,
            self.worker_b,
            self.admin_a,
            self.dpo_a,
            self.county_user,
            self.employee,
        ):
            with self.subTest(user.login):
                self.assertDenied(self._as(user)[QUICK].create, values)
        dialog = self._dialog(note="Half a sentence")
        for user in (self.colleague_a, self.worker_b):
            with self.subTest(user.login):
                self.assertDenied(dialog.with_user(user).action_save)
        self.assertFalse(self.case.contact_ids)
