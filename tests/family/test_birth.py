from odoo.tests import tagged

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestBirth(FamilyCommon):
    """A child is born: one dialog, and nothing is typed that the file knows."""

    def _baby(self):
        return self.case.with_env(self._as(self.worker_a)).member_ids - self.father - self.child

    def _filled(self, consent="paper", **values):
        form = self._form("birth")
        form.name = "Beispielenko, Danylo"
        form.birthdate = self.today
        form.consent = consent
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def test_everything_at_once(self):
        ukrainian = self.env["integration.language"].search([], limit=1)
        self.mother.language_ids = ukrainian
        form = self._filled(gender="male")
        self.assertEqual(form.client_id, self.mother)
        message = self._press(form)
        baby = self._baby()
        self.assertIn(baby.file_number, message)
        self.assertIn(self.case.file_number, message)
        self.assertEqual(baby.household_id, self.home)
        self.assertEqual(baby.household_member_ids.role, "child")
        self.assertEqual(baby.household_member_ids.date_from, self.today)
        self.assertEqual((baby.street, baby.city), ("Musterweg 1", "Aheim"))
        self.assertFalse(baby.phone, "a baby has no telephone")
        self.assertEqual(baby.language_ids, ukrainian)
        self.assertEqual(baby.consent_ids.guardian_id, self.mother)
        self.assertEqual(baby.consent_state, "given")
        self.assertEqual(baby.family_case_id, self.case)

    def test_the_other_parent_decides(self):
        form = self._filled()
        form.client_id = self.father
        self._press(form)
        self.assertEqual(self._baby().consent_ids.guardian_id, self.father)

    def test_a_minor_is_no_guardian(self):
        form = self._filled()
        form.client_id = self.child
        self.assertRefused("guardian", self._press, form)
        self.assertFalse(self._baby())

    def test_not_asked_yet_leaves_a_card(self):
        self._press(self._filled("later"))
        baby = self._baby()
        self.assertEqual((baby.consent_state, len(baby.consent_ids)), ("none", 0))

    def test_orally_needs_a_witness(self):
        form = self._filled("oral", witness="A colleague of the town")
        self._press(form)
        self.assertEqual(self._baby().consent_ids.witness, "A colleague of the town")

    def test_child_of_a_protected_address_is_protected(self):
        self.mother.protected_address = True
        self._press(self._filled())
        self.assertTrue(self._baby().protected_address)

    def test_nobody_is_born_tomorrow_and_no_answer_is_none(self):
        form = self._filled()
        form.birthdate = self._born(0, 1)
        self.assertRefused("once it is born", self._press, form)
        dialog = self._as(self.worker_a)["integration.family.birth"].create(
            {"case_id": self.case.id, "client_id": self.mother.id, "name": "Any"}
        )
        self.assertRefused("agrees", dialog.action_save)

    def test_a_mother_without_household_gets_one(self):
        single = self._client(self.worker_a, "Erfunden, Hana", birthdate=self._born(22))
        case = self._case(single)
        form = self._form("birth", case_id=case.id)
        form.name = "Erfunden, Ada"
        form.consent = "later"
        self._press(form)
        self.assertEqual(len(single.household_id.current_client_ids), 2)
        self.assertEqual(len(case.member_ids), 1)

    def test_from_the_person_without_a_case(self):
        lone = self._client(self.worker_a, "Erfunden, Sara", birthdate=self._born(30))
        form = self._form("birth", client_id=lone.id)
        form.name = "Erfunden, Ben"
        form.consent = "paper"
        self._press(form)
        (baby,) = lone.household_id.current_client_ids - lone
        self.assertFalse(baby.family_case_id)
        self.assertTrue(self._reads(self.worker_a, baby))
