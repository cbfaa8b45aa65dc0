from odoo import api, models
from odoo.exceptions import UserError

# What makes a file what it is and whose it is
EVIDENCE = {
    "raw", "datas", "db_datas", "store_fname", "checksum", "res_model", "res_id", "res_field",
}


class IrAttachment(models.Model):
    """Signed papers behind the registers are kept as they came."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if vals.keys() & EVIDENCE:
            self._check_no_evidence()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._check_no_evidence()

    def _check_no_evidence(self):
        """Refuse to touch a signed paper.

        :raises UserError: also for administrators; the retention of a whole file goes past it
        """
        papers = self.env.registry.descendants(["integration.signed.paper"], "_inherit")
        # sudo: ir.attachment - to which record a file belongs, whoever asks
        if any(a.res_model in papers and a.res_field == "attachment" for a in self.sudo()):
            raise UserError(self.env._("A signed paper is kept as it is and never replaced."))
