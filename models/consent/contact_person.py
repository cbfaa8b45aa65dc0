from odoo import models

from .gate import Later


class IntegrationContactPerson(models.Model):
    """A person who is added to a contact passes the same gate as the contact.

    As part of a contact that is being written, the row leaves the question to that contact,
    which asks for everybody once.
    """

    _inherit = "integration.contact.person"

    def _created(self):
        super()._created()
        self._ensure_contact()

    def _after_write(self, change):
        super()._after_write(change)
        self._ensure_contact()

    def _ensure_contact(self):
        """Refuse to add somebody to a contact of a closed file, or on something not agreed to."""
        if not self._asks_later():
            # sudo: integration.contact.person - whom to ask, also a relative in another file
            self.contact_id._ensure_agreed(clients=self.sudo().client_id)

    def _ask_consent(self, clients):
        if not self._asks_later():
            super()._ask_consent(clients)

    def _asks_later(self):
        """Return whether the contact that is being written asks; tell it about the rows."""
        later = self.env.context.get("integration_asks_later")
        if not (isinstance(later, Later) and later.collects):
            return False
        # sudo: integration.contact.person - the contact alone, for the gate
        later.contact_ids.update(self.sudo().contact_id.ids)
        return True
