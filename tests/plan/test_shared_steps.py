from odoo.fields import Command
from odoo.tests import Form, tagged

from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestSharedSteps(PlanCase):
    """In the plan of a family a step belongs to one of them, or to several together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wife = cls._client(cls.worker_a, "Zara Planova")
        cls.son = cls._client(cls.worker_a, "Sami Planova")
        cls._household(cls.client, cls.wife, cls.son)

    def _family_plan(self, persons):
        return self._plan(
            client_ids=[Command.set((self.wife | self.son).ids)],
            line_ids=[
                Command.create(
                    {
                        "area_id": self.housing.id,
                        "name": "A flat of our own",
                        "step_ids": [
                            Command.create(
                                {"name": "View flats", "person_ids": [Command.set(persons.ids)]}
                            )
                        ],
                    }
                )
            ],
        )

    def test_who_is_told_by_name_on_screen_only(self):
        step = self._family_plan(self.client | self.wife).step_ids
        named = step.with_context(integration_show_name=True)
        self.assertRegex(named.owner_words, "Amina Planova.*, Zara Planova")
        self.assertNotIn("Planova", step.owner_words)
        self.assertEqual(self._family_plan_free().owner_words, "Client")
        step.owner = "worker"
        self.assertEqual(named.owner_words, "Case worker")

    def _family_plan_free(self):
        return self._plan(case=self._case(self.wife)).step_ids[0]

    def test_nobody_from_outside_the_plan(self):
        stranger = self._client(self.worker_a, "Omar Planova")
        step = self._family_plan(self.wife).step_ids
        self.assertRefused(stranger.file_number, step.write, {"person_ids": stranger.ids})
        self.assertRefused(stranger.file_number, self._family_plan_of, stranger)
        self.assertEqual(step.person_ids, self.wife)

    def _family_plan_of(self, stranger):
        self.case.plan_ids.unlink()
        self._family_plan(stranger)

    def test_who_leaves_the_plan_leaves_no_steps_behind(self):
        plan = self._family_plan(self.wife | self.son)
        self.assertRefused(self.son.file_number, plan.write, {"client_ids": self.wife.ids})
        plan.step_ids.person_ids = self.wife
        plan.client_ids = self.wife

    def test_the_next_version_goes_on_without_who_has_left(self):
        plan = self._family_plan(self.wife | self.son)
        plan.action_agree()
        self._consent(self.son, "withdrawn")
        draft = self.Plan.browse(plan.action_new_version()["res_id"])
        self.assertEqual(draft.client_ids, self.wife)
        self.assertEqual(draft.step_ids.person_ids, self.wife)
        self.assertIn(self.son.file_number, draft.changes)

    def test_agreed_with_the_words(self):
        plan = self._family_plan(self.wife)
        plan.action_agree()
        self.assertRefused("was agreed", plan.step_ids.write, {"person_ids": self.son.ids})

    def test_on_the_sheet(self):
        plan = self._family_plan(self.wife | self.son)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "integration_management.integration_plan_sheet", plan.ids
        )[0]
        self.assertRegex(html.decode(), "(?s)View flats.*(Zara|Sami) Planova, (Zara|Sami) Planova")

    def test_form_offers_who_takes_part(self):
        with Form(self.Plan) as form:
            form.case_id = self.case
            form.client_ids.add(self.wife)
            with form.line_ids.new() as goal:
                goal.area_id = self.housing
                goal.name = "A flat of our own"
                self.assertTrue(goal.is_family)
                with goal.step_ids.new() as step:
                    step.name = "View flats"
                    step.person_ids.add(self.wife)
        self.assertEqual(form.record.step_ids.person_ids, self.wife)
        self.assertEqual(form.record.line_ids.family_ids, self.client | self.wife)
