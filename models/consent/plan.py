from odoo import models


class IntegrationPlan(models.Model):
    """Everybody who plans together has consented, and agrees to the purposes of the goals too."""

    _inherit = "integration.plan"

    def _gate_clients(self):
        # sudo: integration.client - the gate also asks for members the user may not read
        return self.case_id.client_id | self.sudo().client_ids

    def _going_on_together(self):
        """Return who takes part in the next version: nobody without consent."""
        family = super()._going_on_together()
        return family.filtered(lambda client: client.consent_state == "given")

    def _after_write(self, change):
        super()._after_write(change)
        if "client_ids" in change.names:
            self.line_ids._ensure_purpose({"area_id"})
