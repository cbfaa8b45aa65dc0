from odoo.tests import tagged

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestArrival(FamilyCommon):
    """Relatives arrive: the dialog of a new family, begun at the case that they join."""

    def _filled(self, *persons, **values):
        form = self._form("arrival")
        for name, years, consent in persons:
            with form.line_ids.new() as line:
                line.name = name
                line.birthdate = self._born(years)
                line.consent = consent
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def _arrived(self):
        known = self.mother | self.father | self.child
        home = self._as(self.worker_a)["integration.household"].browse(self.home.id)
        return (home.current_client_ids - known).sorted("id")

    def test_they_join_household_and_case(self):
        form = self._filled(
            ("Beispielenko, Halyna", 61, "paper"), ("Beispielenko, Petro", 6, "paper")
        )
        self.assertEqual((form.street, form.municipality_id), ("Musterweg 1", self.town_a))
        self.assertFalse(form.talk)
        answer = form.save().action_save()
        self.env.invalidate_all()
        grandmother, nephew = self._arrived()
        own = grandmother.case_ids
        self.assertEqual(len(own), 1, "adults get a case of their own")
        self.assertEqual(answer["res_id"], self.case.id)
        self.assertEqual(nephew.family_case_id, self.case, "minors are accompanied in the family's")
        self.assertEqual(nephew.street, "Musterweg 1")
        self.assertEqual(nephew.consent_ids.guardian_id, grandmother)
        self.assertEqual(len(self.home.current_client_ids), 5)

    def test_guardian_of_the_household_answers_for_a_child_alone(self):
        form = self._filled(("Beispielenko, Petro", 6, "paper"))
        self.assertRefused("needs a guardian", form.save().action_save)
        form = self._filled(("Beispielenko, Petro", 6, "paper"))
        self.assertIn(self.mother.id, form.guardian_ids.ids)
        self.assertNotIn(self.child.id, form.guardian_ids.ids)
        form.guardian_id = self.mother
        form.save().action_save()
        self.assertEqual(self._arrived().consent_ids.guardian_id, self.mother)
        self.assertFalse(self._arrived().case_ids, "the family's case carries everybody")

    def test_protected_address_covers_whoever_comes(self):
        self.mother.protected_address = True
        self._filled(("Beispielenko, Halyna", 61, "later")).save().action_save()
        self.assertTrue(self._arrived().protected_address)

    def test_first_talk_is_optional(self):
        form = self._filled(("Beispielenko, Halyna", 61, "paper"))
        form.talk = True
        form.note = "She has arrived and is tired."
        form.save().action_save()
        own = self._arrived().case_ids
        self.assertEqual(own.contact_ids.client_ids, self._arrived())

    def test_not_into_a_closed_case(self):
        reason = self.env.ref("integration_management.closure_reason_goals_reached")
        form = self._filled(("Beispielenko, Halyna", 61, "later"))
        self.case._close(reason, self.today)
        self.assertRefused("Reopen it before", form.save().action_save)

    def test_not_into_a_case_of_somebody_else(self):
        foreign = self._case(self._client(self.colleague_a, "Erfunden, Yonas"))
        dialogs = self._as(self.worker_a)["integration.family.new"]
        line = {"name": "Any", "consent": "later"}
        values = {"municipality_id": self.town_a.id, "line_ids": [(0, 0, line)]}
        with self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017
            dialogs.create({**values, "case_id": foreign.id}).action_save()
        self.assertFalse(foreign.member_ids)

    def test_a_new_family_stays_as_it_was(self):
        dialog = self._as(self.worker_a)["integration.family.new"].create(
            {"municipality_id": self.town_a.id}
        )
        self.assertFalse(dialog.case_id or dialog.street)
        self.assertTrue(dialog.talk)
