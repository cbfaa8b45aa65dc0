from odoo import fields, models


class IntegrationBenefit(models.Model):
    """Legal circle of the benefit; recorded, never computed."""

    _name = "integration.benefit"
    _inherit = ["integration.history", "integration.gated"]
    _description = "Benefit"

    type_id = fields.Many2one(
        "integration.benefit.type", string="Benefit", required=True, ondelete="restrict",
        check_company=True,
    )
