from odoo import api, models


class IntegrationContactPerson(models.Model):
    """Whoever is added to a contact passes the same gate as the contact."""

    _inherit = "integration.contact.person"

    @api.model_create_multi
    def create(self, vals_list):
        persons = super().create(vals_list)
        persons._ensure_contact()
        return persons

    def write(self, vals):
        result = super().write(vals)
        self._ensure_contact()
        return result

    def _ensure_contact(self):
        """Refuse to add somebody to a contact of a closed file, or on something not agreed to."""
        self.contact_id._ensure_open()
        # sudo: integration.contact.person - whom to ask, also a relative in another file
        self.contact_id._ensure_purposes(clients=self.sudo().client_id)
