from odoo import fields, models


class IntegrationDeadlineKind(models.Model):
    """What runs out on a day: a residence permit, the period of an appeal, a benefit."""

    _name = "integration.deadline.kind"
    _inherit = ["integration.master"]
    _description = "Kind of Deadline"

    lead_days = fields.Integer(
        string="Reminder (Days Before)",
        default=30,
        help="So many days before, the responsible worker is reminded.",
    )

    _lead_days = models.Constraint(
        "CHECK(lead_days BETWEEN 0 AND 366)", "A reminder comes up to a year before."
    )
