from odoo import api, models
from odoo.exceptions import UserError

# What makes a file what it is and whose it is
EVIDENCE = {
    "raw", "datas", "db_datas", "store_fname", "checksum", "res_model", "res_id", "res_field",
}


class IrAttachment(models.Model):
    """Signed papers behind the registers are kept as they came."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_consent()
        attachments._check_not_public()
        return attachments

    def write(self, vals):
        if vals.keys() & EVIDENCE:
            self._check_no_evidence()
        result = super().write(vals)
        if vals.keys() & EVIDENCE:
            self._check_consent()
        if vals.keys() & {"public", "access_token", "res_model"}:
            self._check_not_public()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._check_no_evidence()

    def _check_not_public(self):
        """Refuse a document of a file to be public, or to have an address with a token.

        Both open it to everybody, also to whoever has lost the access.

        :raises UserError: also for administrators
        """
        # sudo: ir.attachment - to which record a file belongs, whoever asks
        for attachment in self._in_files().sudo():
            if attachment.public or attachment.access_token:
                raise UserError(self.env._("What lies in somebody's file is never made public."))

    def _check_consent(self):
        """Refuse documents of a file without consent, and a second “signed paper” beside one.

        What our own fields store comes as superuser, after the record's own gate. As superuser
        comes what is uploaded to a discussion, too, and that has passed no gate.

        :raises UserError: design "Consent gate"
        """
        of_activities = self.filtered(lambda attachment: attachment.res_model == "mail.activity")
        filed = (self._in_files() | of_activities).filtered("res_id")
        if self.env.su:
            filed = filed.filtered(lambda attachment: not attachment.res_field)
        clients = self.env["integration.client"]
        for attachment in filed:
            whose = clients._whose_file(attachment.res_model, attachment.res_id)
            if attachment.res_field:
                self._check_no_evidence()
            whose._ensure_consent()

    def _check_no_evidence(self):
        """Refuse to touch a signed paper.

        :raises UserError: also for administrators; the retention of a whole file goes past it
        """
        papers = self.env.registry.descendants(["integration.signed.paper"], "_inherit")
        # sudo: ir.attachment - to which record a file belongs, whoever asks
        if any(a.res_model in papers and a.res_field == "attachment" for a in self.sudo()):
            raise UserError(self.env._("A signed paper is kept as it is and never replaced."))
