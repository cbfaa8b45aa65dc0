from odoo import api, models
from odoo.exceptions import UserError


class MailMessage(models.Model):
    """Nothing is written about a file in Odoo's messages.

    Author, recipients and followers keep reading a message after they have lost the file.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        secured = self.env.registry["integration.secured"]
        documents = [(vals.get("model") or "", vals.get("res_id")) for vals in vals_list]
        contacts = {id_ for model, id_ in documents if model == "res.partner" and id_}
        if any(
            issubclass(self.env.registry.get(model, models.BaseModel), secured)
            for model, _id in documents
        ) or (contacts and self.env["res.partner"]._integration_clients(contacts)):
            raise UserError(self.env._(
                "There is no message history here. Document contacts and notes instead."
            ))
        return super().create(vals_list)
