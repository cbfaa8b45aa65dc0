from odoo import api, models

from ...tools import ROLES

MEMBERS = {"user_ids", "implied_ids", "implied_by_ids", "all_user_ids", "all_implied_ids"}


class ResGroups(models.Model):
    """Roles of ours given by way of the group are noted like those given to the user."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        before = self._integration_holders()._integration_roles()
        groups = super().create(vals_list)
        self._follow_integration_holders(before)
        return groups

    def write(self, vals):
        if not (isinstance(vals, dict) and vals.keys() & MEMBERS):
            return super().write(vals)
        before = self._integration_holders()._integration_roles()
        result = super().write(vals)
        self._follow_integration_holders(before)
        return result

    def unlink(self):
        """Note the roles that were held by way of the groups alone."""
        before = self._integration_holders()._integration_roles()
        groups = self.env["res.groups"]
        result = super().unlink()
        groups._follow_integration_holders(before)
        return result

    @api.model
    def _integration_holders(self):
        """Return everybody with a role of ours, in whatever way."""
        names = [f"integration_management.group_{role}" for role in ROLES]
        groups = [self.env.ref(name, raise_if_not_found=False) for name in names]
        # sudo: res.groups - who holds a role, for the register alone
        users = self.env["res.users"].sudo().union(*(g.sudo().all_user_ids for g in groups if g))
        return users.sudo(False)

    @api.model
    def _follow_integration_holders(self, before):
        known = self.env["res.users"].union(*(user for user, _role, _company in before))
        (known | self._integration_holders())._follow_integration_roles(before)
