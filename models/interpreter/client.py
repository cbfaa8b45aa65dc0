from odoo import api, fields, models

from ..organisation.language import FALLBACK_LANGUAGE
from .interpreter import GENDERS


class IntegrationClient(models.Model):
    """What interpreting a client needs: the language, and whether a woman or a man is preferred.

    It belongs to the card: how to speak to somebody has to be known before the first talk.
    """

    _inherit = "integration.client"

    interpreter_language_id = fields.Many2one(
        "integration.language",
        string="Language to Interpret",
        compute="_compute_interpreter_language_id",
        store=True,
        readonly=False,
        check_company=True,
        index="btree_not_null",
    )
    interpreter_gender = fields.Selection(GENDERS, string="Interpreter Preferred")

    @api.depends("interpreter_needed", "language_ids")
    def _compute_interpreter_language_id(self):
        """Propose the one language beside German; of several, somebody chooses."""
        for client in self:
            foreign = client.language_ids.filtered(lambda row: row.code != FALLBACK_LANGUAGE)
            if not client.interpreter_needed:
                client.interpreter_language_id = False
            elif not client.interpreter_language_id and len(foreign) == 1:
                client.interpreter_language_id = foreign
            else:
                client.interpreter_language_id = client.interpreter_language_id

    def _languages_to_interpret(self):
        """Return the languages that these clients are spoken to in, what they need first."""
        needed = self.filtered("interpreter_needed")
        languages = needed.interpreter_language_id
        for client in needed or self:
            if not (needed and client.interpreter_language_id):
                languages |= client.language_ids
        return languages.filtered(lambda row: row.code != FALLBACK_LANGUAGE)
