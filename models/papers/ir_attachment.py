from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

OURS = ("integration.document", "integration.letter")


class IrAttachment(models.Model):
    """A copy comes by the paper's own field, which asks what it is and when it goes."""

    _inherit = "ir.attachment"

    def _check_consent(self):  # pylint: disable=missing-return
        super()._check_consent()
        # Not as superuser alone: what is uploaded to a discussion comes as superuser too.
        # sudo: ir.attachment - to which record each belongs, no matter who asks
        for attachment in self.sudo().filtered("res_id"):
            by_field = self.env.su and attachment.res_field
            if by_field:
                continue
            if attachment.res_model in OURS:
                raise UserError(
                    self.env._(
                        "Nothing is attached to a paper or letter beside it. Enter another paper: "
                        "it says what the copy is for and when it is deleted."
                    )
                )
            if attachment._is_of_file():
                self._check_no_upload()

    def _is_of_file(self):
        """Return whether it belongs to one of our own records of files, whatever its kind."""
        secured = self.env.registry["integration.secured"]
        model = self.env.registry.get(self.res_model or "")
        return bool(model) and issubclass(model, secured)

    def _check_no_upload(self):
        """Refuse a copy that says neither what it is for nor when it goes (Art. 5 (1) e GDPR).

        Other modules and updates come as Odoo itself.

        :raises UserError: to whoever is no one but Odoo itself
        """
        if self.env.uid != SUPERUSER_ID:
            raise UserError(
                self.env._(
                    "Nothing is attached to a record of a file. Enter the paper among the papers "
                    "of the case: there it says what the copy is for and when it is deleted."
                )
            )
