from odoo import api, models
from odoo.fields import Domain

from .base import APPOINTMENT


class IrAttachment(models.Model):
    """What is attached to an appointment of a file lies in the file.

    To others the appointment shows that somebody is busy, and Odoo takes that for reading it.
    """

    _inherit = "ir.attachment"

    @api.model
    def _in_my_files_domain(self):
        return super()._in_my_files_domain() & self._at_no_closed_appointment()

    @api.model
    def _found_by_relations(self):
        return super()._found_by_relations() & self._at_no_closed_appointment()

    @api.model
    def _at_no_closed_appointment(self):
        if APPOINTMENT not in self.env:
            return Domain.TRUE
        closed = self.env["ir.rule"]._closed_appointments()
        return Domain("res_model", "!=", APPOINTMENT) | Domain("res_id", "not in", closed)

    def _in_files(self):
        filed = super()._in_files()
        rules = self.env["ir.rule"]
        return self.filtered(
            lambda attachment: (
                attachment in filed
                # sudo: ir.attachment - to which record it belongs, no matter who asks
                or rules._file_behind(attachment.sudo().res_model, attachment.sudo().res_id)
            )
        )
