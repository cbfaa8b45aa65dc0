from odoo import fields, models


class IntegrationInformationKind(models.Model):
    """A kind of information that a release names and a disclosure passes on."""

    _name = "integration.information.kind"
    _inherit = ["integration.master"]
    _description = "Kind of Information"

    special = fields.Boolean(
        string="Special Category",
        help="Specially protected (Art. 9 GDPR), such as health: a release must name it expressly.",
    )
