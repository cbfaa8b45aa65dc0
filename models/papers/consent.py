from odoo import models
from odoo.fields import Domain

from ..consent.gate import GIVEN


class IntegrationConsent(models.Model):
    """With the consent go letters that nobody has finished, as other drafts do."""

    _inherit = "integration.consent"

    def _drop_drafts(self):  # pylint: disable=missing-return
        super()._drop_drafts()
        ended = self.filtered(lambda event: event.purpose == "file" and event.decision not in GIVEN)
        if ended:
            about = Domain("client_id", "in", ended.client_id.ids)
            about |= Domain("case_id.client_id", "in", ended.client_id.ids)
            # sudo: integration.letter - of whoever in the file: none of them has left it
            letters = self.env["integration.letter"].sudo()
            letters.search(about & Domain("state", "=", "draft")).unlink()
