from odoo import fields, models


class ResCompany(models.Model):
    """How long an employer keeps the words of a concern that nobody has answered."""

    _inherit = "res.company"

    integration_concern_days = fields.Integer(
        string="Days Words of Concerns Are Kept",
        default=90,
        help="After the day of the concern. Then its words are cleared, at once if it was "
        "answered or taken back; what is counted stays.",
    )

    _integration_concern_days = models.Constraint(
        "CHECK(integration_concern_days BETWEEN 30 AND 365)",
        "Words of concerns are kept between 30 and 365 days.",
    )
