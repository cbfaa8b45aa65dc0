from odoo import models


class IntegrationService(models.Model):
    """A volunteer or club that was named by a match is archived, not renamed or deleted."""

    _inherit = "integration.service"

    def _filtered_used(self):
        used = super()._filtered_used()
        # sudo: integration.volunteer.match - only whether a name is used at all, no matter by what
        matches = self.env["integration.volunteer.match"].sudo()
        return used | (self - used).filtered(
            lambda row: matches.search_count(matches._names_in_words(row), limit=1)
        )
