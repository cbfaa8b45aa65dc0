from odoo import api, models
from odoo.exceptions import UserError

from ..mixins.references import linked_ids, proper_vals


class MailMessage(models.Model):
    """Nothing is written about a file in Odoo's messages.

    Author, recipients and followers keep reading a message after they have lost the file.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        secured = self.env.registry["integration.secured"]
        proper = proper_vals(vals_list)
        documents = [(str(vals.get("model") or ""), vals.get("res_id")) for vals in proper]
        contacts = {
            id_ for model, value in documents if model == "res.partner" for id_ in linked_ids(value)
        }
        if any(
            issubclass(self.env.registry.get(model, models.BaseModel), secured)
            for model, _id in documents
        ) or (contacts and self.env["res.partner"]._integration_clients(contacts)):
            raise UserError(
                self.env._("There is no message history here. Document contacts and notes instead.")
            )
        default = self.env.context.get("default_attachment_ids")
        self._refuse_documents([vals.get("attachment_ids", default) for vals in proper])
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_documents([v.get("attachment_ids") for v in proper_vals(vals)])
        return super().write(vals)

    @api.model
    def _refuse_documents(self, values):
        """Refuse to show documents of a file to anyone who reads the message.

        :raises UserError: also for the superuser, as whom Odoo posts
        """
        ids = {id_ for value in values if value for id_ in linked_ids(value)}
        if ids and self.env["ir.attachment"].browse(ids)._in_files():
            raise UserError(self.env._("What lies in somebody's file is not sent as a message."))
