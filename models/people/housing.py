from odoo import fields, models


class IntegrationHousing(models.Model):
    """Where and how the client lives; the move out of the shared accommodation starts the work."""

    _name = "integration.housing"
    _inherit = ["integration.dated"]
    _description = "Housing"
    _needs_file_consent = True

    type_id = fields.Many2one(
        "integration.housing.type",
        string="Housing",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    municipality_id = fields.Many2one(
        "integration.municipality", required=True, ondelete="restrict"
    )
    date_allocation = fields.Date(string="Allocated On")
