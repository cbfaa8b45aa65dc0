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

    def _of_family(self):
        """Return the agreed plan of mother and son."""
        return self._agreed(days_ago=50, client_ids=[Command.set(self.son.ids)])

    def _review(self, plan):
        action = plan.action_review()
        Wizard = plan.env[action["res_model"]].with_context(**action["context"])
        values = Wizard.default_get(list(Wizard._fields))
        return Wizard.create(
            {
                "plan_id": plan.id,
                "line_ids": values["line_ids"],
                "rating_ids": values.get("rating_ids", []),
            }
        )

    def test_goal_shows_the_ratings_of_who_takes_part(self):
        """With whom they belong to: a number, and the name where the screen shows names."""
        plan = self._of_family()
        goal = plan.line_ids[0]
        self.assertFalse(goal.assessed_family)
        self._assess({goal.area_id: (2, 4)}, days_ago=2)
        self._of_son({goal.area_id: (1, 1)}, days_ago=3)
        self._of_son({goal.area_id: (5, 0)}, days_ago=1)
        self.env.invalidate_all()
        self.assertEqual((goal.assessed_strength, goal.assessed_need), (2, 4))
        self.assertRegex(goal.assessed_family, rf"^{self.son.file_number}.*: [^,]+ 5$")
        self.assertNotIn("Sohn", goal.assessed_family)
        named = goal.with_context(integration_show_name=True)
        self.assertIn("Sohn", named.assessed_family)
        self.assertFalse(plan.line_ids[1].assessed_family)

    def test_goal_shows_no_rating_behind_a_wall(self):
        """A spouse with a file of her own, read by another worker."""
        plan = self._of_family()
        goal = plan.line_ids[0]
        other = self._case(self._client(self.colleague_a, "Beispiel, Vater"), days_ago=90)
        rated = self._assess_in(other, goal.area_id)
        self.env.cr.execute(
            "INSERT INTO integration_plan_client_rel (plan_id, client_id) VALUES (%s, %s)",
            [plan.id, other.client_id.id],
        )
        self.env.invalidate_all()
        self.assertFalse(goal.assessed_family)
        self.assertTrue(rated)

    def _assess_in(self, case, area):
        return case.env["integration.assessment"].create(
            {
                "case_id": case.id,
                "line_ids": [Command.create({"area_id": area.id, "strength": 3, "need": 3})],
            }
        )

    def test_review_takes_the_ratings_of_who_takes_part(self):
        plan = self._of_family()
        wizard = self._review(plan)
        areas = plan.line_ids.area_id
        self.assertEqual(
            {(row.client_id, row.area_id) for row in wizard.rating_ids},
            {(self.son, area) for area in areas},
        )
        wizard.line_ids[0].write({"strength": 4})
        wizard.rating_ids[0].write({"strength": 2, "need": 5})
        area = wizard.rating_ids[0].area_id
        wizard.action_record()
        mother, son = self.case.assessment_ids.sorted(lambda row: row.client_id != self.client)
        self.assertEqual((mother.client_id, son.client_id), (self.client, self.son))
        self.assertRecordValues(
            son.line_ids, [{"area_id": area.id, "strength": 2, "need": 5, "client_id": self.son.id}]
        )
        self.assertRecordValues(mother.line_ids, [{"strength": 4, "need": 0}])
        self.assertFalse(wizard.rating_ids, "nothing stays behind in the dialog")

    def test_review_rates_nobody_without_consent_or_part(self):
        """Areas that need a consent of its own, who has withdrawn, and strangers have no row."""
        plan = self._of_family()
        self._consent(self.client, purpose="health")
        rows = self.env["integration.plan.review.wizard.rating"].with_env(plan.env)
        values = rows._for_family(plan, self.health | self.housing)
        self.assertEqual([row["area_id"] for row in values], [self.housing.id])
        wizard = self._review(plan)
        stranger = self._client(self.worker_a, "Stranger")
        wizard.rating_ids = [
            Command.create({"client_id": stranger.id, "area_id": self.housing.id, "strength": 1})
        ]
        self.assertRefused("takes no part in the plan", wizard.action_record)
        self._consent(self.son, "withdrawn")
        self.assertFalse(rows._for_family(plan, self.housing))

    def test_review_rates_nobody_who_has_a_file_of_her_own_by_now(self):
        plan = self._of_family()
        first = self._review(plan)
        first.rating_ids[0].strength = 2
        wizard = self._review(plan)
        wizard.rating_ids[0].strength = 4
        first.action_record()
        self._case(self.son)
        self.assertRefused("takes no part in the plan", wizard.action_record)

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

    def test_review_speaks_of_whom_it_names(self):
        """Ratings of a goal are the client's, whoever else was assessed that day."""
        son = self._of_son({self.housing: (2, 4)}, kind="review")
        self.Assessment._record_ratings(
            self.case, self.client, self.today, {self.housing: {"need": 1}}
        )
        self.assertEqual(son.line_ids.need, 4)
        other = self.case.assessment_ids - son
        self.assertEqual((other.client_id, other.line_ids.need), (self.client, 1))

    def test_lines_belong_to_the_person(self):
        son = self._of_son({})
        son.line_ids = [Command.create({"area_id": self.housing.id, "need": 3})]
        self.assertEqual(son.line_ids.client_id, self.son)
