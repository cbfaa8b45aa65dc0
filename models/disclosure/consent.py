from odoo import api, models


class IntegrationConsent(models.Model):
    """Everyone who was told about a client hears of the withdrawal; releases end like consents."""

    _inherit = "integration.consent"

    def _announce_withdrawal(self):
        super()._announce_withdrawal()
        taken_back = self.filtered(lambda event: event._takes_back_file())
        # sudo: integration.withdrawal.recipient - the list follows from the register
        self.env["integration.withdrawal.recipient"].sudo()._create_for(taken_back.sudo())

    @api.model
    def _cron_remind(self):
        super()._cron_remind()
        self.env["integration.withdrawal.recipient"]._remind_open()

    @api.model
    def _ends_between(self, first, last):
        """Add the releases; see the base."""
        releases = self.env["integration.release"].search(
            [("state", "=", "valid"), ("valid_until", "<=", last)]
        )
        ends = [(release.client_id, release.valid_until) for release in releases]
        return super()._ends_between(first, last) + ends
