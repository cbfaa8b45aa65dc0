from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class IntegrationContactChange(models.Model):
    """What was corrected in a contact: which field, from what to what, by whom, when.

    Written with the correction and never by hand. Persons are told by their file numbers; of
    words it is told that they were changed, not what they were.
    """

    _name = "integration.contact.change"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Correction of a Contact"
    _order = "id desc"
    _content_fields = frozenset({"former", "value"})
    _system_fields = frozenset({"contact_id", "user_id", "field", "former", "value"})

    contact_id = fields.Many2one(
        "integration.contact", required=True, readonly=True, index=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        related="contact_id.case_id", store=True, precompute=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="contact_id.company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one("res.users", string="Corrected By", required=True, readonly=True)
    create_date = fields.Datetime(string="Corrected On", readonly=True)
    field = fields.Char(required=True, readonly=True, export_string_translation=False)
    label = fields.Char(string="What", compute="_compute_label")
    former = fields.Char(string="Before", readonly=True)
    value = fields.Char(string="Now", readonly=True)

    @api.depends("field")
    @api.depends_context("lang")
    def _compute_label(self):
        described = self.env["integration.contact"].fields_get(attributes=["string"])
        for change in self:
            change.label = described.get(change.field, {}).get("string") or change.field

    @api.depends("contact_id", "create_date")
    def _compute_display_name(self):
        for change in self:
            day = change.create_date and format_date(self.env, change.create_date)
            change.display_name = f"{change.contact_id.display_name}: {day}"

    @api.depends("contact_id.case_id")
    def _compute_in_my_files(self):
        return super()._compute_in_my_files()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_traced(self):
        raise UserError(self.env._("What was corrected is not deleted."))
