from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .concern_common import ConcernCommon


@tagged("post_install", "-at_install")
class TestConcernRole(ConcernCommon):
    """The administration gives the role, and says for which municipality somebody speaks."""

    def _wizard(self, user, admin=None, **values):
        dialogs = self._as(admin or self.admin_a)["integration.user.roles"]
        return dialogs.create({"user_id": user.id, **values})

    def _group(self, role):
        return self.env.ref(f"{MODULE}.group_{role}")

    def test_given_with_a_municipality_noted_and_taken_away(self):
        user = self.employee
        with self.assertRaisesRegex(UserError, "for which municipality"):
            self._wizard(user, municipality=True).action_save()
        self._wizard(user, municipality=True, municipality_id=self.town_a.id).action_save()
        self.assertTrue(user.has_group(f"{MODULE}.group_municipality"))
        self.assertEqual(user.integration_municipality_id, self.town_a)
        rows = self.env["integration.role.change"].search([("user_id", "=", user.id)])
        self.assertEqual(set(rows.mapped("role")), {"municipality"})
        self.assertEqual(set(rows.mapped("kind")), {"given", "placed"})
        self.assertEqual(rows.municipality_id, self.town_a)
        dialog = self._wizard(user)
        self.assertTrue(dialog.municipality)
        self.assertEqual(dialog.municipality_id, self.town_a)
        dialog.municipality = False
        dialog.action_save()
        self.assertFalse(user.has_group(f"{MODULE}.group_municipality"))
        self.assertFalse(user.integration_municipality_id)

    def _placed(self, user):
        """Return (municipality, by whom) of each change that is noted since the test began."""
        rows = self.env["integration.role.change"].search(
            [("user_id", "=", user.id), ("kind", "=", "placed"), ("by_id", "!=", self.env.uid)]
        )
        return [(row.municipality_id, row.by_id) for row in rows.sorted("id")]

    def test_another_municipality_is_noted_and_told(self):
        """It opens the concerns of another place: like a role, whoever sets it in which way."""
        admin = self._new_user("admin_county", f"{MODULE}.group_admin", self.company_county)
        control = self._new_user("dpo_county", f"{MODULE}.group_dpo", self.company_county)
        told = [("user_id", "=", control.id), ("summary", "ilike", "changes of roles")]
        self._wizard(self.municipality, admin, municipality_id=self.town_b.id).action_save()
        self.assertEqual(self._placed(self.municipality), [(self.town_b, admin)])
        activity = self.env["mail.activity"].search(told)
        self.assertIn(self.town_b.name, activity.summary)
        self.assertIn(self.municipality.name, activity.summary)
        # Saved once more, nothing has changed
        self._wizard(self.municipality, admin).action_save()
        self.assertEqual(len(self._placed(self.municipality)), 1)
        settings = self._new_user("settings", "base.group_system", self.company_county)
        users = self._as(settings)["res.users"]
        users.browse(self.municipality.id).integration_municipality_id = self.town_a.id
        self.assertEqual(self._placed(self.municipality)[1:], [(self.town_a, settings)])
        self.assertEqual(self.env["mail.activity"].search_count(told), 2)

    def test_only_of_ones_own_municipalities(self):
        dialog = self._wizard(self.employee, municipality=True)
        self.assertEqual(dialog.possible_municipality_ids, self.town_a.with_env(dialog.env))
        dialog.municipality_id = self.town_b.id
        with self.assertRaisesRegex(UserError, "another employer"):
            dialog.action_save()
        self.mandate_a.date_end = self.start
        self.assertNotIn(self.town_a.id, self._wizard(self.employee).possible_municipality_ids.ids)

    def test_the_county_office_gives_it_for_its_county(self):
        admin = self._new_user("admin_county", f"{MODULE}.group_admin", self.company_county)
        dialog = self._wizard(self.municipality, admin)
        self.assertLessEqual(
            set((self.town_a | self.town_b).ids), set(dialog.possible_municipality_ids.ids)
        )
        dialog.municipality_id = self.town_b.id
        dialog.action_save()
        self.assertEqual(self.municipality.integration_municipality_id, self.town_b)

    def test_whoever_speaks_for_a_municipality_has_no_other_role(self):
        for role in ("caseworker", "lead", "reporting", "county", "dpo", "admin", "accommodation"):
            with self.subTest(role), self.assertRaises(UserError), self.env.cr.savepoint():
                self.municipality.with_env(self._as(self.admin_a)).sudo().write(
                    {"group_ids": [Command.link(self._group(role).id)]}
                )
        with self.assertRaisesRegex(UserError, "no other role"), self.env.cr.savepoint():
            self._wizard(
                self.colleague_a, caseworker=True, municipality=True, municipality_id=self.town_a.id
            ).action_save()
        # Nor by way of the group
        with self.assertRaisesRegex(UserError, "no other role"):
            self._group("municipality").with_env(self._as(self.admin_a)).sudo().write(
                {"user_ids": [Command.link(self.worker_a.id)]}
            )

    def test_nobody_else_gives_it(self):
        for user in (self.worker_a, self.municipality, self.county_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._wizard(self.employee, user, municipality=True).action_save()
