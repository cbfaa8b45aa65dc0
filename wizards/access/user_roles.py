from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...models.mixins.once import once
from ...tools import ROLES, local_today, without_defaults


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
    created_id = fields.Many2one("res.users", readonly=True, export_string_translation=False)
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
    accommodation = fields.Boolean(
        string="Accommodation staff",
        compute="_compute_roles",
        store=True,
        readonly=False,
        help="Enters who moves out of the shared accommodation; sees nothing else.",
    )
    municipality = fields.Boolean(
        compute="_compute_roles",
        store=True,
        readonly=False,
        help="Raises concerns of one municipality and reads their neutral answers; sees nothing "
        "else, and has no other role.",
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        string="Speaks For",
        compute="_compute_municipality_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', possible_municipality_ids)]",
        help="Whose concerns she raises.",
    )
    possible_municipality_ids = fields.Many2many(
        "integration.municipality", compute="_compute_possible_municipality_ids"
    )

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"created_id"}

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

    @api.depends("user_id")
    def _compute_municipality_id(self):
        own_users = self._own_users()
        for wizard in self:
            # sudo: res.users - a user of the own employer
            user = (wizard.user_id._origin & own_users).sudo()
            wizard.municipality_id = user.integration_municipality_id.sudo(False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_possible_municipality_ids(self):
        for wizard in self:
            wizard.possible_municipality_ids = self._own_municipalities()

    @once
    def action_save(self):
        """Create the user if needed and set exactly the ticked roles of ours.

        But for those that a second person must confirm: they wait, and she is told.

        :raises AccessError: not an administrator of just this employer
        """
        self.ensure_one()
        if not self.env.user.has_group("integration_management.group_admin"):
            raise AccessError(self.env._("Only an administrator of the employer does this."))
        if self.user_id and self.user_id not in self._own_users():
            raise AccessError(self.env._("This user does not belong to your employer alone."))
        self._check_county_role()
        self._check_municipality()
        created = not self.user_id
        # sudo: res.users - administrators of ours may not write users; it is one of their own
        # employer without Odoo's Settings right, and only our own roles are touched
        user = (self.user_id or self._create_user()).sudo()
        if created:
            self._as_system().created_id = user
        waiting = self._roles_to_confirm(user)
        user.write(
            {
                "group_ids": [
                    Command.link(self._group(role).id)
                    if self[role]
                    else Command.unlink(self._group(role).id)
                    for role in ROLES
                    if role not in waiting
                ],
                "integration_municipality_id": self.municipality and self.municipality_id.id,
            }
        )
        message = self._saved_words(user, created)
        if waiting:
            persons = self.env["integration.role.change"]._ask(user.sudo(False), waiting)
            waits = self.env._(
                "Data protection and administration in one hand, and roles that open files given "
                "to oneself, wait for a second person: %s. Everything else is saved.",
                ", ".join(persons.mapped("name")),
            )
            message = f"{waits} {message}" if created else waits
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if waiting else "success",
                "message": message,
                "sticky": created,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _roles_to_confirm(self, user):
        """Return the ticked roles that ``user``, a superuser's record, gets with a second person.

        Of two that go together not, the one that she holds already stays.
        """
        held = {role for role in ROLES if self._group(role) in user.group_ids}
        ticked = {role for role in ROLES if self[role]}
        register = self.env["integration.role.change"]
        waiting = {
            role
            for role in ticked - held
            if register._waits(user.sudo(False), role, self.env.company, ticked)
        }
        return waiting - {"admin"} if waiting >= {"dpo", "admin"} else waiting

    def action_send_password(self):
        """Send a link by which the user sets a new password of her own; nobody else sees it.

        :raises AccessError: not an administrator of just this employer
        """
        self.ensure_one()
        if not self.env.user.has_group("integration_management.group_admin"):
            raise AccessError(self.env._("Only an administrator of the employer does this."))
        if not self.user_id or self.user_id not in self._own_users():
            raise AccessError(self.env._("This user does not belong to your employer alone."))
        if not self._sends_mail():
            raise UserError(
                self.env._(
                    "No e-mail leaves this server, so the link cannot be sent. Have outgoing mail "
                    "set up; until then somebody with Odoo's Settings right sets a password."
                )
            )
        # sudo: res.users - the link goes to the user's own address, and to nobody else
        user = without_defaults(self.user_id.sudo())
        user.action_reset_password()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("A link for a new password is on its way to %s.", user.login),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _sends_mail(self):
        """Return whether mail leaves this server, and links for passwords can be made."""
        # sudo: ir.mail_server - only whether there is one
        servers = self.env["ir.mail_server"].sudo().search_count([], limit=1)
        return bool(servers) and hasattr(self.env["res.users"], "action_reset_password")

    def _saved_words(self, user, created):
        """Say what was saved, and that a new user gets a link to set a password, if she does."""
        saved = self.env._("The roles of %s are saved.", user.name)
        if not created or not self._sends_mail():
            return saved
        sent = self.env._("A link to set a password was sent to %s.", user.login)
        return f"{saved} {sent}"

    def _answer_to_show(self, kept):
        """Add the link by which a new user sets her password, where no mail leaves this server.

        The administrator hands it over. That is no way into a file: a user who has just been
        created has none. It is made for the answer alone and kept nowhere; whoever presses again
        gets one as long as nobody has logged in by it.
        """
        # sudo: self, res.users - a user whom this dialog has created, still of the employer; the
        # administrator may just have given up her own role
        user = (self.sudo().created_id & self._own_users()).sudo()
        partner = user.partner_id
        by_hand = user and not self._sends_mail() and hasattr(partner, "_get_signup_url")
        admin = self.env.user.has_group("integration_management.group_admin")
        if not (by_hand and admin) or user.login_date:
            return kept
        partner.signup_prepare()
        link = self.env._(
            "No e-mail leaves this server. Hand over this link, by which a password is set: %s",
            partner._get_signup_url(),
        )
        params = dict(kept["params"], message=f"{kept['params']['message']} {link}")
        return dict(kept, params=params)

    def _check_county_role(self):
        """Give the coordinator's role at a county office only.

        It writes the shared rows, on which every employer's figures rest.
        """
        if self.county and self.env.company.integration_employer_type != "county":
            raise AccessError(
                self.env._("Only a county office has coordinators; your employer is none.")
            )

    def _check_municipality(self):
        """Let a user speak for a municipality of this employer alone.

        :raises UserError: none was chosen, or that of others
        """
        if not self.municipality:
            return
        if not self.municipality_id:
            raise UserError(self.env._("Choose for which municipality the user speaks."))
        if self.municipality_id not in self._own_municipalities():
            raise UserError(
                self.env._(
                    "%s lies with another employer, whose administration gives this role.",
                    self.municipality_id.name,
                )
            )

    @api.model
    def _own_municipalities(self):
        """Return those with a mandate of this employer; a county office has all of its county."""
        towns = self.env["integration.municipality"]
        if self.env.company.integration_employer_type == "county":
            return towns.search([("county_id.company_id", "=", self.env.company.id)])
        today = local_today(self.env)
        return towns.search(
            [
                (
                    "mandate_ids",
                    "any",
                    [
                        ("company_id", "=", self.env.company.id),
                        ("date_start", "<=", today),
                        "|",
                        ("date_end", "=", False),
                        ("date_end", ">=", today),
                    ],
                )
            ]
        )

    @api.model
    def _own_users(self):
        """Return the internal users of this employer alone, without system administrators."""
        # sudo: res.users - their groups decide
        users = self.env["res.users"].sudo()
        users = users.search([("company_ids", "in", self.env.company.ids), ("share", "=", False)])
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
