from odoo import fields, models

# The purposes that hang on what is recorded: PURPOSES of the consent ledger, without those that
# hang on who reads.
RECORDED_PURPOSES = [("messenger", "Contact by messenger"), ("health", "Health data")]


class IntegrationNeedsConsent(models.AbstractModel):
    """Base of classifications that need a consent of their own beside the one to the file."""

    _name = "integration.needs.consent"
    _inherit = ["integration.master"]
    _description = "Classification with a Consent of Its Own"

    consent_purpose = fields.Selection(
        RECORDED_PURPOSES,
        string="Needs Consent To",
        help="Recorded only about clients who agreed to this purpose too; empty: the consent to "
        "the counselling file is enough.",
    )
