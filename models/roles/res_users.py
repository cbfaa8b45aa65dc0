from odoo import api, models
from odoo.exceptions import UserError

from ...tools import ROLES
from ..mixins.door import SYSTEM


class ResUsers(models.Model):
    """Each change of a role of ours is noted, whoever makes it and in which way."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._follow_integration_roles(set())
        return users

    def write(self, vals):
        if not (isinstance(vals, dict) and vals.keys() & {"group_ids", "company_ids", "role"}):
            return super().write(vals)
        before = self._integration_roles()
        result = super().write(vals)
        self._follow_integration_roles(before)
        return result

    def _integration_roles(self):
        """Return the set of (user, role, employer) that hold now."""
        # sudo: res.users - the roles alone, for the register
        users = self.sudo()
        names = {role: f"integration_management.group_{role}" for role in ROLES}
        groups = {
            role: self.env.ref(name, raise_if_not_found=False) for role, name in names.items()
        }
        return {
            (user.sudo(False), role, company.sudo(False))
            for user in users
            for role, group in groups.items()
            if group and group in user.all_group_ids
            for company in user.company_ids
        }

    def _follow_integration_roles(self, before):
        """Note what has changed since ``before``, unless it needs a second person.

        :raises UserError: one person would appoint and be data protection
        """
        after = self._integration_roles()
        if after == before:
            return
        if not (self.env.user._is_superuser() or self._is_integration_confirmed()):
            self._check_integration_roles_apart(before, after)
        self.env["integration.role.change"]._note(before, after)

    def _is_integration_confirmed(self):
        return self.env.context.get("integration_system") is SYSTEM

    @api.model
    def _check_integration_roles_apart(self, before, after):
        """Refuse what only a second person may confirm; see ``_waits()`` of the register.

        :raises UserError: also for Odoo's own administrators
        """
        register = self.env["integration.role.change"]
        for user, role, company in after - before:
            roles = {held for who, held, where in after if (who, where) == (user, company)}
            if register._waits(user, role, company, roles):
                raise UserError(
                    self.env._(
                        "%(user)s: data protection controls the administration, and neither opens "
                        "files to herself. One person does so only if a second one confirms it. "
                        "The dialog “Users and Roles” asks for that.",
                        user=user.name,
                    )
                )
