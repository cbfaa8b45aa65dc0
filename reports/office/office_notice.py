from odoo import api, models


class IntegrationOfficeNotice(models.AbstractModel):
    """The notice that hangs at the door: office hours of a municipality, a page per language."""

    _name = "report.integration_management.integration_office_notice"
    _inherit = ["integration.paper"]
    _description = "Notice of Office Hours"

    @api.model
    def _get_report_values(self, docids, data=None):
        self.env["integration.office.session"].check_access("read")
        municipalities = self.env["integration.municipality"].browse(docids)
        municipalities.check_access("read")
        return {
            "doc_ids": municipalities.ids,
            "doc_model": municipalities._name,
            "docs": municipalities,
            "notices": [
                notice for municipality in municipalities for notice in self._pages(municipality)
            ],
        }

    @api.model
    def _pages(self, municipality):
        """Return one page per language, as the reader may read the sessions."""
        sessions = municipality._office_sessions()
        pages = []
        for language in municipality._office_languages():
            notice = municipality._office_notice(sessions, language)
            pages.append({**notice, **self._styles(language.code, language.direction)})
        return pages
