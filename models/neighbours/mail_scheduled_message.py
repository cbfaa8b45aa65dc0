import logging

from odoo import models

_logger = logging.getLogger(__name__)


class MailScheduledMessage(models.Model):
    """Messages wait for no file; what an older version let in is not sent."""

    _inherit = "mail.scheduled.message"

    def _post_message(self, raise_exception=True):
        """Drop what waits beside a file: Odoo mails the words if they cannot be posted."""
        ours = self.env["ir.rule"]._file_models()
        filed = self.filtered(lambda message: message.model in ours)
        if filed:
            _logger.warning("%s scheduled messages beside files were dropped.", len(filed))
            # sudo: mail.scheduled.message - nobody reads or keeps them
            filed.sudo().unlink()
        return super(MailScheduledMessage, self - filed)._post_message(raise_exception)
