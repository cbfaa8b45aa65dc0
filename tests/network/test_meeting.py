from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .network_common import NetworkCommon

PDF = "JVBERi0xLjQK"


@tagged("post_install", "-at_install")
class TestMeeting(NetworkCommon):
    """A meeting from the invitation to the minutes, across employers."""

    def test_all_workers_of_the_county_are_invited_and_nobody_else(self):
        invited = self.meeting.attendance_ids
        self.assertEqual(invited.user_id, self.worker_a | self.colleague_a | self.worker_b)
        by_user = {row.user_id: row for row in invited}
        row = by_user[self.worker_b]
        self.assertEqual((row.name, row.employer_name), (self.worker_b.name, "Agency B"))
        self.assertEqual(set(invited.mapped("answer")), {"open"})

    def test_whoever_is_new_is_invited_once(self):
        new = self._new_user("newcomer", "integration_management.group_caseworker", self.company_b)
        self.meeting.action_invite()
        self.meeting.action_invite()
        self.assertEqual(len(self._row(self.meeting, new)), 1)
        self.assertEqual(len(self.meeting.attendance_ids), 4)

    def test_an_employer_whose_mandate_has_ended_is_not_invited(self):
        self.mandate_b.date_end = self.today + timedelta(days=5)
        later = self._meeting()
        self.assertEqual(later.attendance_ids.user_id, self.worker_a | self.colleague_a)

    def test_workers_answer_for_themselves(self):
        self.meeting.with_env(self._as(self.worker_b)).action_come()
        self.meeting.with_env(self._as(self.worker_a)).action_stay_away()
        self.assertEqual(self._row(self.meeting, self.worker_b).answer, "yes")
        self.assertEqual(self._row(self.meeting, self.worker_a).answer, "no")
        self.assertEqual(self.meeting.coming_count, 1)
        with self.assertRaisesRegex(UserError, "case workers of the county are invited"):
            self.meeting.with_env(self._as(self.lead_a)).action_come()
        self.meeting.action_cancel()
        with self.assertRaisesRegex(UserError, "no longer planned"):
            self.meeting.with_env(self._as(self.worker_b)).action_come()

    def test_topics_are_brought_in_before_and_minuted_by_the_coordination(self):
        topic = self._topic(self.worker_b, description="In general")
        self.assertEqual((topic.brought_by, topic.employer_name), (self.worker_b.name, "Agency B"))
        self.assertIn(topic, self.meeting.topic_ids.with_env(topic.env))
        topic.name = "Longer waiting times"
        for values in ({"outcome": "Mine"}, {"sequence": 1}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "coordination orders"):
                topic.write(values)
        with self.assertRaisesRegex(UserError, "Not to be set by hand"):
            topic.brought_by = "Somebody else"
        self.meeting.date = self.today
        self.meeting.action_held()
        with self.assertRaisesRegex(UserError, "held already"):
            topic.name = "Even longer"
        with self.assertRaisesRegex(UserError, "held already"):
            self._topic(self.worker_a)
        topic.with_env(self.meeting.env).outcome = "A list is sent every month."
        self.assertEqual(topic.outcome, "A list is sent every month.")

    def test_who_said_to_come_is_proposed_as_having_been_there(self):
        meeting = self._held()
        there = meeting.attendance_ids.filtered("attended").user_id
        self.assertEqual(there, self.worker_a | self.worker_b)
        self.assertEqual(meeting.attended_count, 2)

    def test_a_meeting_ahead_was_attended_by_nobody(self):
        with self.assertRaisesRegex(ValidationError, "it lies ahead"):
            self.meeting.action_held()
        with self.assertRaisesRegex(ValidationError, "it lies ahead"):
            self.meeting.attendance_ids[0].attended = True

    def test_finished_minutes_stay(self):
        meeting = self._held()
        meeting.minutes = "Words"
        meeting.action_close()
        decision = {"meeting_id": meeting.id, "name": "Late", "who": "Somebody"}
        for change in (
            lambda: meeting.write({"minutes": "Others"}),
            lambda: meeting.attendance_ids[0].write({"attended": False}),
            lambda: meeting.env["integration.meeting.decision"].create(decision),
            lambda: meeting.write({"guest_ids": [Command.create({"name": "Late"})]}),
        ):
            with self.assertRaisesRegex(UserError, "minutes are finished"):
                change()
        meeting.action_reopen()
        meeting.minutes = "Others"
        meeting.action_close()
        with self.assertRaisesRegex(ValidationError, "settled already"):
            meeting.action_close()

    def test_times_that_cannot_be(self):
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self._meeting(time=12, time_end=9)
        with self.assertRaisesRegex(ValidationError, "between 00:00"):
            self._meeting(time=-1)
        with self.assertRaisesRegex(ValidationError, "clocks go forward"):
            self._meeting(date="2027-03-28", time=2.5, time_end=4)

    def test_hours_are_those_of_the_clock_in_summer_and_winter(self):
        winter, summer = (
            self._meeting(date=day, time=9, time_end=12) for day in ("2027-03-27", "2027-03-29")
        )
        self.assertEqual((winter.start.hour, summer.start.hour), (8, 7))
        self.assertIn("09:00–12:00", winter.when)
        self.assertIn("09:00–12:00", summer.when)

    def test_a_place_elsewhere_is_refused(self):
        other = self.env["integration.county"].create({"name": "Other", "ags": "08997"})
        town = self.env["integration.municipality"].create(
            {"name": "Ceheim", "ags": "08997001", "county_id": other.id}
        )
        with self.assertRaisesRegex(ValidationError, "takes place in the county"):
            self._meeting(municipality_id=town.id)

    # ------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------

    def _decision(self, meeting, **values):
        return meeting.env["integration.meeting.decision"].create(
            {"meeting_id": meeting.id, "name": "Write a list", **values}
        )

    def test_a_decision_is_found_on_my_day_and_done_by_its_worker(self):
        meeting = self._held()
        tile = self._as(self.worker_b)["integration.day.tile"].search([("code", "=", "decisions")])
        before = tile.count
        decision = self._decision(
            meeting,
            attendance_id=self._row(meeting, self.worker_b).id,
            date_due=self.today + timedelta(days=9),
        )
        self.assertEqual(decision.who, f"{self.worker_b.name}, Agency B")
        meeting.action_close()
        tile.invalidate_recordset()
        self.assertEqual(tile.count, before + 1)
        self.assertEqual(tile.first_day, decision.date_due)
        mine = decision.with_env(self._as(self.worker_b))
        self.assertTrue(mine.is_mine)
        with self.assertRaisesRegex(UserError, "Whoever carries out"):
            decision.with_env(self._as(self.worker_a)).action_done()
        mine.action_done()
        self.assertEqual(decision.date_done, self.today)
        tile.invalidate_recordset()
        self.assertEqual(tile.count, before)
        decision.action_undo()
        self.assertFalse(decision.date_done)

    def test_a_decision_before_the_meeting_or_of_nobody(self):
        meeting = self._held()
        with self.assertRaisesRegex(ValidationError, "after the meeting"):
            self._decision(meeting, who="Office", date_due=meeting.date - timedelta(days=1))
        with self.assertRaisesRegex(ValidationError, "say who carries out"):
            self._decision(meeting)
        other = self._held(days=-9)
        with self.assertRaisesRegex(ValidationError, "those of this meeting"):
            self._decision(meeting, attendance_id=other.attendance_ids[0].id)

    # ------------------------------------------------------------
    # Materials and papers
    # ------------------------------------------------------------

    def test_materials_are_papers_and_no_programs(self):
        materials = self.meeting.env["integration.meeting.material"]
        values = {"meeting_id": self.meeting.id, "name": "Slides"}
        kept = materials.create({**values, "file": PDF})
        self.assertEqual(kept.file_name, "material.pdf")
        read = kept.with_env(self._as(self.worker_b)).with_context(bin_size=False)
        self.assertEqual(read.file.decode(), PDF)
        for wrong in ("PHNjcmlwdD4=", "", False):
            with self.subTest(wrong), self.assertRaisesRegex(ValidationError, "must be a PDF"):
                materials.create({**values, "file": wrong})

    def test_agenda_and_minutes_are_printed_for_workers_of_all_employers(self):
        self._topic(self.worker_a, name="Places in courses")
        meeting = self._held()
        self._topic(self.county_user, meeting, name="Moves in the county", outcome="Call first.")
        self._decision(meeting, who="The coordination", date_due=self.today)
        env = self._as(self.worker_b)
        for record, name, words in (
            (self.meeting, "agenda", ["Places in courses", self.worker_a.name]),
            (meeting, "minutes", ["Call first.", "Write a list", "The coordination", "Agency B"]),
        ):
            html, _kind = env["ir.actions.report"]._render_qweb_html(
                f"integration_management.integration_meeting_{name}", record.ids
            )
            for word in words:
                self.assertIn(word, html.decode())

    def test_who_coordinates_and_accompanies_is_invited_as_well(self):
        self.county_user.sudo().write(
            {
                "group_ids": [(4, self.env.ref(f"{MODULE}.group_caseworker").id)],
                "company_ids": [(4, self.company_a.id)],
            }
        )
        self.assertTrue(self._row(self._meeting(), self.county_user))

    def test_what_was_talked_about_stays(self):
        past = self._meeting(days=-1)
        early, late = self._topic(self.worker_a, past), self._topic(self.worker_a, past)
        early.unlink()
        past.action_held()
        with self.assertRaisesRegex(UserError, "held already"):
            late.unlink()

    def test_what_comes_by_the_context_passes_the_check_as_well(self):
        topics = self._as(self.worker_a)["integration.meeting.topic"]
        topic = topics.with_context(default_description="about 2026-00012").create(
            {"meeting_id": self.meeting.id, "name": "Waiting times"}
        )
        self.assertFalse(topic.description)

    def test_another_county_s_coordination_is_none_here(self):
        both = self._as(self.worker_a).user.sudo()
        both.group_ids |= self.env.ref(f"{MODULE}.group_county")
        topic = self._topic(self.worker_a)
        with self.assertRaisesRegex(UserError, "coordination"):
            topic.outcome = "Settled"
        with self.assertRaisesRegex(UserError, "coordination"):
            self._topic(self.worker_a, outcome="Settled")
