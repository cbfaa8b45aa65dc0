from odoo import fields, models


class IntegrationResidence(models.Model):
    """Residence title as the client tells or shows it; recorded, never judged."""

    _name = "integration.residence"
    _inherit = ["integration.dated"]
    _description = "Residence Status"
    _needs_file_consent = True

    status_id = fields.Many2one(
        "integration.residence.status",
        string="Residence Status",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
