from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestPlanOfTheFamily(IntegrationCommon):
    """Who is named in the family's plan has a plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wife = cls._client(cls.worker_a, "Invented Wife")
        cls.husband = cls._client(cls.worker_a, "Invented Husband")
        cls._household(cls.wife, cls.husband)
        cls.case = cls._case(cls.wife)
        cls.other = cls._case(cls.husband)
        cls.plan = cls.case.env["integration.plan"].create(
            {
                "case_id": cls.case.id,
                "client_ids": [Command.link(cls.husband.id)],
                "line_ids": [
                    Command.create(
                        {"area_id": cls.env.ref(f"{MODULE}.area_language").id, "name": "B1"}
                    )
                ],
            }
        )

    def test_a_spouse_named_in_the_plan_has_one(self):
        self.assertFalse(self.case.has_plan or self.other.has_plan)
        self.plan.action_agree()
        self.assertTrue(self.case.has_plan)
        self.assertTrue(self.other.has_plan)
        self.assertEqual(self.other.date_next_review, self.plan.date_next_review)
        self.plan._end(self.today)
        self.assertFalse(self.case.has_plan or self.other.has_plan)

    def test_nobody_joins_an_agreed_plan_from_the_side_of_the_client(self):
        stranger = self._client(self.worker_a, "Invented Stranger")
        self.plan.action_agree()
        with self.assertRaises(UserError):
            stranger.family_plan_ids = self.plan
        self.assertEqual(self.plan.client_ids, self.husband)
