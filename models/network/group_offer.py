from odoo import models


class IntegrationGroupOffer(models.Model):
    """The team reads what a group offer is: no client is named there either."""

    _name = "integration.group.offer"
    _inherit = ["integration.nameless", "integration.group.offer"]
    _nameless_fields = frozenset({"name", "place", "note"})
