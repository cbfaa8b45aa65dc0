from odoo import fields, models


class IntegrationCase(models.Model):
    """What the case shows of its client's consent beyond the state."""

    _inherit = "integration.case"

    consent_renewal_due = fields.Boolean(related="client_id.consent_renewal_due", store=True)
