from odoo import api, fields, models
from odoo.fields import Domain

from .withdrawal_recipient import ACTIVITY_TYPE


class IntegrationCase(models.Model):
    """Who must still hear that a consent of the case was withdrawn."""

    _inherit = "integration.case"

    recipient_open_count = fields.Integer(
        compute="_compute_recipient_open_count", string="Recipients to Be Told"
    )

    @api.depends("client_id", "member_ids")
    def _compute_present(self):
        return super()._compute_present()

    def _sought(self):
        recipients = ("integration.withdrawal.recipient", self._recipient_domain(), None)
        return {**super()._sought(), "recipients": recipients}

    @api.depends("client_id", "member_ids")
    def _compute_recipient_open_count(self):
        recipients = self.env["integration.withdrawal.recipient"]
        for case in self:
            domain = case._recipient_domain()
            count = recipients.search_count(domain) if case._with_any("recipients") else 0
            case.recipient_open_count = count

    def action_open_recipients(self):
        """List who must still hear that a consent of this case was withdrawn."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_withdrawal_recipient_action"
        )
        return dict(action, domain=self._recipient_domain())

    def _recipient_domain(self):
        of_case = Domain("client_id", "in", self.client_id.ids)
        of_case |= Domain("client_id.family_case_id", "in", self.ids)
        return list(of_case & Domain("date_told", "=", False))

    def _planned(self):
        """Keep the duty to tell recipients: it does not end with the case."""
        duty = self.env.ref(ACTIVITY_TYPE, raise_if_not_found=False)
        return super()._planned().filtered(lambda activity: activity.activity_type_id != duty)
