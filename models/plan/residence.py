from odoo import models


class IntegrationResidence(models.Model):
    """The last day of a residence title is a deadline."""

    _inherit = ["integration.residence", "integration.runs.out"]
    _name = "integration.residence"
    _deadline_source = "residence_id"
    _deadline_kind = "deadline_kind_residence"
