from odoo import api, models


class ResCompany(models.Model):
    """Who works for an employer has her roles there: given by way of the company, it is noted."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        before = self.env["res.users"]._all_integration_roles()
        companies = super().create(vals_list)
        self.env["res.groups"]._follow_integration_holders(before)
        return companies

    def write(self, vals):
        if not (isinstance(vals, dict) and "user_ids" in vals):
            return super().write(vals)
        before = self.env["res.users"]._all_integration_roles()
        result = super().write(vals)
        self.env["res.groups"]._follow_integration_holders(before)
        return result
