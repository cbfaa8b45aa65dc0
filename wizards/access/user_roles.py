from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...models.mixins.once import once
from ...tools import ROLES, without_defaults


class IntegrationUserRoles(models.TransientModel):
    """Users and roles of the own employer, for its administrator, without Odoo's Settings right."""

    _name = "integration.user.roles"
    _inherit = ["integration.once"]
    _description = "User and Roles"

    user_id = fields.Many2one(
        "res.users",
        string="Existing User",
        domain="[('id', 'in', possible_user_ids)]",
        help="Leave empty to enter a new user.",
    )
    possible_user_ids = fields.Many2many("res.users", compute="_compute_possible_user_ids")
    name = fields.Char()
    login = fields.Char(string="E-mail")
    caseworker = fields.Boolean(
        string="Case Worker", compute="_compute_roles", store=True, readonly=False
    )
    lead = fields.Boolean(
        string="Team leader", compute="_compute_roles", store=True, readonly=False
    )
    reporting = fields.Boolean(
        string="Reporting officer", compute="_compute_roles", store=True, readonly=False
    )
    county = fields.Boolean(
        string="County coordinator", compute="_compute_roles", store=True, readonly=False
    )
    dpo = fields.Boolean(
        string="Data protection officer", compute="_compute_roles", store=True, readonly=False
    )
    admin = fields.Boolean(
        string="Administrator of the employer", compute="_compute_roles", store=True, readonly=False
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_possible_user_ids(self):
        for wizard in self:
            wizard.possible_user_ids = self._own_users()

    @api.depends("user_id")
    def _compute_roles(self):
        own_users = self._own_users()
        for wizard in self:
            # sudo: res.users - the groups of a user of the own employer
            groups = (wizard.user_id._origin & own_users).sudo().group_ids
            for role in ROLES:
                wizard[role] = self._group(role) in groups

    @once
    def action_save(self):
        """Create the user if needed and set exactly the ticked roles of ours.

        :raises AccessError: not an administrator of just this employer
        """
        self.ensure_one()
        if not self.env.user.has_group("integration_management.group_admin"):
            raise AccessError(self.env._("Only an administrator of the employer does this."))
        if self.user_id and self.user_id not in self._own_users():
            raise AccessError(self.env._("This user does not belong to your employer alone."))
        self._check_county_role()
        # sudo: res.users - administrators of ours may not write users; it is one of their own
        # employer without Odoo's Settings right, and only our six roles are touched
        user = (self.user_id or self._create_user()).sudo()
        user.write(
            {
                "group_ids": [
                    Command.link(self._group(role).id)
                    if self[role]
                    else Command.unlink(self._group(role).id)
                    for role in ROLES
                ]
            }
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The roles of %s are saved.", user.name),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_county_role(self):
        """Give the coordinator's role at a county office only.

        It writes the shared rows, on which every employer's figures rest.
        """
        if self.county and self.env.company.integration_employer_type != "county":
            raise AccessError(
                self.env._("Only a county office has coordinators; your employer is none.")
            )

    @api.model
    def _own_users(self):
        """Return the internal users of this employer alone, without system administrators."""
        # sudo: res.users - their groups decide
        users = (
            self.env["res.users"]
            .sudo()
            .search([("company_ids", "in", self.env.company.ids), ("share", "=", False)])
        )
        return users.filtered(
            lambda u: (
                u.company_ids == self.env.company
                and not u.has_group("base.group_system")
                and not u.has_group("base.group_erp_manager")
            )
        ).sudo(False)

    def _create_user(self):
        if not (self.name and self.login):
            raise UserError(self.env._("A new user needs a name and an e-mail address."))
        # sudo: res.users - see action_save()
        users = self.env["res.users"].sudo()
        if users.with_context(active_test=False).search_count(
            [("login", "=", self.login)], limit=1
        ):
            raise UserError(self.env._("There is a user with this e-mail address already."))
        company = self.env.company
        return without_defaults(users).create(
            {
                "name": self.name,
                "login": self.login,
                "email": self.login,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )

    @api.model
    def _group(self, role):
        return self.env.ref(f"integration_management.group_{role}")
