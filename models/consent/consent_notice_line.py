from odoo import api, fields, models
from odoo.tools import SQL

from .consent import PURPOSES


class IntegrationConsentNoticeLine(models.Model):
    """One purpose of a notice: it is accepted or refused by itself."""

    _name = "integration.consent.notice.line"
    _inherit = ["integration.evidence", "integration.door"]
    _description = "Purpose in a Privacy Notice"
    _order = "sequence, id"
    _fixed_fields = frozenset({"notice_id"})
    _ledger_columns = ("notice_id", "company_id", "sequence", "purpose", "name", "text")
    _ledger_frozen = SQL(
        """EXISTS (SELECT 1 FROM integration_consent_notice
                    WHERE state = 'published' AND id IN (OLD.notice_id, NEW.notice_id))"""
    )
    _ledger_guards_insert = True

    notice_id = fields.Many2one(
        "integration.consent.notice", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="notice_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    purpose = fields.Selection(PURPOSES, required=True)
    name = fields.Char(string="Title", required=True)
    text = fields.Text(required=True)

    _purpose_uniq = models.UniqueIndex(
        "(notice_id, purpose)", "Each purpose stands once in a notice."
    )

    @api.model
    def _prepare_create(self, vals_list):
        notices = self.env["integration.consent.notice"]
        notices.browse(filter(None, (vals.get("notice_id") for vals in vals_list)))._check_draft()
        return super()._prepare_create(vals_list)

    def _before_write(self, change):
        super()._before_write(change)
        self.notice_id._check_draft()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.notice_id._check_draft()
