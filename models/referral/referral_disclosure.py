from odoo import models

from ...tools import entry_day

# What becomes an entry of the register, and stands there from then on
PASSED_ON = frozenset({"basis", "kind_ids", "release_id", "special_agreed", "reason"})


class IntegrationReferral(models.Model):
    """What a referral passes on, by what right, and what the client must have agreed to."""

    _inherit = "integration.referral"

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self._ensure_purposes()
        for referral in self:
            referral._pass_on(referral.date, "referral")

    def _after_write(self, change):
        super()._after_write(change)
        if change.names & PASSED_ON:
            for referral in self:
                referral._pass_on(entry_day(self.env), "referral")

    def _locked_fields(self):
        return PASSED_ON if self.disclosure_id else frozenset()

    def _locked_message(self, names):
        return self._about_file(
            self.env._(
                "what was passed on stands in the register. Correct it there by a further entry."
            )
        )

    # ------------------------------------------------------------
    # The gates
    # ------------------------------------------------------------

    def _gate_clients(self):
        """Ask the client of the case too: into a file that is closed nobody is written."""
        # sudo: integration.client - the gate also asks for whom the user may not read
        return self.client_id | self.case_id.sudo().client_id.with_env(self.env)

    def _ensure_purposes(self):
        """Refuse a referral on a matter, such as health, to which the client did not agree.

        :raises UserError: see ``_ensure_consents()`` of the client; the way there is open
            without a record
        """
        for referral in self:
            for purpose in referral.service_id._purposes(referral.topic_id):
                referral.client_id._ensure_purpose(purpose)
