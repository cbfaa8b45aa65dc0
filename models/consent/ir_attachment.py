from odoo import api, models
from odoo.exceptions import UserError

from ..mixins.references import proper_vals

# What makes a file what it is and whose it is
EVIDENCE = {
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "checksum",
    "res_model",
    "res_id",
    "res_field",
}


class IrAttachment(models.Model):
    """Documents of a file pass the consent gate; signed papers are kept as they came."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_consent()
        return attachments

    def write(self, vals):
        if not proper_vals(vals):
            return super().write(vals)
        if vals.keys() & EVIDENCE:
            self._check_no_evidence()
        result = super().write(vals)
        if vals.keys() & EVIDENCE:
            self._check_consent()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._check_no_evidence()

    def _in_files(self):
        """Return those that belong to a record behind the walls."""
        secured = self.env.registry["integration.secured"]
        return self.filtered(
            lambda attachment: issubclass(
                # sudo: ir.attachment - to which record it belongs, no matter who asks
                self.env.registry.get(attachment.sudo().res_model or "", models.BaseModel),
                secured,
            )
        )

    def _check_consent(self):
        """Refuse documents of a file without consent, and a second “signed paper” beside one.

        What our own fields store comes as superuser, after the record's own gate. As superuser
        comes what is uploaded to a discussion, too, and that has passed no gate.

        :raises UserError: county standard 2.2
        """
        # sudo: ir.attachment - where each belongs; whoever creates it need not be able to read it
        known = self.sudo()
        of_activities = known.filtered(lambda attachment: attachment.res_model == "mail.activity")
        filed = (known._in_files() | of_activities).filtered("res_id")
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
        # sudo: ir.attachment - to which record a file belongs, no matter who asks
        if any(a.res_model in papers and a.res_field == "attachment" for a in self.sudo()):
            raise UserError(self.env._("A signed paper is kept as it is and never replaced."))
