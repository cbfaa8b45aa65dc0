from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_today


class IntegrationNote(models.Model):
    """The words of a talk or of the work on a case, in one of three classes.

    § 203 StGB holds towards the employer too: who reads a note is decided by the
    record rules, never by a view.
    """

    _name = "integration.note"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Note"
    _order = "date desc, id desc"
    _check_company_auto = True
    _open_with_case = True
    _content_fields = frozenset({"body"})
    _needs_file_consent = True
    _fixed_fields = frozenset({"user_id", "case_id", "contact_id"})

    case_id = fields.Many2one(
        "integration.case",
        compute="_compute_case_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    contact_id = fields.Many2one(
        "integration.contact", index="btree_not_null", ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Author",
        required=True,
        readonly=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    date = fields.Date(
        compute="_compute_date", store=True, precompute=True, readonly=False, required=True
    )
    confidentiality = fields.Selection(
        [
            ("file", "File note"),
            ("confidential", "Confidential: author and named persons"),
            ("supervision", "Supervision: lead and named persons"),
        ],
        required=True,
        default="file",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Named Persons",
        check_company=True,
        help="Who may read a confidential or supervision note beside the author.",
        context={"active_test": False},
    )
    body = fields.Text(string="Note", required=True)

    @api.depends("contact_id")
    def _compute_case_id(self):
        for note in self:
            note.case_id = note.contact_id.case_id or note.case_id

    @api.depends("contact_id")
    def _compute_date(self):
        for note in self:
            note.date = note.contact_id.date or note.date or local_today(self.env)

    @api.depends("case_id.file_number", "date")
    def _compute_display_name(self):
        for note in self:
            number = note.case_id.file_number or ""
            note.display_name = f"{number}, {format_date(self.env, note.date)}"

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            self._check_file(vals)
        return [dict(vals, user_id=self.env.uid) for vals in vals_list]

    def _before_write(self, change):
        super()._before_write(change)
        if {"body", "confidentiality", "user_ids", "date"} & change.names and not self.env.su:
            self._check_author()

    def _after_write(self, change):
        super()._after_write(change)
        if {"body", "confidentiality", "user_ids", "date"} & change.names:
            for contact in self.contact_id:
                contact._add_changes([contact._change_vals("note_ids")])

    @api.model
    def _check_file(self, vals):
        """Refuse words without a file, or in another one than their talk's.

        Before the database would: it writes the refused row, words and all, into its log.
        """
        contact = self.env["integration.contact"].browse(
            vals.get("contact_id") or self.env.context.get("default_contact_id")
        )
        case_id = vals.get("case_id") or self.env.context.get("default_case_id")
        if not (case_id or contact.case_id):
            raise UserError(
                self.env._(
                    "A note belongs to a file. Choose the case: an unnamed talk is only counted."
                )
            )
        if contact and case_id and contact.case_id.id != case_id:
            raise UserError(
                contact._about_file(
                    self.env._("a note of this contact stands in its own file; choose that case.")
                )
            )

    @api.constrains("date", "case_id")
    def _check_date(self):
        today = local_today(self.env)
        for note in self:
            if note.date > today:
                raise ValidationError(
                    self.env._(
                        "File %s: the date of the note lies in the future.",
                        note.case_id.file_number,
                    )
                )
            if note.date < note.case_id.date_start:
                raise ValidationError(
                    self.env._(
                        "File %(number)s: the note lies before the start of the case (%(start)s).",
                        number=note.case_id.file_number,
                        start=format_date(self.env, note.case_id.date_start),
                    )
                )

    @api.constrains("body")
    def _check_body(self):
        for note in self:
            if not (note.body or "").strip():
                raise ValidationError(
                    self.env._("File %s: the note is empty.", note.case_id.file_number)
                )

    def _check_author(self):
        """Refuse to change what somebody else has written.

        :raises UserError: naming the file by its number
        """
        for note in self:
            if note.user_id != self.env.user:
                raise UserError(
                    self.env._(
                        "File %s: a note is changed by its author only. Add one of your own.",
                        note.case_id.file_number,
                    )
                )
