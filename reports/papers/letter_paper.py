from odoo import api, models


class IntegrationLetterPaper(models.AbstractModel):
    """The letter on paper, drawn from its words alone: with the window where envelopes have it."""

    _name = "report.integration_management.integration_letter_paper"
    _inherit = ["integration.paper"]
    _description = "Letter on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        letters = self._opened("integration.letter", docids)
        return {
            "doc_ids": letters.ids,
            "doc_model": letters._name,
            "docs": letters,
            "pages": [self._page(letter) for letter in letters],
        }

    @api.model
    def _page(self, letter):
        """Return what the template draws: frozen words, or those of a draft with a mark."""
        finished = letter.state == "finished"
        words = letter._frozen_words() if finished else letter._words_now()
        line = words["line"]
        if line:
            line = {**line, **self._styles(line["code"], line["direction"])}
        return {**words, "line": line, "is_draft": not finished}
