from odoo import api, fields, models

from ..case.case import INTERNAL

# What the dialogs write about the person
TOLD = {"pause_reason", "reopening_reason"}


class IntegrationCase(models.Model):
    """What the case shows of its client's consent beyond the state."""

    _inherit = "integration.case"

    consent_renewal_due = fields.Boolean(related="client_id.consent_renewal_due", store=True)
    consent_guardian_missing = fields.Boolean(related="client_id.consent_guardian_missing")
    recipient_open_count = fields.Integer(
        compute="_compute_recipient_open_count", string="Recipients to Be Told"
    )

    @api.depends("client_id", "member_ids")
    def _compute_recipient_open_count(self):
        recipients = self.env["integration.withdrawal.recipient"]
        for case in self:
            case.recipient_open_count = recipients.search_count(case._recipient_domain())

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._ensure_not_taken_back()
        return cases

    def write(self, vals):
        # Registers and parts of the file guard themselves; who is responsible, and that the case
        # is closed, must be said all the same; why somebody pauses need not.
        names = {name for name in vals if self._fields[name].type != "one2many"} - {"user_id"}
        if self.env.context.get("integration_internal") is INTERNAL:
            names = {name for name in names & TOLD if vals[name]}
        if names:
            self._ensure_not_taken_back()
        return super().write(vals)

    def _ensure_not_taken_back(self):
        """Refuse to go on with a case whose client took the consent back, but to end it.

        :raises UserError: county standard 2.2: writing stops at once
        """
        if not self.env.su:
            self.client_id._filtered_took_back()._ensure_consent()

    def action_open_recipients(self):
        """List whoever must still hear that a consent of this case was withdrawn."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_withdrawal_recipient_action"
        )
        return dict(action, domain=self._recipient_domain())

    def action_sign_on_screen(self):
        """Prepare the signing of the privacy notice on a tablet by a person of the case."""
        self.ensure_one()
        return self.env["integration.signing"]._action_prepare(self.client_id)

    def _recipient_domain(self):
        clients = self.client_id | self.member_ids
        return [("client_id", "in", clients.ids), ("date_told", "=", False)]
