from odoo import models

from .referral_feedback import ACTIVITY_TYPE


class IntegrationConsent(models.Model):
    """After a withdrawal nobody is asked any more what became of a referral."""

    _inherit = "integration.consent"

    def _announce_withdrawal(self):
        super()._announce_withdrawal()
        for event in self.filtered(lambda event: event._takes_back_file()):
            # sudo: integration.client, mail.activity - a task that ends with the consent
            client = event.client_id.sudo()
            case = client._current_case()
            if case.client_id == client:
                case.activity_unlink([ACTIVITY_TYPE])
