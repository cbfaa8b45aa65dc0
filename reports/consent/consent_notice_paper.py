from odoo import api, models


class IntegrationConsentNoticePaper(models.AbstractModel):
    """Privacy notice and consent form of one version, to the letter also years later."""

    _name = "report.integration_management.integration_consent_notice_paper"
    _inherit = ["integration.paper"]
    _description = "Blank Consent Form"

    @api.model
    def _get_report_values(self, docids, data=None):
        notices = self.env["integration.consent.notice"].browse(docids)
        # Odoo checks no groups before it prints.
        notices.check_access("read")
        return {
            "doc_ids": notices.ids,
            "doc_model": notices._name,
            "docs": notices,
            "forms": [self._form(notice) for notice in notices],
        }

    @api.model
    def _form(self, notice):
        """Return what one form shows: the notice beside the German one of the same version."""
        columns = self._columns(notice.language_id)
        german = notice.search(
            [
                ("language_id", "=", self._german().id),
                ("company_id", "=", notice.company_id.id),
                ("version", "=", notice.version),
            ],
            order="state desc",
            limit=1,
        )
        for column in columns:
            own = column["language"] == notice.language_id
            column["notice"] = notice if own else german
        return {
            "company": notice.company_id or self.env.company,
            "client": None,
            "hint": False,
            "columns": [column for column in columns if column["notice"]],
            "purposes": notice.line_ids.mapped("purpose"),
        }
