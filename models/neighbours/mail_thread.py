from odoo import models
from odoo.exceptions import UserError

from .base import APPOINTMENT

# What somebody writes; the rest is posted by code, as a reminder by text message is
WRITTEN = {"comment", "email", "email_outgoing"}


class MailThread(models.AbstractModel):
    """An appointment of a file has no message history, as the file has none.

    Author, recipients and followers keep reading a message after they have lost the file; and
    what is posted is mailed.
    """

    _inherit = "mail.thread"

    def _outside_files(self):
        """Return the records that are no appointments of files."""
        if self._name != APPOINTMENT:
            return self
        tied = self._tied_files()
        return self.filtered(lambda event: event not in tied)

    def message_post(self, **kwargs):
        """Refuse what somebody writes; of what code posts, leave out what would be told."""
        if self == self._outside_files():
            return super().message_post(**kwargs)
        if kwargs.get("message_type") in WRITTEN:
            raise UserError(
                self.env._("There is no message history here. Document contacts and notes instead.")
            )
        return self.env["mail.message"]

    def message_notify(self, **kwargs):
        if self == self._outside_files():
            return super().message_notify(**kwargs)
        return self.env["mail.message"]

    def _message_log_batch(self, bodies, *args, **kwargs):
        outside = self._outside_files()
        kept = {record.id: bodies[record.id] for record in outside if record.id in bodies}
        if self and not kept:
            return self.env["mail.message"]
        return super(MailThread, outside)._message_log_batch(kept or bodies, *args, **kwargs)
