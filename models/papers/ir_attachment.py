from odoo import models
from odoo.exceptions import UserError

OURS = ("integration.document", "integration.letter")


class IrAttachment(models.Model):
    """A copy comes by the paper's own field, which asks what it is and when it goes."""

    _inherit = "ir.attachment"

    def _check_consent(self):  # pylint: disable=missing-return
        super()._check_consent()
        # Not as superuser alone: what is uploaded to a discussion comes as superuser too.
        # sudo: ir.attachment - to which record each belongs, no matter who asks
        for attachment in self.sudo():
            by_field = self.env.su and attachment.res_field
            if attachment.res_model in OURS and attachment.res_id and not by_field:
                raise UserError(
                    self.env._(
                        "Nothing is attached to a paper or letter beside it. Enter another paper: "
                        "it says what the copy is for and when it is deleted."
                    )
                )
