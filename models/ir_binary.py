from werkzeug.exceptions import Conflict

from odoo import models
from odoo.exceptions import UserError


class IrBinary(models.AbstractModel):
    """A signed paper is handed out only as the one that was signed."""

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        paper = record
        if record._name == "ir.attachment" and record.res_field == "attachment":
            model = self.env.get(record.res_model, record)
            # sudo: self.env[...] - only whether the hash is right; who may read was checked
            paper = model.sudo().browse(record.res_id)
        if isinstance(paper, self.env.registry["integration.signed.paper"]):
            try:
                paper._ensure_paper_intact()
            except UserError as error:
                # Odoo answers a UserError with “not found”: that would say nothing.
                raise Conflict(str(error)) from error
        return super()._record_to_stream(record, field_name)
