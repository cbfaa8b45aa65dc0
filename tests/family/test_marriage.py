from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestMarriage(FamilyCommon):
    """Two clients live together from a day on, as spouses; each keeps file and case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bride = cls._client(cls.worker_a, "Erfunden, Hana", birthdate=cls._born(24))
        cls.groom = cls._client(cls.worker_a, "Erfunden, Yonas", birthdate=cls._born(27))
        cls.son = cls._client(cls.worker_a, "Erfunden, Ben", consent=False, birthdate=cls._born(3))
        cls.brides, cls.grooms = cls._case(cls.bride), cls._case(cls.groom)
        cls.flat = cls._household(cls.groom, cls.son)

    def _filled(self):
        form = self._form("marriage", case_id=self.brides.id)
        self.assertEqual(form.client_id, self.bride)
        form.spouse_id = self.groom
        return form

    def test_one_household_two_cases(self):
        form = self._filled()
        self.assertEqual(form.spouse_family_ids.ids, self.son.ids)
        form.along_ids.add(self.son)
        message = self._press(form)
        home = self.bride.household_id
        self.assertEqual(self.groom.household_id | self.son.household_id, home)
        self.assertNotEqual(home, self.flat)
        self.assertFalse(self.flat.current_client_ids)
        now = {row.client_id: row.role for row in home.member_ids}
        self.assertEqual((now[self.bride], now[self.groom]), ("partner", "partner"))
        self.assertEqual((self.brides.state, self.grooms.state), ("open", "open"))
        self.assertIn(self.bride.file_number, message)
        before = self.groom.household_member_ids.filtered(lambda r: r.household_id == self.flat)
        self.assertEqual(before.date_to, self._born(0, -1), "until the day before")

    def test_whoever_is_not_ticked_stays(self):
        self._press(self._filled())
        self.assertEqual(self.son.household_id, self.flat)

    def test_within_one_household_roles_change_alone(self):
        form = self._form("marriage", case_id=self.case.id)
        form.spouse_id = self.father
        self.assertFalse(form.spouse_family_ids.ids)
        self._press(form)
        roles = {row.client_id: row.role for row in self.home.member_ids}
        self.assertEqual(
            (roles[self.mother], roles[self.father], roles[self.child]),
            ("partner", "partner", "child"),
        )
        self.assertEqual(len(self.home.member_ids), 3)

    def test_refusals(self):
        form = self._filled()
        form.spouse_id = self.bride
        self.assertRefused("the other spouse", self._press, form)
        form = self._filled()
        form.date = self._born(0, 2)
        self.assertRefused("lies ahead", self._press, form)
        dialog = self._filled().save()
        dialog.along_ids = self.child
        self.assertRefused("come along", dialog.action_save)

    def test_after_a_withdrawal_nothing_is_written(self):
        self._consent(self.groom, "withdrawn")
        self.assertRefused("no valid consent", self._press, self._filled())
        self.assertEqual(self.groom.household_id, self.flat)

    def test_nobody_marries_into_a_closed_file(self):
        foreign = self._client(self.colleague_a, "Erfunden, Nadia")
        dialogs = self._as(self.worker_a)["integration.family.marriage"]
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            dialogs.create({"client_id": self.bride.id, "spouse_id": foreign.id})
