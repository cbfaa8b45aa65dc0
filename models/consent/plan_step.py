from odoo import api, models
from odoo.fields import Domain


class IntegrationPlanStep(models.Model):
    """What a plan left open is settled with consent only."""

    _inherit = "integration.plan.step"

    @api.model
    def _left_open_domain(self):
        return super()._left_open_domain() & Domain("case_id.consent_state", "=", "given")
