from odoo import fields, models

# What is printed beside any other language, and where there is no other text
FALLBACK_LANGUAGE = "de"


class IntegrationLanguage(models.Model):
    """A language that clients speak; ``code`` is BCP 47, hence ISO 639 where it has no tag."""

    _name = "integration.language"
    _inherit = ["integration.master"]
    _description = "Language"
    _rec_names_search = ["name", "native_name", "code"]

    native_name = fields.Char(help="The language's own name, for papers and choices.")
    direction = fields.Selection(
        [("ltr", "Left to right"), ("rtl", "Right to left")], required=True, default="ltr"
    )
