from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestTwoPlanners(PlanCase, HttpCase):
    """Two workers at one plan: the second sees what the first has changed, and loses nothing."""

    def _save(self, plan, commands, **known):
        """Save the form of ``plan`` as the browser does, with what it was opened with."""
        seen = {key.replace("__", "."): value for key, value in known.items()}
        plan.with_context(integration_known=seen).web_save({"line_ids": commands}, {})

    def _known(self, record, **before):
        return {f"{record._name},{record.id}": before}

    def assertAsked(self, record, names, save):
        with self.assertRaises(UserError) as refused:
            save()
            self.env.flush_all()
        self.assertEqual(
            refused.exception.context["integration_overtaken"], [record._name, record.id, names]
        )

    def test_days_owners_and_areas_are_not_wiped(self):
        plan = self._plan()
        goal, step = plan.line_ids[0], plan.step_ids[0]
        old, theirs, mine = (str(self._day(-days)) for days in (10, 20, 30))
        for record, name, before, now, new in (
            (goal, "date_target", old, theirs, mine),
            (goal, "area_id", self.housing.id, self.language.id, self.housing.id + 1000),
            (step, "date_due", False, theirs, mine),
            (step, "owner", "client", "third", "volunteer"),
        ):
            record.write({name: now})
            known = record.with_context(integration_known=self._known(record, **{name: before}))
            with self.subTest(name):
                self.assertAsked(record, [name], lambda k=known, n=name, v=new: k.write({n: v}))
                value = record[name]
                known.write({name: now})
                self.assertEqual(record[name], value, "the same is asked about by nobody")

    def test_who_saw_the_other_version_may_save(self):
        step = self._plan().step_ids[0]
        step.owner = "third"
        step.with_context(integration_known=self._known(step, owner="third")).owner = "volunteer"
        self.assertEqual(step.owner, "volunteer")

    def test_a_goal_changed_by_one_is_not_deleted_unseen_by_the_other(self):
        plan = self._plan()
        goal = plan.line_ids[0]
        shown = self._known(goal, name=goal.name, date_target=False)
        goal.name = "What a colleague typed"
        delete = plan.with_context(integration_known=shown)
        self.assertAsked(
            goal, ["name"], lambda: delete.web_save({"line_ids": [Command.delete(goal.id)]}, {})
        )
        self.assertTrue(goal.exists())
        seen = self._known(goal, name="What a colleague typed")
        plan.with_context(integration_known=seen).web_save(
            {"line_ids": [Command.delete(goal.id)]}, {}
        )
        self.assertFalse(goal.exists())

    def test_what_both_add_is_kept(self):
        plan = self._plan(line_ids=[])
        vals = {"area_id": self.housing.id, "name": "Of the first"}
        plan.web_save({"line_ids": [Command.create(vals)]}, {})
        plan.web_save({"line_ids": [Command.create({**vals, "name": "Of the second"})]}, {})
        self.assertEqual(plan.line_ids.mapped("name"), ["Of the first", "Of the second"])

    def test_forged_knowledge_changes_nothing(self):
        step = self._plan().step_ids[0]
        for known in (
            "forged",
            {f"x,{step.id}": 1},
            self._known(step, no_such_field="x", owner=[1]),
            self._known(step, line_id=5, person_ids=[1]),
        ):
            with self.subTest(known=known):
                step.with_context(integration_known=known).name = f"Saved {len(str(known))}"

    def test_on_the_screen_both_are_shown(self):
        self.worker_a.lang = "en_US"  # the tour finds its buttons by their English words
        plan = self._plan()
        self.start_tour(
            f"/odoo/integration-plans/{plan.id}",
            "integration_two_planners",
            login=self.worker_a.login,
        )
        self.env.invalidate_all()
        self.assertEqual(plan.line_ids.mapped("name"), ["A colleague's words", "A flat of our own"])
