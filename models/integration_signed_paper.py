import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

MAX_BYTES = 10 * 1024 * 1024
# What a scanner or a camera produces: the first bytes of the file say what it really is.
SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


class IntegrationSignedPaper(models.AbstractModel):
    """A signed paper as a scan: kept as it came, proven by its hash, named without a name."""

    _name = "integration.signed.paper"
    _description = "Signed Paper"

    attachment = fields.Binary(string="Signed Paper", attachment=True, copy=False)
    attachment_name = fields.Char(string="File Name", readonly=True, copy=False)
    attachment_hash = fields.Char(
        string="SHA-256 of the Paper", readonly=True, copy=False,
        help="Proves that the stored paper is the one that was signed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._prepare_paper_vals(vals) for vals in vals_list])

    def write(self, vals):
        if {"attachment", "attachment_name", "attachment_hash"} & vals.keys():
            if any(paper.attachment_hash for paper in self):
                raise UserError(self.env._("A signed paper is kept as it is and never replaced."))
            vals = self._prepare_paper_vals(vals)
        return super().write(vals)

    @api.model
    def _prepare_paper_vals(self, vals):
        """Return ``vals`` with name and hash of the paper, or without both."""
        vals = dict(vals, attachment_name=False, attachment_hash=False)
        if vals.get("attachment"):
            content = self._decode_paper(vals["attachment"])
            suffix = self._paper_suffix(content)
            digest = hashlib.sha256(content).hexdigest()
            # Neutral: the name a scan comes with often is the name of the person.
            vals.update(attachment_name=f"{digest[:12]}.{suffix}", attachment_hash=digest)
        return vals

    @api.model
    def _decode_paper(self, value):
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(self.env._("The signed paper cannot be read.")) from error

    @api.model
    def _paper_suffix(self, content):
        """Return the suffix of a scan.

        :raises ValidationError: too large, or neither PDF nor picture
        """
        if len(content) > MAX_BYTES:
            raise ValidationError(self.env._(
                "The signed paper is larger than %s MB. Please scan it with less resolution.",
                MAX_BYTES // 1024 // 1024,
            ))
        for start, suffix in SIGNATURES.items():
            if content.startswith(start):
                return suffix
        raise ValidationError(self.env._("The signed paper must be a PDF, PNG or JPEG file."))

    def _paper_is_intact(self):
        """Return whether the stored paper still is the one that was signed."""
        self.ensure_one()
        content = base64.b64decode(self.attachment or b"")
        return hashlib.sha256(content).hexdigest() == self.attachment_hash
