from odoo import fields, models


class IntegrationEmployment(models.Model):
    """What the client does for a living."""

    _name = "integration.employment"
    _inherit = ["integration.dated"]
    _description = "Employment"
    _needs_file_consent = True

    status = fields.Selection(
        [
            ("seeking", "Seeking Work"),
            ("course", "In a Course"),
            ("mini_job", "Mini-job"),
            ("part_time", "Part-time"),
            ("full_time", "Full-time"),
            ("trainee", "Trainee"),
            ("student", "Student or Pupil"),
            ("self_employed", "Self-employed"),
            ("care", "Caring for Family"),
            ("pension", "Pension"),
            ("unable", "Not Able to Work"),
            ("unknown", "Unknown"),
        ],
        required=True,
        default="unknown",
    )
