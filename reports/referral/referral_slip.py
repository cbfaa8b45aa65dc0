from odoo import api, models


class IntegrationReferralSlip(models.AbstractModel):
    """The slip a client takes along: where to go, when, and what to bring."""

    _name = "report.integration_management.integration_referral_slip"
    _inherit = ["integration.paper"]
    _description = "Slip for the Client"

    @api.model
    def _get_report_values(self, docids, data=None):
        referrals = self._opened("integration.referral", docids)
        return {
            "doc_ids": referrals.ids,
            "doc_model": referrals._name,
            "docs": referrals,
            "day": self._day,
            "slips": [
                {
                    "referral": referral,
                    "service": referral.service_id,
                    "name": referral.recipient_name,
                    "company": referral.company_id,
                    "columns": self._columns(self._paper_language(referral.client_id)),
                    "hint": self._lacks_language(referral.client_id),
                }
                for referral in referrals
            ],
        }
