from odoo import fields, models


class ResCompany(models.Model):
    """How long an employer keeps what happened to its workers."""

    _inherit = "res.company"

    integration_incident_months = fields.Integer(
        string="Months Incidents Are Kept",
        default=24,
        help="Counted from the incident, or until its warning ends, if that is later.",
    )

    _integration_incident_months = models.Constraint(
        "CHECK(integration_incident_months BETWEEN 1 AND 120)",
        "Incidents are kept between 1 and 120 months.",
    )
