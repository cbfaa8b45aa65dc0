from odoo import api, models

MEMBERS = {"user_ids", "implied_ids", "implied_by_ids", "all_user_ids", "all_implied_ids"}


class ResGroups(models.Model):
    """Roles of ours given by way of the group are noted like those given to the user."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        before = self.env["res.users"]._all_integration_roles()
        groups = super().create(vals_list)
        self._follow_integration_holders(before)
        return groups

    def write(self, vals):
        if not (isinstance(vals, dict) and vals.keys() & MEMBERS):
            return super().write(vals)
        before = self.env["res.users"]._all_integration_roles()
        result = super().write(vals)
        self._follow_integration_holders(before)
        return result

    def unlink(self):
        """Note the roles that were held by way of the groups alone."""
        before = self.env["res.users"]._all_integration_roles()
        groups = self.env["res.groups"]
        result = super().unlink()
        groups._follow_integration_holders(before)
        return result

    @api.model
    def _follow_integration_holders(self, before):
        users = self.env["res.users"]
        users._judge_integration_roles(before, users._all_integration_roles())
