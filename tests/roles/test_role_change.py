from datetime import timedelta

from psycopg2.errors import ForeignKeyViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.models.roles.res_users import ResUsers

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestRoleChange(IntegrationCommon):
    """Nobody makes herself data protection, looks, and takes it off without a trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.register = cls.env["integration.role.change"]
        cls.system = cls._new_user(
            "settings", f"base.group_system,{MODULE}.group_base", cls.company_a
        )

    def _group(self, role):
        return self.env.ref(f"{MODULE}.group_{role}")

    def _wizard(self, by, user, **roles):
        return self._as(by)["integration.user.roles"].create({"user_id": user.id, **roles})

    def _rows(self, user, kind=None):
        """Return the (kind, role, by) noted about ``user`` since the test began."""
        rows = self.register.search([("user_id", "=", user.id), ("by_id", "!=", self.env.uid)])
        return [(row.kind, row.role, row.by_id) for row in rows.sorted("id")]

    def _told(self, user):
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("summary", "ilike", "changes of roles")]
        )

    # ------------------------------------------------------------
    # What is noted, and who is told
    # ------------------------------------------------------------

    def test_dialog_is_noted_and_data_protection_told(self):
        self._wizard(self.admin_a, self.worker_a, caseworker=True, lead=True).action_save()
        given = [("given", "lead", self.admin_a), ("given", "reporting", self.admin_a)]
        self.assertEqual(self._rows(self.worker_a), given)
        self.assertIn("Team leader", self._told(self.dpo_a).summary)
        self.assertFalse(self._told(self.admin_a) | self._told(self.lead_b))
        self._wizard(self.admin_a, self.worker_a, caseworker=True, lead=False).action_save()
        self.assertIn(("taken", "lead", self.admin_a), self._rows(self.worker_a))
        self.assertEqual(len(self._told(self.dpo_a)), 2)

    def test_every_other_way_is_noted_as_well(self):
        """An Odoo administrator stands outside the walls, and leaves her traces, too."""
        lead, person = self._group("lead"), self.employee
        users, groups = (self._as(self.system)[name] for name in ("res.users", "res.groups"))
        ways = (
            (
                lambda: users.browse(person.id).write({"group_ids": [Command.link(lead.id)]}),
                "given",
            ),
            (
                lambda: groups.browse(lead.id).write({"user_ids": [Command.unlink(person.id)]}),
                "taken",
            ),
            (
                lambda: groups.create(
                    {
                        "name": "Round about",
                        "user_ids": [Command.link(person.id)],
                        "implied_ids": [Command.link(lead.id)],
                    }
                ),
                "given",
            ),
            (
                lambda: groups.search([("name", "=", "Round about")]).write(
                    {"implied_ids": [Command.unlink(lead.id)]}
                ),
                "taken",
            ),
            (
                lambda: groups.search([("name", "=", "Round about")]).write(
                    {"implied_ids": [Command.link(lead.id)]}
                ),
                "given",
            ),
            (
                lambda: users.browse(person.id).write(
                    {"group_ids": [Command.set(self.env.ref("base.group_user").ids)]}
                ),
                "taken",
            ),
        )
        for number, (way, kind) in enumerate(ways, 1):
            with self.subTest(number):
                way()
                rows = [row for row in self._rows(person) if row[1] == "lead"]
                self.assertEqual(len(rows), number)
                self.assertEqual(rows[-1], (kind, "lead", self.system))
                self.assertEqual(len(self._told(self.dpo_a)), number)

    def test_deleted_group_and_employer_are_ways_as_well(self):
        groups = self._as(self.system)["res.groups"]
        group = groups.create(
            {
                "name": "Round about",
                "user_ids": [Command.link(self.employee.id)],
                "implied_ids": [Command.link(self._group("lead").id)],
            }
        )
        group.unlink()
        self.assertIn(("taken", "lead", self.system), self._rows(self.employee))
        foreign = self._new_user("dpo_b", f"{MODULE}.group_dpo", self.company_b)
        company = self._as(self.system)["res.company"].browse(self.company_a.id)
        company.write({"user_ids": [Command.link(foreign.id)]})
        self.assertEqual(self._rows(foreign), [("given", "dpo", self.system)])
        self.assertTrue(self._told(self.dpo_a))
        companies = self._as(self.system)["res.company"].sudo()
        companies.create({"name": "New Employer", "user_ids": [Command.link(foreign.id)]})
        self.assertEqual(self._rows(foreign), [("given", "dpo", self.system)] * 2)

    def test_new_user_with_roles_is_noted(self):
        self._as(self.admin_a)["integration.user.roles"].create(
            {"name": "New", "login": "new@example.com", "dpo": True}
        ).action_save()
        user = self.env["res.users"].search([("login", "=", "new@example.com")])
        self.assertEqual(self._rows(user), [("given", "dpo", self.admin_a)])
        self.assertTrue(self._told(self.dpo_a))

    def test_where_there_is_no_data_protection_the_other_administrator_is_told(self):
        other = self._new_user("admin_2", f"{MODULE}.group_admin", self.company_a)
        self.dpo_a.group_ids = [Command.unlink(self._group("dpo").id)]
        self._wizard(self.admin_a, self.worker_a, caseworker=True, lead=True).action_save()
        self.assertTrue(self._told(other))

    def test_whoever_loses_data_protection_hears_of_it(self):
        self._wizard(self.admin_a, self.dpo_a, dpo=False, reporting=True).action_save()
        self.assertTrue(self._told(self.dpo_a))

    def test_register_is_written_by_nobody_and_read_by_its_employer(self):
        self._wizard(self.admin_a, self.worker_a, caseworker=True, lead=True).action_save()
        row = self.register.search([("by_id", "=", self.admin_a.id)], limit=1)
        for user in (self.dpo_a, self.admin_a):
            own = row.with_env(self._as(user))
            self.assertTrue(own.read(["user_id", "role"]))
            for function in (own.unlink, lambda own=own: own.write({"kind": "refused"}), own.copy):
                with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                    function()
        for user in (self.worker_a, self.lead_a, self.lead_b, self.system):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                row.with_env(self._as(user)).read(["role"])
        with (
            self.assertRaises(ForeignKeyViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.worker_a.unlink()

    # ------------------------------------------------------------
    # A second person
    # ------------------------------------------------------------

    def test_administrator_does_not_make_herself_data_protection(self):
        self._wizard(self.admin_a, self.admin_a, admin=True, dpo=True).action_save()
        self.assertFalse(self.admin_a.has_group(f"{MODULE}.group_dpo"))
        asked = self.register.search([("kind", "=", "asked")])
        self.assertEqual(
            (asked.user_id, asked.role, asked.by_id), (self.admin_a, "dpo", self.admin_a)
        )
        self.assertTrue(self._told(self.dpo_a))
        for user in (self.admin_a, self.worker_a, self.lead_b):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                asked.with_env(self._as(user)).action_confirm()
        asked.with_env(self._as(self.dpo_a)).action_confirm()
        self.assertTrue(self.admin_a.has_group(f"{MODULE}.group_dpo"))
        self.assertEqual((asked.kind, asked.decided_by_id), ("confirmed", self.dpo_a))
        with self.assertRaises(AccessError):
            asked.with_env(self._as(self.dpo_a)).action_confirm()

    def test_nor_by_giving_up_the_administration(self):
        """To look, and to be made administrator again by somebody who knows nothing."""
        self._wizard(self.admin_a, self.admin_a, admin=False, dpo=True).action_save()
        self.assertFalse(self.admin_a.has_group(f"{MODULE}.group_dpo"))

    def test_nor_data_protection_an_administrator(self):
        self._new_user("admin_2", f"{MODULE}.group_admin", self.company_a)
        self._wizard(self.admin_a, self.dpo_a, dpo=True, admin=True).action_save()
        self.assertFalse(self.dpo_a.has_group(f"{MODULE}.group_admin"))

    def test_refused_by_the_second_person(self):
        self._wizard(self.admin_a, self.admin_a, admin=True, dpo=True).action_save()
        asked = self.register.search([("kind", "=", "asked")])
        asked.with_env(self._as(self.dpo_a)).action_refuse()
        self.assertEqual(asked.kind, "refused")
        self.assertFalse(self.admin_a.has_group(f"{MODULE}.group_dpo"))

    def test_a_second_person_made_for_it_is_none(self):
        self.dpo_a.group_ids = [Command.unlink(self._group("dpo").id)]
        self._wizard(self.admin_a, self.worker_a, admin=True).action_save()
        dialog = self._wizard(self.admin_a, self.admin_a, admin=True, dpo=True)
        with self.assertRaises(UserError):
            dialog.action_save()
        row = self.register.search([("role", "=", "admin"), ("user_id", "=", self.worker_a.id)])
        row.date = fields.Datetime.now() - timedelta(days=31)
        dialog.action_save()
        self.assertFalse(self.admin_a.has_group(f"{MODULE}.group_dpo"))
        asked = self.register.search([("kind", "=", "asked")])
        asked.with_env(self._as(self.worker_a)).action_confirm()
        self.assertTrue(self.admin_a.has_group(f"{MODULE}.group_dpo"))

    def test_data_protection_made_for_it_is_no_second_person_either(self):
        """Neither beside a real one nor alone, and the others are told of her."""
        other = self._new_user("admin_2", f"{MODULE}.group_admin", self.company_a)
        self.dpo_a.group_ids = [Command.unlink(self._group("dpo").id)]
        self._wizard(self.admin_a, self.employee, dpo=True).action_save()
        self.assertTrue(self._told(other), "the new one does not take the place of the others")
        self._wizard(self.admin_a, self.admin_a, admin=True, dpo=True).action_save()
        asked = self.register.search([("kind", "=", "asked")])
        with self.assertRaises(AccessError):
            asked.with_env(self._as(self.employee)).action_confirm()
        asked.with_env(self._as(other)).action_confirm()
        self.assertTrue(self.admin_a.has_group(f"{MODULE}.group_dpo"))

    def test_nobody_opens_files_to_herself(self):
        """Nor by giving up the administration; data protection or another one confirms it."""
        for roles in (
            {"admin": True, "lead": True},
            {"admin": True, "caseworker": True},
            {"admin": False, "lead": True},
        ):
            with self.subTest(roles):
                self._wizard(self.admin_a, self.admin_a, **roles).action_save()
                self.assertFalse(
                    self.admin_a.has_group(f"{MODULE}.group_lead")
                    or self.admin_a.has_group(f"{MODULE}.group_caseworker")
                )
                self.admin_a.group_ids = [Command.link(self._group("admin").id)]
        asked = self.register.search([("kind", "=", "asked"), ("role", "=", "lead")], limit=1)
        asked.with_env(self._as(self.dpo_a)).action_confirm()
        self.assertTrue(self.admin_a.has_group(f"{MODULE}.group_lead"))

    def test_office_of_one_begins_alone(self):
        self.dpo_a.group_ids = [Command.unlink(self._group("dpo").id)]
        self._wizard(self.admin_a, self.admin_a, admin=True, caseworker=True).action_save()
        self.assertTrue(self.admin_a.has_group(f"{MODULE}.group_caseworker"))

    def test_nobody_left_to_confirm_is_said(self):
        self.dpo_a.group_ids = [Command.unlink(self._group("dpo").id)]
        with self.assertRaisesRegex(UserError, "second"):
            self._wizard(self.admin_a, self.admin_a, admin=True, dpo=True).action_save()

    def test_settings_do_not_go_past_the_second_person(self):
        users = self._as(self.system)["res.users"]
        for user, roles in ((self.admin_a, "dpo"), (self.dpo_a, "admin"), (self.system, "dpo")):
            with self.assertRaisesRegex(UserError, "second"), self.cr.savepoint():
                users.browse(user.id).write({"group_ids": [Command.link(self._group(roles).id)]})
        with self.assertRaisesRegex(UserError, "second"), self.cr.savepoint():
            users.browse(self.admin_a.id).with_context(integration_system=True).write(
                {"group_ids": [Command.link(self._group("dpo").id)]}
            )

    def test_two_employers_are_two(self):
        """Who administers one may be data protection of another, if each is given by itself."""
        self.assertFalse(
            self.register.search([("kind", "=", "asked"), ("company_id", "=", self.company_b.id)])
        )
        self._wizard(self.admin_a, self.admin_a, admin=True, dpo=True).action_save()
        foreign = self._new_user("dpo_b", f"{MODULE}.group_dpo", self.company_b)
        asked = self.register.search([("kind", "=", "asked")])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            asked.with_env(self._as(foreign)).action_confirm()
        self.assertFalse(self._told(foreign))

    # ------------------------------------------------------------
    # What it costs others
    # ------------------------------------------------------------

    def test_whoever_has_no_role_of_ours_is_written_as_without_us(self):  # pylint: disable=missing-return
        """In a database with other apps most users are none of ours."""
        system = self._as(self.system)
        group = system["res.groups"].sudo().create({"name": "Of another app"})
        user = system["res.users"].browse(self.employee.id)

        def queries(write):
            costs = []
            for command in (Command.link(group.id), Command.unlink(group.id)) * 2:
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                write({"group_ids": [command]})
                self.env.flush_all()
                costs.append(self.env.cr.sql_log_count - before)
            return min(costs)

        without = queries(super(ResUsers, user).write)
        self.assertLessEqual(queries(user.write), without + 2)
