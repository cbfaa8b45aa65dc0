from odoo import fields, models


class IntegrationCountyPresetLine(models.TransientModel):
    """An employer named in the preset and the company it is here."""

    _name = "integration.county.preset.line"
    # Else an administrator could put lines into somebody else's open dialog.
    _inherit = ["integration.secured"]
    _description = "Employer of a County to Load"

    preset_id = fields.Many2one(
        "integration.county.preset", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Employer in the Preset", required=True, readonly=True)
    mandate_count = fields.Integer(string="Mandates", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        string="Company Here",
        domain="[('integration_employer_type', '!=', False)]",
        help="Empty: the mandates of this employer are left out.",
    )
