from odoo import fields, models


class ResCompany(models.Model):
    """Whether an employer publishes its office hours, and how far ahead they are planned."""

    _inherit = "res.company"

    integration_office_public = fields.Boolean(
        string="Publish Office Hours",
        help="A page that anybody can read without logging in: days, times, rooms and languages, "
        "by municipality. It says nothing of visitors, and names no worker.",
    )
    integration_office_weeks = fields.Integer(
        string="Weeks Office Hours Are Planned Ahead", default=8
    )

    _integration_office_weeks = models.Constraint(
        "CHECK(integration_office_weeks BETWEEN 1 AND 52)",
        "Office hours are planned between 1 and 52 weeks ahead.",
    )
