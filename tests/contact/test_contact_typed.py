from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .draft_common import QUICK, WORDS, DraftCommon


@tagged("post_install", "-at_install")
class TestContactTyped(DraftCommon):
    """What was typed into the dialog is saved in one request, as two would have saved it."""

    form = "f" * 32

    def _values(self, **values):
        return {
            "case_id": self.case.id,
            "channel_id": self.home_visit.id,
            "client_ids": [Command.link(self.olena.id)],
            "date": str(self.today),
            "duration": 30,
            "draft_key": self.key,
            "note": WORDS,
            **values,
        }

    def _press(self, user=None, form=None, button="action_save", **values):
        dialogs = self._as(user or self.worker_a)[QUICK]
        answer = dialogs.save_typed(form or self.form, button, self._values(**values))
        self.env.flush_all()
        return answer

    def _kept_rows(self):
        self.env.cr.execute("SELECT count(*) FROM integration_contact_quick")
        return self.env.cr.fetchone()[0]

    def test_talk_and_note_and_nothing_else_is_kept(self):
        self.assertEqual(self._press()["type"], "ir.actions.act_window_close")
        talk = self.case.contact_ids
        self.assertEqual((talk.note_ids.body, talk.person_ids.client_id), (WORDS, self.olena))
        self.assertEqual((talk.user_id, talk.duration), (self.worker_a, 30))
        self.assertEqual(self.case.last_talk_date, self.today)
        self.assertEqual(self._kept_rows(), 0)

    def test_the_next_one_is_offered_by_the_other_button(self):
        self.assertEqual(self._press(button="action_save_new")["res_model"], QUICK)
        self.assertEqual(len(self.case.contact_ids), 1)

    def test_everything_that_the_dialog_can_do(self):
        """The same as by a dialog that is saved first: the two are compared."""
        area = self.env.ref(f"{MODULE}.area_language")
        steps = [Command.create({"name": "Step", "owner": "worker"}) for _number in range(2)]
        goal = {"area_id": area.id, "name": "Goal", "step_ids": steps}
        plan = self.case.env["integration.plan"].create(
            {"case_id": self.case.id, "line_ids": [Command.create(goal)]}
        )
        plan.action_agree()
        topic = self.env["integration.topic"].search([("consent_purpose", "=", False)], limit=1)
        services = self.env["integration.service"].create(
            [
                {
                    "name": name, "area_ids": [Command.set(topic.area_id.ids)],
                    "municipality_ids": [Command.set(self.town_a.ids)],
                }
                for name in ("First Office", "Second Office")
            ]
        )  # fmt: skip
        done, language = plan.line_ids.step_ids, self.env.ref(f"{MODULE}.language_de")
        values = [
            {
                "step_ids": [Command.link(done[number].id)],
                "topic_ids": [Command.link(topic.id)],
                "refer_service_ids": [Command.link(services[number].id)],
                "client_ids": [Command.link(self.olena.id), Command.link(self.son.id)],
                "date_next": str(self.today + timedelta(days=5)),
                "time_next": 9.5,
                "rail_reason": "Needed in this single case",
                "interpreter_used": True,
                "interpreter_kind": "service",
                "interpreter_name": "Service",
                "interpreter_language_id": language.id,
                "interpreter_minutes": 20,
                "confidentiality": "confidential",
            }
            for number in range(2)
        ]
        self._press(**values[0])
        saved = self._values(**values[1], draft_key="b" * 32)
        self._as(self.worker_a)[QUICK].create(saved).action_save()
        self.env.invalidate_all()
        talks = self.case.contact_ids.sorted("id")
        self.assertEqual(done.mapped("state"), ["done", "done"])
        self.assertEqual(*(self._said(talk) for talk in talks))
        self.assertEqual(len(self._said(talks[0])["persons"]), 2)
        self.assertEqual(talks.referral_ids.service_id, services)
        first, second = self.case.appointment_ids
        self.assertEqual((first.time, first.client_ids), (second.time, second.client_ids))
        self.assertEqual(first.client_ids, self.olena | self.son)

    def _said(self, talk):
        return {
            "persons": talk.person_ids.client_id.ids,
            "topics": (talk.topic_ids.ids, talk.area_ids.ids),
            "referred": talk.referral_ids.mapped(lambda row: (row.client_id.id, row.topic_id.id)),
            "interpreted": talk.interpreting_ids.mapped(lambda row: (row.name, row.minutes)),
            "note": talk.note_ids.mapped(lambda note: (note.body, note.confidentiality)),
            "place": (talk.municipality_id.id, talk.company_id.id, talk.is_talk),
        }

    # ------------------------------------------------------------
    # Once
    # ------------------------------------------------------------

    def test_pressed_again_it_is_the_same_talk(self):
        first = self._press()
        self.assertEqual(self._press(), first)
        self.assertEqual(len(self.case.contact_ids), 1)

    def test_other_words_since_are_not_lost_without_a_word(self):
        self._press()
        self.assertRefused("saved already", self._press, note="And more")
        self.assertEqual(self.case.contact_ids.note_ids.body, WORDS)

    def test_refused_it_may_be_corrected(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self._press(duration=-5)
        self.assertFalse(self.case.contact_ids)
        self._press(duration=5)
        self.assertEqual(self.case.contact_ids.duration, 5)

    def test_the_draft_is_emptied(self):
        self._keep()
        self._press()
        self.assertFalse(self._drafts())
        self.assertNotIn(WORDS, self._stored())
        self.assertEqual(self._keep(takes=False), {"state": "done"})

    def test_another_window_with_the_same_draft_makes_no_second(self):
        self._press()
        self.assertRefused("another window", self._press, form="e" * 32)
        self.assertEqual(len(self.case.contact_ids), 1)

    # ------------------------------------------------------------
    # Who, and what is no dialog
    # ------------------------------------------------------------

    def test_nobody_writes_into_a_file_that_is_not_hers(self):
        for user in (self.colleague_a, self.worker_b, self.reporting_a, self.employee):
            with self.subTest(user.login):
                self.assertDenied(self._press, user)
        self.assertDenied(self._press, client_ids=[Command.link(self.farida.id)])
        self.assertDenied(self._press, case_id=self.theirs.id)
        self.assertFalse(self.env["integration.contact"].search([]))

    def test_only_the_two_buttons_of_the_dialog(self):
        for button in ("unlink", "_create_contact", "", None):
            self.assertRefused("no values", self._press, button=button)
        for form in ("", "x", 5, None, "F" * 32):
            dialogs = self._as(self.worker_a)[QUICK]
            self.assertRefused("no values", dialogs.save_typed, form, "action_save", {})
        for values in (None, [], "x"):
            self.assertRefused("no values", dialogs.save_typed, self.form, "action_save", values)

    def test_what_only_the_system_sets_is_refused(self):
        for name in ("once_done", "once_answer"):
            self.assertRefused("by hand", self._press, **{name: True})

    def test_a_record_that_is_only_pretended_is_refused(self):
        """Its client and employer would be whatever the request says."""
        forged = {"id": self.case.id, "client_id": self.farida.id}
        for values in ({"case_id": forged}, {"company_id": {"id": 1}}, {"note": {"a": "b"}}):
            self.assertRefused("no values", self._press, **values)
        self.assertFalse(self.case.contact_ids)

    def test_the_employer_is_that_of_the_case(self):
        """Whatever is sent: what is left of the draft stays with the file's employer."""
        self._press(company_id=self.company_b.id)
        self.env.cr.execute("SELECT company_id FROM integration_contact_draft")
        self.assertEqual(self.env.cr.fetchall(), [(self.company_a.id,)])

    def test_nothing_is_made_on_the_way(self):
        """Commands in the values of the form choose; they create and change nothing."""
        topics = self.env["integration.topic"].search_count([])
        self._press(topic_ids=[Command.create({"name": "Made up", "code": "made"})])
        self._press(
            form="e" * 32, draft_key="b" * 32,
            client_ids=[Command.update(self.olena.id, {"name": "Changed"})],
        )  # fmt: skip
        self.assertEqual(self.env["integration.topic"].search_count([]), topics)
        self.assertEqual(self.olena.name, "Olena Hrynkivska")
