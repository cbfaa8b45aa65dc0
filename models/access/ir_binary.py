from werkzeug.exceptions import Conflict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import MIMETYPE_HEAD_SIZE, guess_mimetype

# What a browser shows without running anything in the name of the page
SHOWN = frozenset(f"image/{name}" for name in ("bmp", "gif", "jpeg", "png", "webp")) | {
    "application/pdf"
}
# What every browser saves and none shows
DOWNLOADED = "application/octet-stream"


class IrBinary(models.AbstractModel):
    """What lies in a file is handed out to its readers, a signed paper as it was signed."""

    _inherit = "ir.binary"

    def _find_record(
        self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None
    ):
        """Let no address with a token open what lies in a file.

        Odoo gives every reader of an attachment one that holds for up to six weeks, without a
        login and whatever becomes of her access.
        """
        record = super()._find_record(xmlid, res_model, res_id, access_token, field)
        filed = record._in_files() if record._name == "ir.attachment" else record
        opened = record.env.su and not self.env.su
        if opened and filed and self.env["ir.rule"]._is_about_files(filed):
            filed.sudo(False).check_access("read")
        return record

    def _get_stream_from(self, record, field_name="raw", *args, **kwargs):
        """Let nothing of a file be shown that could run, whatever it was stored or asked for as.

        Odoo takes the kind of what it sends from the address if that names one.
        """
        stream = super()._get_stream_from(record, field_name, *args, **kwargs)
        if stream.type != "url" and self._lies_in_file(record):
            kind = guess_mimetype(self._head(stream))
            stream.mimetype = kind if kind in SHOWN else DOWNLOADED
        return stream

    @api.model
    def _head(self, stream):
        """Return the first bytes of a document, which say what it really is."""
        if stream.type == "data":
            return stream.data[:MIMETYPE_HEAD_SIZE]
        with open(stream.path, "rb") as file:
            return file.read(MIMETYPE_HEAD_SIZE)

    def _lies_in_file(self, record):
        if record._name == "ir.attachment":
            # sudo: ir.attachment - where it lies; who may read it was checked
            known = record.sudo()
            clients = self.env["integration.client"]
            return bool(record._in_files() or clients._whose_file(known.res_model, known.res_id))
        return isinstance(record, self.env.registry["integration.secured"])

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
        stream = super()._record_to_stream(record, field_name)
        self._log_handed_out(record)
        return stream

    def _log_handed_out(self, record):
        """Log whose file a document comes from, once it has been found."""
        if self.env.su or record._name == "res.partner":
            return
        model, id_ = record._name, record.id
        if record._name == "ir.attachment":
            # sudo: ir.attachment - where it lies; who may read it was checked
            model, id_ = record.sudo().res_model, record.sudo().res_id
        clients = self.env["integration.client"]._whose_file(model, id_)
        if clients:
            self.env["integration.access.log"]._log("open", clients)
