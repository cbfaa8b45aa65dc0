from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestSeparation(FamilyCommon):
    """Somebody leaves the household: at once, and hidden both ways."""

    def _separate(self, *leaving, **values):
        form = self._form("separation")
        for client in leaving:
            form.leaving_ids.add(client)
        for name, value in values.items():
            setattr(form, name, value)
        return self._press(form)

    def _accompanied(self, case):
        return case.with_env(self._as(self.worker_a)).member_ids

    def test_says_what_it_will_do(self):
        form = self._form("separation")
        self.assertFalse(form.leaving_ids.ids, "nobody is ticked before")
        self.assertFalse(form.consequences)
        form.leaving_ids.add(self.father)
        told = form.consequences
        self.assertIn(self.father.file_number, told)
        self.assertIn("taken out", told)
        self.assertIn("telephone", told)
        self.assertIn(self.worker_a.name, told)
        self.assertNobodyNamed(told)

    def test_whoever_leaves_the_family_leaves_its_case(self):
        """He stayed in it, and its readers saw his new address."""
        message = self._separate(self.father)
        self.assertIn(self.father.file_number, message)
        self.assertFalse(self.father.household_id)
        self.assertEqual(self._accompanied(self.case), self.child)
        own = self.father.case_ids
        self.assertEqual((own.state, own.user_id), ("open", self.worker_a))
        self.assertEqual(self.home.current_client_ids, self.mother | self.child)

    def test_no_letter_goes_to_those_who_stay(self):
        self._separate(self.father)
        self.assertFalse(self.father.street or self.father.zip or self.father.city)
        self.assertFalse(self.father.phone, "it rings with those who stay")
        self.assertEqual(self.mother.street, "Musterweg 1")

    def test_new_address_is_protected_on_request(self):
        self.father.phone = "0171 3920099"
        self._separate(self.father, street="Beispielgasse 2", city="Bheim", protected_address=True)
        self.assertEqual((self.father.street, self.father.city), ("Beispielgasse 2", "Bheim"))
        self.assertTrue(self.father.protected_address)
        self.assertEqual(self.father.phone, "0171 3920099")

    def test_the_client_of_the_case_leaves_with_the_child(self):
        self._separate(self.mother, self.child)
        together = self.mother.household_id
        self.assertTrue(together and together != self.home)
        self.assertEqual(self.child.household_id, together)
        self.assertEqual(self.child.household_member_ids.filtered("date_to").role, "child")
        self.assertEqual(self._accompanied(self.case), self.child)
        self.assertFalse(self.father.family_case_id, "he stays, and leaves her case")
        self.assertEqual(self.father.case_ids.state, "open", "but not out of the work")
        self.assertTrue(self._reads(self.worker_a, self.father))
        self.assertEqual(self.home.current_client_ids, self.father)

    def test_child_goes_along_into_the_new_case(self):
        self._separate(self.father, self.child)
        own = self.father.case_ids
        self.assertEqual(self._accompanied(own), self.child)
        self.assertFalse(self._accompanied(self.case))

    def test_without_a_case_of_their_own(self):
        self._separate(self.father, own_case=False)
        self.assertFalse(self.father.case_ids or self.father.family_case_id)
        self.assertTrue(self._reads(self.worker_a, self.father))

    def test_somebody_has_to_stay_and_somebody_to_leave(self):
        form = self._form("separation")
        for client in self.mother | self.father | self.child:
            form.leaving_ids.add(client)
        self.assertRefused("somebody has to stay", self._press, form)
        self.assertRefused("Choose who leaves", self._press, self._form("separation"))
        self.assertEqual(len(self.home.current_client_ids), 3)

    def test_whoever_was_accompanied_nowhere_gets_no_case(self):
        aunt = self._client(self.worker_a, "Beispielenko, Halyna", birthdate=self._born(50))
        self._join(aunt)
        self._separate(aunt)
        self.assertFalse(aunt.case_ids or aunt.household_id)
        self.assertEqual(self._accompanied(self.case), self.father | self.child)

    def test_after_a_withdrawal_the_end_is_written_alone(self):
        self._consent(self.father, "withdrawn")
        message = self._separate(self.father)
        self.assertIn("stayed as it was", message)
        self.assertFalse(self.father.household_id or self.father.family_case_id)
        self.assertEqual(self.father.street, "Musterweg 1")
        self.assertFalse(self.father.case_ids)

    def test_colleagues_lose_the_other_side_at_once(self):
        for client in self.mother | self.father:
            self._consent(client, purpose="team")
        access = self.env["integration.case.access"]
        access._share_case(self.case.sudo(), self.colleague_a, "team")
        self.assertTrue(self._reads(self.colleague_a, self.father))
        self._separate(self.father, street="Beispielgasse 2")
        self.assertFalse(self._reads(self.colleague_a, self.father))
        self.assertTrue(self._reads(self.colleague_a, self.mother))

    def test_a_talk_with_one_alone_is_not_written_into_the_other_file(self):
        self._separate(self.father)
        self.assertRefused("own case", lambda: self._talk(self.case, self.father, days_ago=0))
        self._talk(self.case, self.mother | self.father, days_ago=0)
        self._talk(self.case, self.father, days_ago=3)
        self._talk(self.father.case_ids, self.father, days_ago=0)

    def test_later_notes_are_hidden_both_ways(self):
        self._separate(self.father, street="Beispielgasse 2", city="Bheim")
        his = self.father.case_ids
        his.sudo()._as_system().with_context(
            integration_transfer_reason="x" * 12
        ).user_id = self.colleague_a
        self.env.invalidate_all()
        theirs = his.with_env(self._as(self.colleague_a))
        talk = self._talk(theirs, days_ago=0)
        note = theirs.env["integration.note"].create({"contact_id": talk.id, "body": "Her secret"})
        mine = self._talk(self.case, days_ago=0)
        own = self.case.env["integration.note"].create({"contact_id": mine.id, "body": "My secret"})
        for reader, closed in (
            (self.worker_a, (self.father, his, talk, note)),
            (self.colleague_a, (self.mother, self.child, self.case, mine, own)),
        ):
            for record in closed:
                if record == his:
                    continue  # a case's dates are for the lead; workers below
                with self.subTest(reader.login, model=record._name):
                    self.assertFalse(self._reads(reader, record))
                    found = self._as(reader)[record._name].search([("id", "in", record.ids)])
                    self.assertFalse(found)
        self.env.invalidate_all()
        home = self._as(self.worker_a)["integration.household"].browse(self.home.id)
        self.assertNotIn(self.father, home.member_ids.client_id, "nor his past membership")
        seen = self._as(self.worker_a)["integration.case"].browse(self.case.id).get_glance()
        self.assertNotIn("Beispielgasse", str(seen))
        self.assertNotIn(self.father.sudo().file_number, str(seen))

    def test_the_way_by_rpc_does_the_same(self):
        """The button of the row was all there was; whoever calls it gets no less."""
        row = self.father.household_member_ids
        row.with_env(self._as(self.worker_a)).action_separate()
        self.env.invalidate_all()
        self.assertFalse(self.father.family_case_id)

    def test_nobody_else_separates(self):
        row = self.father.household_member_ids
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            self.env.invalidate_all()
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
            ):
                row.with_env(self._as(user)).action_separate()
        self.env.invalidate_all()
        self.assertEqual(self.father.household_id, self.home)
