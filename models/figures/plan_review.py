from odoo import models


class IntegrationPlanReview(models.Model):
    """Reviews that submitted figures do not know of."""

    _name = "integration.plan.review"
    _inherit = ["integration.late", "integration.plan.review"]
