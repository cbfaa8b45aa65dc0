from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestPlanWalls(PlanCase):
    def _records(self):
        plan = self._agreed(days_ago=20)
        review = plan.env["integration.plan.review"].create({"plan_id": plan.id})
        return plan, plan.line_ids, plan.step_ids, review

    def test_consent_gate(self):
        case = self._case(self._client(self.worker_a, "No Consent", consent=False))
        self.assertRefused(f"{case.file_number}.*no valid consent", self._plan, case)

    def test_consent_gate_on_children(self):
        plan = self._plan()
        self._consent(self.client, "withdrawn")
        goal = plan.line_ids[0]
        for function, vals in (
            (goal.write, {"name": "More"}),
            (goal.step_ids[0].write, {"name": "More"}),
            (goal.create, {"plan_id": plan.id, "area_id": self.housing.id, "name": "More"}),
            (goal.step_ids.create, {"line_id": goal.id, "name": "More"}),
            (plan.write, {"date_next_review": self.today}),
        ):
            with self.subTest(function):
                self.assertRefused("no valid consent", function, vals)
        self.assertRefused("no valid consent", plan.action_agree)

    def test_family(self):
        """A member plans along if of the household and with a consent of her own."""
        partner = self._client(self.worker_a, "Partner", consent=False)
        outsider = self._client(self.worker_a, "Outsider")
        env = self.case.env
        household = env["integration.household"].create({})
        env["integration.household.member"].create(
            [
                {"household_id": household.id, "client_id": client.id, "date_from": self.case_start}
                for client in (self.client, partner)
            ]
        )
        for client, message in (
            (partner, "no valid consent"),
            (outsider, "is not a further member"),
            (self.client, "is not a further member"),
        ):
            message = f"{client.file_number}.*{message}"
            self.assertRefused(message, self._plan, client_ids=client.ids)
        self._consent(partner)
        plan = self._agreed(client_ids=partner.ids)
        self.assertEqual(plan.client_ids, partner)
        # Anyone who withdraws stops the common plan; the next version goes on without her.
        self._consent(partner, "withdrawn")
        self.assertRefused("no valid consent", plan.line_ids[0].write, {"state": "reached"})
        draft = self.Plan.browse(plan.action_new_version()["res_id"])
        self.assertFalse(draft.client_ids)
        draft.action_agree()
        self.assertEqual((plan.state, draft.state), ("ended", "agreed"))

    def test_foreign_client(self):
        foreign = self._client(self.worker_b, "Foreign")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self._plan(client_ids=foreign.ids)

    def test_foreign_case(self):
        foreign = self._case(self._client(self.worker_b, "Foreign"))
        self.assertDenied(self._plan, foreign)

    def test_nobody_else_finds_anything(self):
        """Neither another employer, nor a colleague or lead without an access entry."""
        records = self._records()
        for user in (self.worker_b, self.colleague_a, self.lead_a):
            for record in records:
                with self.subTest(user=user.login, model=record._name):
                    model = self.env[record._name].with_user(user)
                    self.env.invalidate_all()
                    self.assertFalse(model.search([]))
                    self.assertFalse(model.search_count([("case_id", "=", self.case.id)]))
                    self.assertFalse(model.name_search(self.case.file_number))
                    self.assertFalse(model.formatted_read_group([], ["case_id"], ["__count"]))
                    self.assertDenied(record.with_user(user).read, [])
                    self.assertDenied(record.with_user(user).write, {"case_id": self.case.id})
                    self.assertDenied(record.with_user(user).unlink)
            plan = records[0].with_user(user)
            for method in ("action_agree", "action_new_version"):
                self.assertDenied(getattr(plan, method))

    def test_lead_knows_that_there_is_a_plan(self):
        self._records()
        self.env.invalidate_all()
        case = self.case.with_user(self.lead_a)
        self.assertTrue(case.has_plan)
        self.assertTrue(case.date_next_review)

    def test_dialogs_are_private(self):
        plan = self._plan()
        wizard = plan.env["integration.plan.agree"].create({"plan_id": plan.id})
        self.assertDenied(wizard.with_user(self.colleague_a).read, ["date"])
        for model in ("integration.plan.agree", "integration.plan.review.wizard"):
            for user in (self.worker_b, self.colleague_a):
                self.assertDenied(self.env[model].with_user(user).create, {"plan_id": plan.id})

    def test_names_are_neutral(self):
        for record in self._records():
            for name in record.mapped("display_name"):
                self.assertIn(self.case.file_number, name)
                self.assertNotIn("Planova", name)
                self.assertNotIn("B1", name)


@tagged("post_install", "-at_install")
class TestPlanSheet(PlanCase):
    def _html(self, plan, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.worker_a)
        return report._render_qweb_html(f"{MODULE}.integration_plan_report", plan.ids)[0].decode()

    def test_sheet(self):
        plan = self._agreed()
        html = self._html(plan)
        for text in (
            "Unser Integrationsplan",
            "I pass the B1 exam",
            "Register for the course",
            "Amina Planova",
            self.case.file_number,
        ):
            self.assertIn(text, html)
        self.assertIn(f"<title>{self.case.file_number}</title>", html)
        self.assertNotIn("Entwurf – noch nicht vereinbart", html)

    def test_draft_says_so(self):
        self.assertIn("Entwurf – noch nicht vereinbart", self._html(self._plan()))

    def test_file_name(self):
        plan = self._agreed()
        report = self.env.ref(f"{MODULE}.integration_plan_report")
        name = report.print_report_name
        self.assertNotIn("client", name)
        self.assertNotIn("display_name", name)
        self.assertEqual(plan.case_id.file_number, self.case.file_number)

    def test_no_sheet_for_others(self):
        plan = self._agreed()
        for user in (self.worker_b, self.colleague_a, self.lead_a):
            with self.subTest(user.login):
                self.assertDenied(self._html, plan, user)
