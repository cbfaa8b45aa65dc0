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
        ids = filter(None, (vals.get("notice_id") for vals in vals_list))
        notices.browse(ids)._check_locked({"line_ids"})
        return super()._prepare_create(vals_list)

    def _locked_fields(self):
        return self.notice_id._locked_fields() and frozenset(self._fields)

    def _locked_message(self, names):
        return self.notice_id._locked_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_locked({"notice_id"})
