from odoo import api, models

from ..mixins.references import linked_ids, proper_vals


class MailFollowers(models.Model):
    """No client follows anything, and nobody follows a client or what lies in a file.

    Every employee reads the list of followers, with names and addresses beside the records.
    """

    _inherit = "mail.followers"

    @api.model_create_multi
    def create(self, vals_list):
        ids = {id_ for vals in proper_vals(vals_list) for id_ in self._contact_ids(vals)}
        # Nearly every follower is the user herself: no query for that.
        ids.discard(self.env.user.partner_id.id)
        clients = set(self.env["res.partner"]._integration_clients(ids).ids) if ids else set()
        # Dropped and not refused: Odoo subscribes by itself anyone who writes or is written to.
        kept = [
            vals
            for vals in vals_list
            if not proper_vals(vals)
            or clients.isdisjoint(self._contact_ids(vals))
            and not self._is_file_model(vals.get("res_model"))
        ]
        return super().create(kept)

    @api.model
    def _contact_ids(self, vals):
        """Return the contacts on both ends of the follower that ``vals`` describe."""
        followed = vals.get("res_id") if vals.get("res_model") == "res.partner" else None
        return linked_ids([vals.get("partner_id"), followed])
