import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .evidence import ERASE_SETTING

MAX_BYTES = 10 * 1024 * 1024
# What a scanner or a camera produces: the first bytes of the file say what it really is.
SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


class IntegrationSignedPaper(models.AbstractModel):
    """A signed paper as a scan: kept as it came, proven by its hash, named without a name.

    The row of the document is evidence like the event itself, down to SQL. The file on the
    disk lies beyond the database, so its hash is compared whenever it is handed out.
    """

    _name = "integration.signed.paper"
    _inherit = ["integration.evidence", "integration.door"]
    _description = "Signed Paper"

    attachment = fields.Binary(string="Signed Paper", attachment=True, copy=False)
    attachment_name = fields.Char(string="File Name", readonly=True, copy=False)
    attachment_hash = fields.Char(
        string="SHA-256 of the Paper",
        readonly=True,
        copy=False,
        help="Proves that the stored paper is the one that was signed.",
    )

    is_paper_broken = fields.Boolean(
        compute="_compute_is_paper_broken", export_string_translation=False
    )

    @api.depends("attachment_hash")
    def _compute_is_paper_broken(self):
        """Tell the form, once it is opened, that the stored paper is another one."""
        for paper in self:
            paper.is_paper_broken = bool(
                paper._origin.attachment_hash and not paper._origin._paper_is_intact()
            )

    @api.model
    def _prepare_create(self, vals_list):
        return super()._prepare_create([self._prepare_paper_vals(vals) for vals in vals_list])

    def _before_write(self, change):
        if {"attachment", "attachment_name", "attachment_hash"} & change.names:
            if any(paper.attachment_hash for paper in self):
                raise UserError(self.env._("A signed paper is kept as it is and never replaced."))
            change.vals = self._prepare_paper_vals(change.vals)
        super()._before_write(change)

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
            raise ValidationError(
                self.env._(
                    "The signed paper is larger than %s MB. Please scan it with less resolution.",
                    MAX_BYTES // 1024 // 1024,
                )
            )
        for start, suffix in SIGNATURES.items():
            if content.startswith(start):
                return suffix
        raise ValidationError(self.env._("The signed paper must be a PDF, PNG or JPEG file."))

    def _paper_is_intact(self):
        """Return whether the stored paper still is the one that was signed."""
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).attachment or b"")
        return hashlib.sha256(content).hexdigest() == self.attachment_hash

    def _ensure_paper_intact(self):
        """Refuse to hand out a paper that is not the one that was signed.

        :raises UserError: nobody may take it for the signed one
        """
        for paper in self.filtered("attachment_hash"):
            if not paper._paper_is_intact():
                raise UserError(
                    self.env._(
                        "The stored paper is not the one that was signed: its SHA-256 differs "
                        "from the "
                        "recorded %s. Do not use it, and tell data protection; the paper may be "
                        "restored from a backup.",
                        paper.attachment_hash,
                    )
                )

    # ------------------------------------------------------------
    # The guard in the database
    # ------------------------------------------------------------

    @api.model
    def _paper_names(self):
        return {
            "guard": SQL.identifier(f"{self._table}_paper_guard"),
            "guard_all": SQL.identifier(f"{self._table}_paper_guard_all"),
            "table": SQL.identifier(self._table),
            "model": self._name,
        }

    @api.model
    def _drop_guard(self):  # pylint: disable=missing-return
        super()._drop_guard()
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", self._paper_names()["guard"]))

    @api.model
    def _create_guard(self):  # pylint: disable=missing-return
        super()._create_guard()
        # No column is named outside the function: Odoo stays free to alter its own table.
        self.env.cr.execute(
            SQL(
                """
            CREATE FUNCTION %(guard)s() RETURNS trigger LANGUAGE plpgsql AS $guard$
            BEGIN
                IF TG_OP = 'DELETE' AND current_setting(%(setting)s, true) = (
                    SELECT client_id::text FROM %(table)s WHERE id = OLD.res_id
                ) THEN
                    RETURN OLD;
                END IF;
                IF TG_OP IN ('UPDATE', 'DELETE')
                    AND OLD.res_model = %(model)s AND OLD.res_field = 'attachment'
                    AND (TG_OP = 'DELETE' OR ROW(
                            NEW.id, NEW.res_model, NEW.res_field, NEW.res_id,
                            NEW.store_fname, NEW.checksum, NEW.db_datas
                        ) IS DISTINCT FROM ROW(
                            OLD.id, OLD.res_model, OLD.res_field, OLD.res_id,
                            OLD.store_fname, OLD.checksum, OLD.db_datas
                        ))
                    -- A second one beside it would be read in its place
                    OR TG_OP IN ('INSERT', 'UPDATE')
                    AND NEW.res_model = %(model)s AND NEW.res_field = 'attachment'
                    AND EXISTS (
                        SELECT 1 FROM ir_attachment
                         WHERE res_model = NEW.res_model AND res_field = NEW.res_field
                           AND res_id = NEW.res_id AND id <> NEW.id
                    )
                    OR TG_OP = 'TRUNCATE'
                THEN
                    RAISE EXCEPTION 'A signed paper is evidence: it is neither changed nor deleted.'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN COALESCE(NEW, OLD);
            END $guard$;
            CREATE TRIGGER %(guard)s BEFORE INSERT OR UPDATE OR DELETE ON ir_attachment
                FOR EACH ROW EXECUTE FUNCTION %(guard)s();
            CREATE TRIGGER %(guard_all)s BEFORE TRUNCATE ON ir_attachment
                FOR EACH STATEMENT EXECUTE FUNCTION %(guard)s();
            """,
                setting=ERASE_SETTING,
                **self._paper_names(),
            )
        )

    @api.model
    def _erase_statements(self, names):
        papers = SQL(
            """
            DELETE FROM ir_attachment WHERE res_model = %(model)s AND res_field = 'attachment'
                AND res_id IN (SELECT id FROM %(table)s WHERE client_id = client);
            """,
            **self._paper_names(),
        )
        return SQL("%s %s", papers, super()._erase_statements(names))

    @api.model
    def _erase_ledger(self, clients):
        """Delete the papers with their rows, and have their files cleared away."""
        attachments = self.env["ir.attachment"].sudo()  # sudo: for the retention of whole files
        files = attachments.search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "attachment"),
                ("res_id", "in", self.search([("client_id", "in", clients.ids)]).ids),
            ]
        ).mapped("store_fname")
        result = super()._erase_ledger(clients)
        for name in filter(None, files):
            attachments._file_delete(name)
        return result
