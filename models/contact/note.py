from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools import local_today


class IntegrationNote(models.Model):
    """The words of a talk or of the work on a case, in one of three classes.

    § 203 StGB holds towards the employer too: who reads a note is decided by the
    record rules, never by a view.
    """

    _name = "integration.note"
    _inherit = ["integration.in.file", "integration.secured", "integration.logged"]
    _description = "Note"
    _order = "date desc, id desc"
    _check_company_auto = True
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
        return [dict(vals, user_id=self.env.uid) for vals in vals_list]

    def _before_write(self, change):
        super()._before_write(change)
        if {"body", "confidentiality", "user_ids"} & change.names and not self.env.su:
            self._check_author()

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
