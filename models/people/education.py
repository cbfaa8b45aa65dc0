from odoo import fields, models


class IntegrationEducation(models.Model):
    """Schooling and vocational qualification, and whether foreign papers are recognised."""

    _name = "integration.education"
    _inherit = ["integration.dated"]
    _description = "Education"
    _needs_file_consent = True

    school = fields.Selection(
        [
            ("none", "None"),
            ("primary", "Primary School"),
            ("lower_secondary", "Lower Secondary"),
            ("upper_secondary", "Upper Secondary"),
            ("university_entrance", "University Entrance"),
            ("at_school", "Still at School"),
            ("unknown", "Unknown"),
        ],
        string="Schooling",
        required=True,
        default="unknown",
    )
    vocation = fields.Selection(
        [
            ("none", "None"),
            ("semi_skilled", "Semi-skilled"),
            ("training", "Vocational Training"),
            ("degree", "Degree"),
            ("running", "In Training or Studies"),
            ("unknown", "Unknown"),
        ],
        string="Vocational Qualification",
        required=True,
        default="unknown",
    )
    recognition = fields.Selection(
        [
            ("not_sought", "Not Sought"),
            ("applied", "Applied For"),
            ("full", "Full"),
            ("partial", "Partial"),
        ],
        string="Recognition of Foreign Papers",
        default="not_sought",
    )
