from odoo import models


class IntegrationBenefitType(models.Model):
    """A legal circle of benefits: recorded, never computed."""

    _name = "integration.benefit.type"
    _inherit = ["integration.master"]
    _description = "Kind of Benefit"
