from odoo import api, fields, models
from odoo.exceptions import UserError

from .agreement_words import digest, frozen


class IntegrationAgreement(models.Model):
    """The words of an agreed version as they were that day, for every sheet that is printed of it.

    Goals and steps are locked once agreed, but areas, entries of the directory and names of
    persons are not: they live elsewhere and change. Source: county standard 3.2.2.
    """

    _name = "integration.agreement"
    _description = "Words of an Agreed Plan"
    _inherit = ["integration.evidence", "integration.in.file", "integration.secured"]
    _order = "id desc"
    _check_company_auto = True
    # Not gated: it is written with the agreement, which asks, and adds nothing to the file.
    _needs_file_consent = False
    _content_fields = frozenset({"words"})
    _ledger_columns = ("plan_id", "case_id", "client_id", "company_id", "words", "words_hash")

    plan_id = fields.Many2one(
        "integration.plan", required=True, index=True, ondelete="restrict", check_company=True
    )
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True, index=True)
    client_id = fields.Many2one(
        related="plan_id.client_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        string="Employer", related="plan_id.company_id", store=True, precompute=True, index=True
    )
    words = fields.Text(required=True, readonly=True, copy=False)
    words_hash = fields.Char(string="SHA-256", required=True, readonly=True, copy=False)

    _plan_uniq = models.UniqueIndex("(plan_id)", "The words of this version are frozen already.")

    @api.depends("plan_id")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = agreement.plan_id.display_name

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"plan_id", "words", "words_hash"}

    @api.model
    def _freeze(self, plans):
        """Freeze the words of the agreed ``plans`` that are not frozen yet."""
        # sudo: integration.agreement - of plans whose right to be written or read was checked
        agreements = self.sudo()
        known = agreements.search([("plan_id", "in", plans.ids)]).plan_id
        vals_list = []
        for plan in plans - known:
            words = frozen(plan._words_now())
            vals_list.append({"plan_id": plan.id, "words": words, "words_hash": digest(words)})
        if vals_list:
            agreements._as_system().create(vals_list)

    @api.model
    def _ensure_intact(self, record):
        """Refuse frozen words that no longer fit their hash.

        :raises UserError: nobody may take them for what was agreed
        """
        if digest(record.words) != record.words_hash:
            raise UserError(
                record._about_file(
                    self.env._(
                        "the stored words are not those that were agreed: their SHA-256 differs. "
                        "Do not use them, and tell data protection; they may be restored from a "
                        "backup."
                    )
                )
            )
