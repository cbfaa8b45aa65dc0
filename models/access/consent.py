from odoo import api, models

from ..consent.gate import DECLINED


class IntegrationConsent(models.Model):
    """Access entries of colleagues follow the consents they rest on."""

    _inherit = "integration.consent"

    def _created(self):
        super()._created()
        self._end_sharing()

    def _end_sharing(self):
        """Take team and deputies out of the file at once when sharing is no longer agreed to.

        After the file's own consent was withdrawn it is read for its retention alone, by
        the responsible worker. A consent that has run out lets them in again when it is renewed.
        """
        events = self.filtered(lambda event: event.purpose in ("file", "team"))
        ended = events.filtered(lambda event: event.decision in DECLINED)
        # sudo: integration.case.access - entries follow the consent and are never written by hand
        ended.client_id.sudo()._shared_entries()._end()
        # sudo: integration.case.access - as above
        events.client_id.sudo()._shared_entries()._follow_consents()

    @api.model
    def _cron_remind(self):
        super()._cron_remind()
        clients = self.env["integration.client"].search([("consent_guardian_missing", "=", True)])
        clients._end_sharing_without_guardian()
