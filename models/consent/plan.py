from odoo import models


class IntegrationPlan(models.Model):
    """Whoever is taken into a plan takes over its goals, and agrees to their purposes too."""

    _inherit = "integration.plan"

    def write(self, vals):
        result = super().write(vals)
        if "client_ids" in vals:
            self.line_ids._ensure_purpose({"area_id"})
        return result
