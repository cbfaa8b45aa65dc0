import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_today
from ..mixins.signed_paper import MAX_BYTES
from .paper_file import UnfitFileError, proper_file

OF_FILE = frozenset({"file_name", "file_format", "date_deleted"})


class IntegrationDocument(models.Model):
    """A paper of somebody in a case: that it was seen, and a copy only where one is needed.

    Seeing a paper is enough as a rule (Art. 5 (1) c GDPR). A copy says what it is for and when
    it is deleted; then the note stays that it was seen.
    """

    _name = "integration.document"
    _inherit = "integration.concerns"
    _description = "Paper"
    _order = "date_seen desc, id desc"
    _content_fields = frozenset({"purpose"})
    _fixed_fields = frozenset({"case_id", "client_id"})
    _system_fields = OF_FILE
    # The day of deletion comes after a withdrawal as well
    _ending_fields = frozenset({"file"}) | OF_FILE

    kind_id = fields.Many2one(
        "integration.document.kind",
        string="Kind of Paper",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        context={"active_test": False},
    )
    kind_hint = fields.Text(related="kind_id.hint", related_sudo=False)
    date_seen = fields.Date(
        string="Seen On", required=True, default=lambda self: local_today(self.env)
    )
    # A copy, where one is needed
    file = fields.Binary(
        string="Copy",
        attachment=True,
        copy=False,
        help="A scan or a photograph, only where it does not do to have seen the paper.",
    )
    file_name = fields.Char(readonly=True, copy=False)
    file_format = fields.Selection(
        [("pdf", "PDF"), ("picture", "Picture"), ("office", "Office document")],
        string="Format",
        readonly=True,
        copy=False,
    )
    purpose = fields.Char(
        string="What the Copy Is For", copy=False, help="Why it does not do to have seen it."
    )
    date_delete = fields.Date(
        string="To Be Deleted On",
        copy=False,
        index="btree_not_null",
        help="In the night to that day the copy is deleted; the note that the paper was seen "
        "stays.",
    )
    date_deleted = fields.Date(string="Copy Deleted On", readonly=True, copy=False)
    state = fields.Selection(
        [("seen", "Seen"), ("copy", "Copy"), ("deleted", "Copy deleted")],
        compute="_compute_state",
        store=True,
        precompute=True,
        index=True,
    )

    _to_delete_idx = models.Index("(date_delete) WHERE state = 'copy'")

    @api.depends("file_name", "date_deleted")
    def _compute_state(self):
        for document in self:
            kept = "copy" if document.file_name else "seen"
            document.state = "deleted" if document.date_deleted else kept

    @api.depends("client_id.file_number", "date_seen")
    def _compute_display_name(self):
        # Never the kind: a severely disabled person's card says enough.
        for document in self:
            # sudo: integration.client - the neutral number
            number = document.client_id.sudo().file_number
            document.display_name = (
                self.env._(
                    "%(number)s: paper seen on %(day)s",
                    number=number,
                    day=format_date(self.env, document.date_seen),
                )
                if number
                else self.env._("New paper")
            )

    @api.onchange("kind_id", "file")
    def _onchange_file(self):
        """Propose how long a copy of this kind is kept."""
        days = self.kind_id.copy_days
        if self.file and not self.date_delete and days:
            self.date_delete = local_today(self.env) + timedelta(days=days)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _never_default_fields(self):
        # What comes by the context has passed no check.
        return super()._never_default_fields() | {"file"}

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = [self._with_file(vals) if vals.get("file") else vals for vals in vals_list]
        return super()._prepare_create(vals_list)

    def _created(self):
        super()._created()
        self._check_paper()
        self._check_copy(new_day=True)

    def _before_write(self, change):
        if change.vals.get("file"):
            if any(document.file_name for document in self):
                raise UserError(
                    self._about(
                        self.env._(
                            "there is a copy already. Delete it first, or enter the other paper "
                            "as well."
                        ),
                        change.vals,
                    )
                )
            change.vals = self._with_file(change.vals)
        elif "file" in change.vals and not self._is_system():
            # The bin beside the copy deletes it; where there is none, nothing is deleted.
            if all(document.file_name for document in self):
                change.vals.update(self._ended_vals())
            else:
                del change.vals["file"]
        super()._before_write(change)

    def _after_write(self, change):
        super()._after_write(change)
        if change.names & {"kind_id", "date_seen"} or change.vals.get("file"):
            self._check_paper()
        if change.names & {"file", "purpose", "date_delete"}:
            self._check_copy(new_day="date_delete" in change.names)
            self._settle_reminders()

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | frozenset(self._fields) if self.date_deleted else locked

    def _locked_message(self, names):
        if self.date_deleted:
            return self._about_file(
                self.env._("the copy is deleted, and the note stays as it is. Enter a new one.")
            )
        return super()._locked_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_deleted(self):
        for document in self.filtered("date_deleted"):
            raise UserError(
                document._about_file(
                    self.env._("that a copy was there and is deleted stays in the file.")
                )
            )

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.model
    def _with_file(self, vals):
        """Return ``vals`` with the file as it is kept, under a name without a name.

        :raises ValidationError: it is too large, or none of the kinds that are kept
        """
        try:
            content, suffix, file_format = proper_file(vals["file"])
        except UnfitFileError as error:
            raise ValidationError(self._about(self._unfit_words(error.reason), vals)) from error
        digest = hashlib.sha256(content).hexdigest()
        # Neutral: the name a scan comes with often is the name of the person.
        name = f"{digest[:12]}.{suffix}"
        return dict(vals, file=content, file_name=name, file_format=file_format)

    @api.model
    def _unfit_words(self, reason):
        if reason == "large":
            return self.env._(
                "the file is too large: at most %s MB. Scan it in black and white or with less "
                "resolution, or take a photograph.",
                MAX_BYTES // 1024 // 1024,
            )
        if reason == "macro":
            return self.env._(
                "the document contains a program (macro). Save it as PDF, and upload that."
            )
        if reason == "unreadable":
            return self.env._("the file cannot be read. Scan or photograph the paper once more.")
        return self.env._(
            "such a file is not kept: a copy is a PDF, a picture (JPEG, PNG) or an office document "
            "(docx, xlsx, odt, ods). Save it as PDF, and upload that."
        )

    def _check_paper(self):
        """Refuse a paper seen in future, and one that the client did not agree to be noted.

        :raises UserError: a kind that says something about health needs that consent
        """
        for document in self:
            if document.date_seen > local_today(self.env):
                document._refuse_values(
                    self.env._("a paper cannot be seen in the future. Enter it on that day.")
                )
            purpose = document.kind_id.consent_purpose
            if purpose:
                document.client_id._ensure_purpose(purpose)

    def _check_copy(self, new_day):
        """Refuse a copy of which nobody knows what it is for or when it goes (Art. 5 (1) e GDPR).

        :param new_day: whether the day of deletion is entered now, and lies ahead
        """
        for document in self.filtered("file_name"):
            if not document.purpose or not document.date_delete:
                document._refuse_values(
                    self.env._(
                        "a copy says what it is for and on which day it is deleted. Fill in both, "
                        "or leave the copy out: to have seen the paper is enough as a rule."
                    )
                )
            if new_day and document.date_delete <= local_today(self.env):
                document._refuse_values(
                    self.env._("the day on which the copy is deleted lies ahead. Enter a later.")
                )
