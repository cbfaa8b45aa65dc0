from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .assessment_common import AssessmentCase


@tagged("post_install", "-at_install")
class TestAssessmentOfRelative(AssessmentCase):
    """In the case of a family each of its members may be assessed, by consents of her own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.son = cls._client(cls.worker_a, "Beispiel, Sohn", family_case_id=cls.case.id)
        cls.case.invalidate_recordset()

    def _of_son(self, ratings, days_ago=0, **values):
        return self._assess(ratings, days_ago, client_id=self.son.id, **values)

    def test_each_person_has_her_own(self):
        """Two of a family on one day are no slip, and nobody is compared with somebody else."""
        mother = self._assess({self.housing: (2, 4)}, days_ago=30)
        son = self._of_son({self.housing: (5, 1)}, days_ago=30)
        self.assertEqual((mother.kind, son.kind), ("start", "start"))
        self.assertEqual(mother.client_id, self.client)
        self.assertRefused("already", self._of_son, {}, 30, kind="start")
        later = self._of_son({self.housing: (4, 1)})
        self.assertEqual((later.kind, later.line_ids.strength_before), ("review", 5))
        self.assertEqual(later.line_ids.client_id, self.son)
        self.assertIn(self.son.file_number, later.display_name)

    def test_form_offers_the_family(self):
        with Form(self.Assessment.with_context(default_case_id=self.case.id)) as form:
            self.assertEqual(form.client_id, self.client)
            self.assertTrue(form.is_family)
            form.client_id = self.son
        self.assertEqual(form.record.client_id, self.son)
        with self.assertRaises(UserError):
            form.record.client_id = self.client

    def test_only_persons_of_the_case(self):
        stranger = self._client(self.worker_a, "Stranger")
        with self.assertRaisesRegex(ValidationError, "does not belong to this case"):
            self._assess({}, client_id=stranger.id)
        hidden = self._client(self.worker_b, "Hidden")
        with self.assertRaises(AccessError):
            self._assess({}, client_id=hidden.id)

    def test_consents_are_those_of_the_person(self):
        self._consent(self.client, purpose="health")
        self.assertRefused("health", self._of_son, {self.health: (2, 2)})
        missing = {
            row["id"] for row in self.Assessment.get_areas(self.case.id, self.son.id)
            if row["missing"]
        }  # fmt: skip
        self.assertIn(self.health.id, missing)
        self._assess({self.health: (2, 2)})
        with self.assertRaisesRegex(ValidationError, "before the consent of the person"):
            self._of_son({self.housing: (2, 2)}, days_ago=200)
        self._consent(self.son, "withdrawn")
        self.assertRefused("consent", self._of_son, {self.housing: (2, 2)})

    def test_open_to_those_who_may_read_of_both(self):
        whole = self._of_son({self.housing: (2, 4)})
        lines = whole.line_ids
        self.assertTrue(whole.with_user(self.worker_a).has_access("read"))
        self.env["integration.case.access"].search(
            [("client_id", "=", self.son.id), ("user_id", "=", self.worker_a.id)]
        )._as_system().unlink()
        self.env.invalidate_all()
        for records in (whole, lines):
            self.assertFalse(records.with_user(self.worker_a).has_access("read"))
            self.assertFalse(records.with_user(self.worker_a).search([("id", "in", records.ids)]))
        with self.assertRaises(AccessError):
            self.Assessment.get_areas(self.case.id, self.son.id)

    def test_goal_of_a_relative_makes_her_take_part(self):
        line = self._of_son({self.housing: (2, 4)}).line_ids
        line.action_make_goal()
        plan = self.case.plan_ids
        self.assertEqual(plan.client_ids, self.son)
        self.assertEqual(plan.line_ids.area_id, self.housing)

    def test_review_speaks_of_the_client(self):
        """Ratings of the review dialog are the client's, whoever was assessed that day."""
        son = self._of_son({self.housing: (2, 4)}, kind="review")
        self.Assessment._record_ratings(self.case, self.today, {self.housing: {"need": 1}})
        self.assertEqual(son.line_ids.need, 4)
        other = self.case.assessment_ids - son
        self.assertEqual((other.client_id, other.line_ids.need), (self.client, 1))

    def test_lines_belong_to_the_person(self):
        son = self._of_son({})
        son.line_ids = [Command.create({"area_id": self.housing.id, "need": 3})]
        self.assertEqual(son.line_ids.client_id, self.son)
