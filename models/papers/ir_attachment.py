from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

OURS = ("integration.document", "integration.letter")
# What only the papers of a case take in; other modules and updates come as Odoo itself
BY_PAPERS = "integration.case"


class IrAttachment(models.Model):
    """A copy comes by the paper's own field, which asks what it is and when it goes."""

    _inherit = "ir.attachment"

    def _check_consent(self):  # pylint: disable=missing-return
        super()._check_consent()
        # Not as superuser alone: what is uploaded to a discussion comes as superuser too.
        # sudo: ir.attachment - to which record each belongs, no matter who asks
        for attachment in self.sudo():
            by_field = self.env.su and attachment.res_field
            if attachment.res_model == BY_PAPERS and attachment.res_id and not by_field:
                self._check_no_upload()
            if attachment.res_model in OURS and attachment.res_id and not by_field:
                raise UserError(
                    self.env._(
                        "Nothing is attached to a paper or letter beside it. Enter another paper: "
                        "it says what the copy is for and when it is deleted."
                    )
                )

    def _check_no_upload(self):
        """Refuse a copy that says neither what it is for nor when it goes (Art. 5 (1) e GDPR).

        :raises UserError: to whoever is no one but Odoo itself
        """
        if self.env.uid != SUPERUSER_ID:
            raise UserError(
                self.env._(
                    "Nothing is attached to a case itself. Enter the paper among its papers: there "
                    "it says what the copy is for and when it is deleted."
                )
            )
