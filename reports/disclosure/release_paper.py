from odoo import api, models


class IntegrationReleasePaper(models.AbstractModel):
    """The release from confidentiality to sign."""

    _name = "report.integration_management.integration_release_paper"
    _inherit = ["integration.paper"]
    _description = "Release Form"

    @api.model
    def _get_report_values(self, docids, data=None):
        releases = self._opened("integration.release", docids)
        return {
            "doc_ids": releases.ids,
            "doc_model": releases._name,
            "docs": releases,
            "day": self._day,
            "hints": {release.id: self._lacks_language(release.client_id) for release in releases},
            "all_columns": {
                release.id: self._columns(self._paper_language(release.client_id))
                for release in releases
            },
        }
