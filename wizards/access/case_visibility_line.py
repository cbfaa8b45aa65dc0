from odoo import fields, models


class IntegrationCaseVisibilityLine(models.TransientModel):
    """One user who can see a file."""

    _name = "integration.case.visibility.line"
    _inherit = ["integration.secured"]
    _description = "User Who Can See a File"

    wizard_id = fields.Many2one(
        "integration.case.visibility", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one("res.users", readonly=True)
    content = fields.Boolean(string="Reads the Content", readonly=True)
    grant = fields.Char(string="Granted By", readonly=True)
    date_until = fields.Datetime(string="Until", readonly=True)
