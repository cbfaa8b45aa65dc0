from odoo import fields, models


class ResCompany(models.Model):
    """How long an employer keeps the name of somebody who has moved and agreed to nothing."""

    _inherit = "res.company"

    integration_arrival_days = fields.Integer(
        string="Days Names of Arrivals Are Kept",
        default=90,
        help="After the move. Then name, address, languages and notes of an arrival are cleared, "
        "at once if the offer was accepted or declined; what is counted stays.",
    )

    _integration_arrival_days = models.Constraint(
        "CHECK(integration_arrival_days BETWEEN 7 AND 365)",
        "Names of arrivals are kept between 7 and 365 days.",
    )
