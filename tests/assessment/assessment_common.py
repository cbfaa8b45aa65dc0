from odoo.fields import Command

from ..common import MODULE
from ..plan.test_plan import PlanCase


class AssessmentCase(PlanCase):
    """A case with consent to the file, 400 days old, and three areas to talk about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = cls.env.ref(f"{MODULE}.area_work")
        cls.health = cls.env["integration.area"].search([("consent_purpose", "=", "health")])[:1]
        cls.Assessment = cls.case.env["integration.assessment"]

    def _assess(self, ratings, days_ago=0, case=None, **values):
        """Return an assessment with ``ratings``: {area: (strength, need)}."""
        return self.Assessment.create(
            {
                "case_id": (case or self.case).id,
                "date": self._day(days_ago),
                "line_ids": [
                    Command.create({"area_id": area.id, "strength": strength, "need": need})
                    for area, (strength, need) in ratings.items()
                ],
                **values,
            }
        )
