from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestPlanLeftOpen(PlanCase):
    """Steps still open when the case is closed: asked for then, put right later."""

    def _close(self, days_ago=0):
        """Close past the dialog, as an import does."""
        self.case._close(self.goals_reached, self._day(days_ago))

    def _dialog(self, **values):
        return self.case.env["integration.case.close"].create(
            {"case_id": self.case.id, "closure_reason_id": self.goals_reached.id, **values}
        )

    def _quality(self, user):
        self.env.invalidate_all()
        return self._as(user)["integration.quality"].create(
            {"date_from": self.today - timedelta(days=30), "date_to": self.today}
        )

    def _listed(self, user):
        action = self._quality(user).action_open_cell(["steps", 0])
        return self._as(user)[action["res_model"]].search(action["domain"])

    # ------------------------------------------------------------
    # The dialog
    # ------------------------------------------------------------
    def test_closing_asks(self):
        done, left = self._agreed(50).step_ids
        model = self.case.env["integration.case.close"].with_context(default_case_id=self.case.id)
        with Form(model) as form:
            self.assertEqual(form.open_step_count, 2)
            form.closure_reason_id = self.goals_reached
            form.done_step_ids.add(done)
            form.rest_state = "missed"
            form.rest_reason = "No seat in the course"
        form.record.action_close()
        self.assertEqual(self.case.state, "closed")
        self.assertEqual((done.state, done.date_done), ("done", self.today))
        self.assertEqual((left.state, left.reason), ("missed", "No seat in the course"))
        self.assertFalse(self._listed(self.worker_a))

    def test_without_an_answer_they_are_dropped(self):
        steps = self._agreed(50).step_ids
        self._dialog(date_end=self._day(3)).action_close()
        self.assertEqual(set(steps.mapped("state")), {"dropped"})
        self.assertEqual(set(steps.mapped("reason")), {self.goals_reached.name})

    def test_done_before_the_end(self):
        steps = self._agreed(50).step_ids
        self._dialog(date_end=self._day(3), done_step_ids=[Command.set(steps.ids)]).action_close()
        self.assertEqual(set(steps.mapped("date_done")), {self._day(3)})

    def test_only_open_steps_of_the_case(self):
        other = self._case(self._client(self.worker_a))
        plan = self._plan(other)
        plan.action_agree()
        self._agreed(50)
        with self.assertRaises(UserError):
            self._dialog(done_step_ids=[Command.set(plan.step_ids.ids)]).action_close()
        self.assertEqual(set(plan.step_ids.mapped("state")), {"open"})
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self._as(self.colleague_a)["integration.case.close"].create(
                {
                    "case_id": other.id,
                    "closure_reason_id": self.goals_reached.id,
                    "done_step_ids": [Command.set(plan.step_ids.ids)],
                }
            )

    def test_withdrawn_consent_keeps_no_case_open(self):
        """Nothing new is said of the client, and nothing stands on the list afterwards."""
        steps = self._agreed(50).step_ids
        self._consent(self.client, "withdrawn")
        self._dialog(rest_state="missed", rest_reason="Words on her").action_close()
        self.assertEqual(set(steps.mapped("state")), {"dropped"})
        self.assertEqual(set(steps.mapped("reason")), {self.goals_reached.name})

    # ------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------
    def test_put_right_afterwards(self):
        plan = self._agreed(50)
        self._close(2)
        first, second = plan.step_ids
        self.assertEqual(plan.open_step_count, 2)
        self.assertEqual(self._listed(self.worker_a).ids, plan.step_ids.ids)
        first.action_tick_off()
        self.assertEqual((first.state, first.date_done), ("done", plan.date_ended))
        second.write({"state": "dropped", "reason": "Moved away"})
        self.assertFalse(self._listed(self.worker_a))
        self.env.invalidate_all()
        self.assertEqual(plan.open_step_count, 0)

    def test_nothing_else_is_written(self):
        plan = self._agreed(50)
        self._close(2)
        step = plan.step_ids[0]
        for values in (
            {"name": "Other"},
            {"owner": "third"},
            {"date_due": self.today},
            {"state": "done", "name": "Other"},
            {"state": "done", "date_done": self._day(9)},
        ):
            self.assertRefused("was agreed", step.write, values)
        self.assertRefused("was agreed", step.unlink)
        self.assertRefused(
            "was agreed",
            plan.write,
            {
                "line_ids": [
                    Command.update(
                        plan.line_ids[0].id,
                        {"step_ids": [Command.update(step.id, {"state": "done"})]},
                    )
                ]
            },
        )
        self.assertRefused("was agreed", plan.line_ids[0].write, {"state": "reached"})
        step.state = "done"
        for values in ({"state": "open"}, {"state": "missed", "reason": "Slip"}, {"reason": "x"}):
            self.assertRefused("was agreed", step.write, values)

    def test_reason_is_asked_for(self):
        plan = self._agreed(50)
        self._close(2)
        for state in ("missed", "dropped"):
            with self.assertRaises(ValidationError):
                plan.step_ids[0].write({"state": state, "reason": " "})

    def test_continued_steps_are_not_left_open(self):
        """What the next version took over is open there, if at all."""
        first = self._agreed(50)
        first.action_new_version()
        second = self.case.plan_ids.filtered(lambda plan: plan.state == "draft")
        second.action_agree(self._day(20))
        self._close(2)
        self.assertEqual(self._listed(self.worker_a), second.step_ids)
        self.assertRefused("was agreed", first.step_ids[0].write, {"state": "done"})
        self.assertEqual((first.open_step_count, second.open_step_count), (0, 2))

    def test_draft_was_never_agreed(self):
        plan = self._plan()
        self._close()
        self.assertEqual(plan.state, "ended")
        self.assertFalse(self._listed(self.worker_a))
        self.assertRefused("was agreed", plan.step_ids[0].write, {"state": "done"})

    def test_without_consent_it_is_no_gap(self):
        plan = self._agreed(50)
        self._close(2)
        self._consent(self.client, "withdrawn")
        self.assertFalse(self._listed(self.worker_a))
        with self.assertRaises(UserError):
            plan.step_ids[0].state = "done"

    def test_who_puts_it_right(self):
        plan = self._agreed(50)
        self._close(2)
        self.env.flush_all()
        for user in (self.colleague_a, self.lead_a, self.reporting_a, self.worker_b):
            step = plan.step_ids[0].with_env(self._as(user))
            self.assertDenied(step.write, {"state": "done"})

    def test_submitted_figures_stay(self):
        plan = self._agreed(50)
        self._close(2)
        report = self._as(self.lead_a)["integration.report"].create(
            {"date_from": self._day(60), "date_to": self.today}
        )
        report.action_submit()
        before = report.checksum, report._checksum(), str(report.difference)
        plan.step_ids.write({"state": "dropped", "reason": "Moved away"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((report.checksum, report._checksum(), str(report.difference)), before)
        self.assertIn("every number is the same", before[2])
