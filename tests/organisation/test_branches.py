from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestBranches(IntegrationCommon):
    """Odoo shows the contacts of a company to its branches; clients stay with the employer."""

    def test_people_of_a_branch_see_no_client(self):
        client = self._client(self.worker_a, "Person of the Parent")
        case = self._case(client)
        ordinary = self.env["res.partner"].create(
            {"name": "Ordinary", "company_id": self.company_a.id}
        )
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company_a.id})
        roles = ("caseworker", "lead", "dpo", "admin")
        users = [self._new_user(f"b_{role}", f"{MODULE}.group_{role}", branch) for role in roles]
        users.append(self._new_user("b_none", "base.group_user", branch))
        # One who left an entry behind when she changed to the branch
        case.sudo().access_ids.copy({"user_id": users[0].id})
        for user in users:
            env = self._as(user)
            with self.subTest(user.login):
                self.assertIn(ordinary, env["res.partner"].search([]))
                self.assertNotIn(client.sudo().partner_id, env["res.partner"].search([]))
                for record in (client, case, client.sudo().partner_id):
                    self.assertFalse(record.with_env(env).has_access("read"))
        self.assertTrue(case.has_access("read"))

    def test_settings_show_the_company_above(self):
        parent = self.env["res.company"].create({"name": "Holding"})
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": parent.id})
        branch.integration_employer_type = "agency"
        admin = self._new_user("admin_branch", f"{MODULE}.group_admin", branch)
        settings = self._as(admin)["integration.employer.settings"].create({})
        (shown,) = settings.web_read({"parent_id": {"fields": {"display_name": {}}}})
        self.assertEqual(shown["parent_id"]["display_name"], "Holding")
