from odoo import api, fields, models

from ...tools import keep_local_changes


class IntegrationLetterTemplateLine(models.Model):
    """What stands below a German letter: a few sentences in plain German or another language."""

    _name = "integration.letter.template.line"
    _inherit = ["integration.door"]
    _description = "Other Language of a Letter"
    _order = "language_id, id"
    _rec_name = "language_id"
    _check_company_auto = True
    _fixed_fields = frozenset({"template_id"})

    template_id = fields.Many2one(
        "integration.letter.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, precompute=True, index=True
    )
    language_id = fields.Many2one(
        "integration.language",
        required=True,
        ondelete="restrict",
        check_company=True,
        help="German: the same in plain language.",
    )
    text = fields.Text(required=True)
    reviewed = fields.Boolean(
        help="Somebody who speaks the language has read and confirmed it. Until then the letter "
        "says that it is a draft."
    )

    _language_uniq = models.UniqueIndex(
        "(template_id, language_id)", "There are words in this language already. Change those."
    )

    @api.constrains("text")
    def _check_placeholders(self):
        for line in self:
            line.template_id._refuse_unknown(line.text)

    def _before_write(self, change):
        """Let changed words be a draft again: what was confirmed were others."""
        super()._before_write(change)
        if "text" in change.names and "reviewed" not in change.names:
            if any(line._differs("text", change.vals["text"]) for line in self):
                change.vals["reviewed"] = False

    @api.model
    def _keep_local_changes(self):
        """Let an update of the module leave shipped lines as they have been edited."""
        keep_local_changes(self.env, [self._name])
