from odoo import api, models

from .gate import DECLINED


class IntegrationCase(models.Model):
    """A client who said no is not sought out again: counselling is voluntary (3.1)."""

    _inherit = "integration.case"

    @api.depends("consent_state")
    def _compute_next_contact_date(self):
        return super()._compute_next_contact_date()

    def _is_sought_out(self):
        return super()._is_sought_out() and self.consent_state not in DECLINED
