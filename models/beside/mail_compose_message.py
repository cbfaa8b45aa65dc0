from odoo import models


class MailComposeMessage(models.TransientModel):
    """A mail to many contacts is none to clients, whoever composes it, also as superuser."""

    _inherit = "mail.compose.message"

    def _evaluate_res_ids(self):
        ids = super()._evaluate_res_ids()
        if self.composition_mode != "mass_mail" or self.model != "res.partner" or not ids:
            return ids
        clients = set(self.env["res.partner"]._integration_clients(ids).ids)
        return [id_ for id_ in ids if id_ not in clients]
