from odoo import models


class ResCompany(models.Model):
    """Who works for an employer has her roles there: given by way of the company, it is noted."""

    _inherit = "res.company"

    def write(self, vals):
        if not (isinstance(vals, dict) and "user_ids" in vals):
            return super().write(vals)
        groups = self.env["res.groups"]
        before = groups._integration_holders()._integration_roles()
        result = super().write(vals)
        groups._follow_integration_holders(before)
        return result
