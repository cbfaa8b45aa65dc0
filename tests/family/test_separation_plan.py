from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestSeparationPlan(FamilyCommon):
    """An agreed plan that names both of a couple, after they have parted: hidden both ways."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.env["integration.area"].search([("consent_purpose", "=", False)], limit=1)
        cls.plan = cls.case.env["integration.plan"].create(
            {
                "case_id": cls.case.id,
                "client_ids": [Command.set(cls.father.ids)],
                "line_ids": [
                    Command.create(
                        {
                            "area_id": cls.area.id,
                            "name": "We find a flat of our own",
                            "step_ids": [
                                Command.create(
                                    {"name": "Ask uncles", "person_ids": [cls.father.id]}
                                ),
                                Command.create(
                                    {"name": "Ask aunts", "person_ids": [cls.mother.id]}
                                ),
                            ],
                        }
                    )
                ],
            }
        )
        cls.plan.action_agree(cls.today)
        cls.env.flush_all()

    def _part(self):
        """Let the father leave, into a case of his own that a colleague takes over."""
        form = self._form("separation")
        form.leaving_ids.add(self.father)
        self._press(form)
        own = self.father.case_ids
        own.sudo()._transfer(self.colleague_a, "So that nobody reads both sides")
        self.env.flush_all()
        self.env.invalidate_all()
        return own.with_env(self._as(self.colleague_a))

    def test_his_new_side_learns_nothing_of_the_plan(self):
        own = self._part()
        env = own.env
        self.assertEqual(own.mapped("client_id"), self.father.with_env(env))
        for model in ("", ".line", ".step", ".review"):
            self.assertFalse(env[f"integration.plan{model}"].search([]), model)
        self.assertFalse(own.client_id.family_plan_ids)
        self.assertFalse(own.has_plan)
        self.assertFalse(own.date_next_review, "the day of the other side's review")
        clients = env["integration.client"]
        for domain in (
            [("family_plan_ids.line_ids.name", "ilike", "flat")],
            [("family_plan_ids.line_ids.step_ids.name", "ilike", "aunts")],
            [("family_plan_ids", "in", self.plan.ids)],
        ):
            self.assertFalse(clients.search(domain), domain)
        plan = self.plan.with_env(env)
        for call in (
            lambda: plan.read(["date_next_review"]),
            lambda: plan.line_ids.read(["name"]),
            plan.action_review,
            plan.action_new_version,
            plan.action_make_sheet,
        ):
            with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError):
                call()

    def test_her_side_goes_on_without_him(self):
        """His later ratings and his name are not told there, nor does a new version name him."""
        own = self._part()
        own.env["integration.assessment"].create(
            {
                "case_id": own.id,
                "line_ids": [Command.create({"area_id": self.area.id, "strength": 5, "need": 1})],
            }
        )
        plan = self.plan.with_context(integration_show_name=True)
        goal = plan.line_ids
        self.assertFalse(goal.assessed_family)
        his = goal.step_ids.filtered(lambda step: step.name == "Ask uncles")
        self.assertNotIn("Andrij", his.owner_words)
        self.assertFalse(plan.env["integration.plan.review.wizard.rating"]._for_family(
            plan, self.area
        ))  # fmt: skip
        draft = self.env["integration.plan"].browse(plan.action_new_version()["res_id"])
        self.assertFalse(draft.client_ids)
        self.assertEqual(draft.step_ids.person_ids, self.mother)
        self.assertTrue(self.case.has_plan)
