from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class IntegrationNote(models.Model):
    """The words of a talk or of the work on a case, in one of three classes.

    § 203 StGB holds towards the employer too: who reads a note is decided by the
    record rules, never by a view.
    """

    _name = "integration.note"
    _inherit = ["integration.gated", "integration.logged"]
    _description = "Note"
    _order = "date desc, id desc"
    _check_company_auto = True
    _content_fields = frozenset({"body"})

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
            note.date = note.contact_id.date or note.date or fields.Date.context_today(note)

    @api.depends("case_id.file_number", "date")
    def _compute_display_name(self):
        for note in self:
            number = note.case_id.file_number or ""
            note.display_name = f"{number}, {format_date(self.env, note.date)}"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([dict(vals, user_id=self.env.uid) for vals in vals_list])

    def write(self, vals):
        if {"user_id", "case_id", "contact_id"} & vals.keys():
            raise UserError(self.env._("Author and case of a note cannot be changed."))
        if "body" in vals or "confidentiality" in vals or "user_ids" in vals:
            for note in self:
                if note.user_id != self.env.user and not self.env.su:
                    raise UserError(
                        self.env._(
                            "File %s: a note is changed by its author only. Add one of your own.",
                            note.case_id.file_number,
                        )
                    )
        return super().write(vals)
