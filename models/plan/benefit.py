from odoo import models


class IntegrationBenefit(models.Model):
    """The last day for which a benefit was approved is a deadline."""

    _inherit = ["integration.benefit", "integration.runs.out"]
    _name = "integration.benefit"
    _deadline_source = "benefit_id"
    _deadline_kind = "deadline_kind_benefit"
