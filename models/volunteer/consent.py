from odoo import models
from odoo.fields import Domain

from .volunteer_match import GOING_ON


class IntegrationConsent(models.Model):
    """With a withdrawal ends what rests on the consent: nobody asks any more how it goes."""

    _inherit = "integration.consent"

    def _announce_withdrawal(self):
        super()._announce_withdrawal()
        clients = self.filtered(lambda event: event._takes_back_file()).client_id
        if clients:
            about = Domain("client_id", "in", clients.ids)
            about |= Domain("case_id.client_id", "in", clients.ids)
            # sudo: integration.volunteer.match - of whoever in the file that is closed
            matches = self.env["integration.volunteer.match"].sudo()
            matches.search(about & Domain("state", "in", GOING_ON))._end_with("consent")
