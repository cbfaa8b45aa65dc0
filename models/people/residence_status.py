from odoo import fields, models


class IntegrationResidenceStatus(models.Model):
    """A residence status; ``group`` is what local statistics tell apart (profile B)."""

    _name = "integration.residence.status"
    _inherit = ["integration.master"]
    _description = "Residence Status"

    group = fields.Selection(
        [
            ("pending", "Procedure pending"),
            ("protection", "Protection granted"),
            ("temporary", "Temporary protection"),
            ("admission", "Admission from abroad"),
            ("humanitarian", "Other humanitarian residence"),
            ("family", "Family"),
            ("work", "Work"),
            ("settlement", "Settlement"),
            ("toleration", "Toleration or obliged to leave"),
            ("citizen", "German or European Union"),
            ("unknown", "Unknown"),
        ],
        required=True,
        default="unknown",
    )
