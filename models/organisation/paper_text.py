from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import keep_local_changes
from .language import FALLBACK_LANGUAGE


class IntegrationPaperText(models.Model):
    """A wording on the papers a client signs, in her language and in German.

    A library of its own: papers come in languages that Odoo does not ship, and always in
    German beside them, whatever language the printing user has chosen.
    """

    _name = "integration.paper.text"
    _inherit = ["integration.door"]
    _description = "Wording on Papers"
    _order = "code, language_id, id"
    _rec_name = "code"

    code = fields.Char(required=True, help="Where on which paper the wording stands.")
    language_id = fields.Many2one(
        "integration.language", required=True, ondelete="cascade", index=True
    )
    text = fields.Text(required=True)
    reviewed = fields.Boolean(help="Somebody who speaks the language has read and confirmed it.")

    _code_language_uniq = models.UniqueIndex(
        "(code, language_id)", "This wording exists already in this language."
    )

    @api.model
    def _wordings(self, language):
        """Return {code: text} of ``language``, German where something is missing."""
        languages = self.env["integration.language"]
        german = languages.search([("code", "=", FALLBACK_LANGUAGE)], limit=1)
        rows = self.search([("language_id", "in", (german | language).ids)])
        ordered = rows.sorted(lambda row: row.language_id == language)
        return {row.code: row.text for row in ordered}

    @api.model
    def _languages(self, prefix):
        """Return the languages that have wordings whose code begins with ``prefix``."""
        groups = self._read_group([("code", "=like", f"{prefix}%")], ["language_id"])
        return self.env["integration.language"].union(*(language for (language,) in groups))

    @api.model
    def _is_reviewed(self, language, codes=None):
        """Return whether every wording of ``language`` was confirmed by somebody.

        :param codes: of these alone, each of which must be there: the wordings of one paper
        """
        domain = Domain("language_id", "=", language.id)
        if codes is None:
            return not self.search_count(domain & Domain("reviewed", "=", False), limit=1)
        confirmed = Domain("reviewed", "=", True) & Domain("code", "in", list(codes))
        return self.search_count(domain & confirmed) == len(set(codes))

    def _before_write(self, change):
        """Let a changed wording be a draft again: what was confirmed was another text."""
        super()._before_write(change)
        if "text" in change.names and "reviewed" not in change.names:
            if any(row._differs("text", change.vals["text"]) for row in self):
                change.vals["reviewed"] = False

    @api.model
    def _keep_local_changes(self):
        """Let an update of the module leave wordings as they have been edited.

        Called by a data file: files of csv format cannot say so themselves.
        """
        keep_local_changes(self.env, [self._name])
