from odoo import fields, models


class IntegrationBenefit(models.Model):
    """Legal circle of the benefit; recorded, never computed."""

    _name = "integration.benefit"
    _inherit = ["integration.dated"]
    _description = "Benefit"
    _needs_file_consent = True

    type_id = fields.Many2one(
        "integration.benefit.type",
        string="Benefit",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
