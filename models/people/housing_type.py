from odoo import fields, models


class IntegrationHousingType(models.Model):
    """A kind of housing: the work begins with the move into follow-up housing (standard 1.1)."""

    _name = "integration.housing.type"
    _inherit = ["integration.master"]
    _description = "Kind of Housing"

    group = fields.Selection(
        [
            ("reception", "First reception"),
            ("provisional", "Provisional accommodation"),
            ("followup", "Follow-up accommodation"),
            ("private", "Private housing"),
            ("emergency", "Emergency shelter"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
