import logging

from odoo import models

from ..mixins.references import linked_ids

_logger = logging.getLogger(__name__)

# What tells others, or posts where nothing is posted
POSTING = {"mail_post", "followers", "remove_followers", "sms", "webhook"}


class IrActionsServer(models.Model):
    """What is automated for contacts passes clients by.

    The contact of a client is created and written by our own code as superuser, and each rule for
    contacts would run on it: to mail, to tell a web service, or to be refused by the walls and so
    to keep a family from being taken in.
    """

    _inherit = "ir.actions.server"

    def run(self):
        result = False
        for action in self:
            outside = action._without_clients()
            if outside is None:
                # The kind of action alone: neither record nor words
                _logger.info("Server action %s passes clients and files by", action.id)
            else:
                result = super(IrActionsServer, outside).run()
        return result

    def _without_clients(self):
        """Return the action with the records it may run on; None if there is none left."""
        context = self.env.context
        model_name = context.get("active_model")
        ids = linked_ids(context.get("active_ids") or [context.get("active_id")])
        closed = self._closed_ids(model_name, ids) if isinstance(model_name, str) else set()
        if not closed:
            return self
        left = [id_ for id_ in ids if id_ not in closed]
        if not left:
            return None
        active_id = context.get("active_id")
        return self.with_context(
            active_ids=left, active_id=left[0] if active_id in closed else active_id
        )

    def _closed_ids(self, model_name, ids):
        """Return those of the ids of a model on which this action does not run."""
        if not ids:
            return set()
        if model_name == "res.partner":
            return set(self.env["res.partner"]._integration_clients(ids).ids)
        # sudo: ir.actions.server - what kind of action it is; whoever runs it need not read it
        if self.sudo().state not in POSTING:
            return set()
        if model_name == "ir.attachment":
            return set(self.env["ir.attachment"].browse(ids)._in_files().ids)
        return set(ids) if model_name in self.env["integration.beside"]._secured_models() else set()
