from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .assessment_common import AssessmentCase


@tagged("post_install", "-at_install")
class TestReview(AssessmentCase):
    """One screen through all open goals."""

    def _dialog(self, plan):
        action = plan.action_review()
        Wizard = plan.env[action["res_model"]].with_context(**action["context"])
        values = Wizard.default_get(list(Wizard._fields))
        return Wizard.create({"plan_id": plan.id, "line_ids": values["line_ids"]})

    def test_whole_review(self):
        plan = self._agreed(days_ago=100)
        first, second = plan.line_ids
        wizard = self._dialog(plan)
        self.assertEqual(wizard.line_ids.goal_id, plan.line_ids)
        wizard.line_ids[0].write({"state": "reached", "strength": 4, "need": 1})
        wizard.line_ids[1].write({"state": "dropped", "reason": "Moves to a brother"})
        wizard.note = "Much has been done."
        self.assertEqual(wizard.action_record()["type"], "ir.actions.act_window_close")
        wizard.action_record()  # a second press
        self.assertEqual((first.state, second.state), ("reached", "dropped"))
        self.assertEqual(second.reason, "Moves to a brother")
        self.assertEqual(len(plan.review_ids), 1)
        self.assertEqual(self.case.note_ids.body, "Much has been done.")
        assessment = self.case.assessment_ids
        self.assertRecordValues(assessment, [{"kind": "review", "date": self.today}])
        self.assertRecordValues(
            assessment.line_ids, [{"area_id": first.area_id.id, "strength": 4, "need": 1}]
        )
        self.assertFalse(wizard.line_ids, "no words stay behind in the dialog")

    def test_what_was_said_the_last_time_stands_beside_it(self):
        """Areas never spoken of have nothing."""
        plan = self._agreed(days_ago=100)
        first, second = plan.line_ids
        self._assess({first.area_id: (1, 5)}, days_ago=90)
        self._assess({first.area_id: (2, 4)}, days_ago=30)
        rows = {row.goal_id: row for row in self._dialog(plan).line_ids}
        self.assertEqual(
            [(row.strength_before, row.need_before) for row in (rows[first], rows[second])],
            [(2, 4), (0, 0)],
        )

    def test_results_belong_to_the_day_of_the_review(self):
        """The figures count a result where it was found, not where it was typed in."""
        plan = self._agreed(days_ago=100)
        first, second = plan.line_ids
        wizard = self._dialog(plan)
        wizard.date = self._day(30)
        wizard.line_ids[0].state = "reached"
        wizard.action_record()
        self.assertEqual((first.date_result, second.date_result), (self._day(30), False))
        second.write({"state": "reached"})
        self.assertEqual(second.date_result, self.today)
        second.write({"state": "open"})
        self.assertFalse(second.date_result)
        with self.assertRaises(UserError):
            second.write({"date_result": self._day(5)})

    def test_nothing_rated_no_assessment(self):
        plan = self._agreed(days_ago=100)
        self._dialog(plan).action_record()
        self.assertFalse(self.case.assessment_ids)
        self.assertEqual(set(plan.line_ids.mapped("state")), {"open"})

    def test_new_dates_make_a_next_version(self):
        """The agreed sheet is frozen: both sides hold it on paper."""
        plan = self._agreed(days_ago=100)
        wizard = self._dialog(plan)
        wizard.line_ids[0].state = "reached"
        wizard.line_ids[1].date_target = self._day(-60)
        action = wizard.action_record()
        draft = self.Plan.browse(action["res_id"])
        self.assertEqual((draft.state, draft.version), ("draft", 2))
        self.assertRecordValues(
            draft.line_ids, [{"area_id": self.housing.id, "date_target": self._day(-60)}]
        )
        self.assertFalse(plan.line_ids[1].date_target)
        again = self._dialog(plan)
        self.assertFalse(again.line_ids.can_move)
        again.line_ids.date_target = self._day(-90)
        self.assertRefused("written already", again.action_record)

    def test_reason(self):
        plan = self._agreed(days_ago=100)
        wizard = self._dialog(plan)
        wizard.line_ids[0].state = "missed"
        with self.env.cr.savepoint():
            self.assertRefused("please say why", wizard.action_record)

    def test_two_workers_at_once(self):
        plan = self._agreed(days_ago=100)
        mine, hers = self._dialog(plan), self._dialog(plan)
        hers.line_ids[0].state = "reached"
        hers.action_record()
        mine.line_ids[0].write({"state": "missed", "reason": "Failed"})
        mine.line_ids[1].state = "partly"
        with self.assertRaisesRegex(Exception, "Reached.*meanwhile"), self.env.cr.savepoint():
            mine.action_record()
        # Nothing was lost: the dialog still holds the rest.
        mine.line_ids[0].write({"state": "open"})
        mine.action_record()
        self.assertEqual(plan.line_ids.mapped("state"), ["reached", "partly"])

    def test_draft_is_not_reviewed(self):
        draft = self._plan()
        self.assertRefused("not in force", draft.action_review)
        wizard = draft.env["integration.plan.review.wizard"].create({"plan_id": draft.id})
        self.assertRefused("follows the agreement", wizard.action_record)

    def test_foreign_goal(self):
        plan = self._agreed(days_ago=100)
        case = self._case(self._client(self.worker_a, "Somebody Else"))
        other = self._plan(case)
        wizard = plan.env["integration.plan.review.wizard"].create(
            {
                "plan_id": plan.id,
                "line_ids": [Command.create({"goal_id": other.line_ids[0].id, "state": "reached"})],
            }
        )
        self.assertRefused("none of the plan", wizard.action_record)

    def test_ratings_out_of_range_and_health(self):
        self._consent(self.client, purpose="health")
        plan = self._plan()
        plan.line_ids = [Command.create({"area_id": self.health.id, "name": "A doctor"})]
        plan.action_agree(self._day(50))
        self._consent(self.client, "withdrawn", purpose="health")
        wizard = self._dialog(plan)
        line = wizard.line_ids.filtered(lambda line: line.area_id == self.health)
        line.need = 9
        self.assertRefused("between 1 and 5", wizard.action_record)
        line.need = 2
        self.assertRefused("no consent to health data", wizard.action_record)
        line.write({"need": 0, "state": "reached"})
        wizard.action_record()
        self.assertEqual(line.exists().ids, [])

    def test_dialog_is_lost_with_the_file(self):
        plan = self._agreed(days_ago=100)
        line = self._dialog(plan).line_ids[0]
        self.assertDenied(line.with_user(self.colleague_a).read, ["reason"])
        self.assertDenied(line.with_user(self.lead_a).read, ["reason"])

    def test_form(self):
        plan = self._agreed(days_ago=100)
        action = plan.action_review()
        with Form(plan.env[action["res_model"]].with_context(**action["context"])) as form:
            form.note = "Well."
        self.assertEqual(len(form.record.line_ids), 2)
