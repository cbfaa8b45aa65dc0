from odoo import models


class IntegrationConsent(models.Model):
    """Whoever has decided for herself is not to be asked any more."""

    _inherit = "integration.consent"

    def _created(self):
        super()._created()
        own = self.filtered(lambda event: event.purpose == "file" and not event._guardian())
        own.client_id.filtered(lambda client: not client._is_minor())._end_of_age_task()
