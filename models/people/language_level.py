from odoo import fields, models


class IntegrationLanguageLevel(models.Model):
    """Level in a language (of the European framework), with the source of the knowledge."""

    _name = "integration.language.level"
    _inherit = ["integration.dated"]
    _description = "Language Level"
    _needs_file_consent = True
    _dated_keys = ("language_id",)

    language_id = fields.Many2one(
        "integration.language",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env.ref(
            "integration_management.language_de", raise_if_not_found=False
        ),
    )
    level = fields.Selection(
        [
            ("illiterate", "Not Literate"),
            ("second_script", "Second-script Learner"),
            ("a0", "A0"),
            ("a1", "A1"),
            ("a2", "A2"),
            ("b1", "B1"),
            ("b2", "B2"),
            ("c1", "C1"),
            ("c2", "C2"),
            ("unknown", "Unknown"),
        ],
        required=True,
        default="unknown",
    )
    source = fields.Selection(
        [("certificate", "Certificate"), ("self", "Self-report"), ("estimate", "Estimate")],
        required=True,
        default="estimate",
    )
