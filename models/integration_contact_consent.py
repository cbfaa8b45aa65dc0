from odoo import api, models

from .integration_case import DECLINED


class IntegrationContact(models.Model):
    """The consent gate of contacts: what was spoken about belongs to the file.

    Its persons pass the gate by their own rows. A contact of the case without anybody named
    would go round it with its topics; a bare visit may be counted before consent (3.1).
    """

    _inherit = "integration.contact"

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._ensure_open()
        return contacts

    def write(self, vals):
        self._ensure_open()
        result = super().write(vals)
        self._ensure_open()
        return result

    def _ensure_open(self):
        """Refuse to write a contact with or about somebody whose consent does not hold.

        :raises UserError: before consent a visit may be recorded without names and topics,
            after a refusal or withdrawal not even that (county standard 2.2)
        """
        for contact in self:
            # sudo: integration.client - a family member may have the case of a colleague
            clients = contact.sudo().person_ids.client_id
            if not clients:
                client = contact.sudo().case_id.client_id
                told = contact.topic_ids or contact.area_ids
                clients = client if told or client.consent_state in DECLINED else clients
            clients._ensure_consent()
