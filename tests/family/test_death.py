from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestDeath(FamilyCommon):
    """Somebody dies: what ends with her ends, and the family goes on."""

    def _die(self, client, days_ago=0, **defaults):
        form = self._form("death", **defaults)
        self.assertFalse(form.client_id, "nobody is proposed")
        form.client_id = client
        form.date = self._born(0, -days_ago)
        self.assertTrue(form.consequences)
        self.assertNobodyNamed(form.consequences)
        return self._press(form)

    def test_of_the_client_of_the_case(self):
        area = self.env.ref(f"{MODULE}.area_housing").id
        goal = {"area_id": area, "name": "A flat", "step_ids": [Command.create({"name": "Call"})]}
        plan = self.case.env["integration.plan"].create(
            {"case_id": self.case.id, "line_ids": [Command.create(goal)]}
        )
        plan.action_agree()
        todo = self.env.ref("mail.mail_activity_data_meeting")
        self.case.activity_schedule(activity_type_id=todo.id, user_id=self.worker_a.id)
        message = self._die(self.mother)
        self.assertIn(self.mother.file_number, message)
        self.assertEqual(self.mother.date_death, self.today)
        self.assertEqual((self.case.state, self.case.date_end), ("closed", self.today))
        self.assertEqual(self.case.closure_reason_id.kind, "death")
        self.assertEqual(plan.step_ids.state, "dropped")
        self.assertFalse(self.case.sudo().activity_ids, "nobody comes to an appointment")
        row = self.mother.household_member_ids
        self.assertEqual(row.date_to, self.today)
        # Nobody of the others has a case: they stay with the worker, and in no closed one
        for relative in self.father | self.child:
            self.assertFalse(relative.family_case_id)
            self.assertTrue(self._reads(self.worker_a, relative))

    def test_the_others_go_on_in_the_case_of_the_household(self):
        fathers = self._case(self.father)
        self._die(self.mother)
        self.assertEqual(self.child.family_case_id, fathers)
        self.assertEqual(fathers.state, "open")

    def test_of_somebody_accompanied(self):
        self._die(self.father, days_ago=3)
        self.assertEqual(self.case.state, "open")
        with self.assertRaisesRegex(Exception, f"{self.father.file_number}.*died on"):
            self._talk(self.case, self.mother | self.father)
        self._talk(self.case, self.mother | self.father, days_ago=5)
        self._talk(self.case, self.mother)

    def test_not_before_a_talk_nor_ahead_nor_twice(self):
        self._talk(self.case, self.father, days_ago=2)
        self.assertRefused("a talk on", lambda: self._die(self.father, days_ago=4))
        self.assertRefused("lies between", lambda: self._die(self.father, days_ago=-1))
        self._die(self.father)
        dialog = self._as(self.worker_a)["integration.family.death"].create(
            {"client_id": self.father.id}
        )
        self.assertRefused("entered already", dialog.action_save)

    def test_after_a_withdrawal_as_well(self):
        self._consent(self.father, "withdrawn")
        self._die(self.father)
        self.assertEqual(self.father.date_death, self.today)

    def test_no_request_sets_the_day(self):
        self.assertRefused("Not to be set by hand", self.father.write, {"date_death": self.today})

    def test_taken_back(self):
        self._die(self.mother)
        self.mother.action_take_back_death()
        self.env.invalidate_all()
        self.assertFalse(self.mother.date_death)
        self.assertEqual(self.mother.household_id, self.home)
        self.assertEqual(self.case.state, "open")
        self.assertRefused("no death is entered", self.mother.action_take_back_death)

    def test_whoever_is_dead_is_no_guardian(self):
        self._die(self.father, days_ago=1)
        self.assertNotIn(self.father, self.child._possible_guardians())
        self.assertNotIn(self.father.id, self._form("death").member_ids.ids)
