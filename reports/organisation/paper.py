from odoo import api, models

from ...models.organisation.language import FALLBACK_LANGUAGE

# The PDF engine takes one font per element: each script is named where it stands.
FONTS = {
    "rtl": "'Noto Sans Arabic', 'Noto Naskh Arabic', sans-serif",
    "ti": "'Noto Sans Ethiopic', sans-serif",
    "am": "'Noto Sans Ethiopic', sans-serif",
}


class IntegrationPaper(models.AbstractModel):
    """Base of the papers a client signs or takes home: German and her language side by side."""

    _name = "integration.paper"
    _description = "Paper in Two Languages"

    @api.model
    def _opened(self, model, docids):
        """Return the records to print, checked and logged: Odoo checks no groups before it prints.

        :raises AccessError: the user may not read one of them
        """
        records = self.env[model].browse(docids)
        records.check_access("read")
        # sudo: integration.client - ids for the log, of records that may be read
        clients = records if model == "integration.client" else records.sudo().client_id
        self.env["integration.access.log"]._log("print", clients)
        return records

    @api.model
    def _german(self):
        return self.env["integration.language"].search([("code", "=", FALLBACK_LANGUAGE)], limit=1)

    @api.model
    def _paper_language(self, client):
        """Return the first language of ``client`` that has wordings, German without one."""
        groups = self.env["integration.paper.text"]._read_group(
            [("language_id", "in", client.language_ids.ids)], ["language_id"]
        )
        available = {language for (language,) in groups}
        spoken = client.language_ids.filtered(lambda language: language in available)
        return spoken[:1] or self._german()

    @api.model
    def _lacks_language(self, client):
        """Return whether a paper for ``client`` falls back to a language that is not hers."""
        return bool(client.language_ids) and self._paper_language(client) not in client.language_ids

    @api.model
    def _columns(self, language):
        """Return the columns of a paper: German first, then ``language`` if it is another."""
        german, texts = self._german(), self.env["integration.paper.text"]
        columns = []
        for column in german | language:
            columns.append(
                {
                    "language": column,
                    "code": column.code,
                    "direction": column.direction,
                    **self._styles(column.code, column.direction),
                    "text": texts._wordings(column),
                    "reviewed": texts._is_reviewed(column),
                }
            )
        return columns

    @api.model
    def _styles(self, code, direction):
        """Return how a column is drawn: font and side of a language."""
        side = "right" if direction == "rtl" else "left"
        family = FONTS.get(code) or FONTS.get(direction)
        font = f"font-family: {family};" if family else ""
        return {"font": font, "style": f"text-align: {side}; {font}"}

    @api.model
    def _day(self, day):
        """Return ``day`` as it is written in Germany, whatever language the user has chosen."""
        return day.strftime("%d.%m.%Y") if day else ""
