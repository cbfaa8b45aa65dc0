from odoo import api, fields, models


class IntegrationClient(models.Model):
    """Whoever looks up where a client lives reads first what she should know."""

    _inherit = "integration.client"

    safety_warning = fields.Text(
        string="To Be Known before a Meeting", compute="_compute_safety_warning"
    )

    @api.depends("case_ids", "family_case_id")
    @api.depends_context("uid")
    def _compute_safety_warning(self):
        for client in self:
            cases = client._current_case()._filtered_access("read")
            client.safety_warning = cases.safety_warning

    def _address_line(self):
        """Return the address in one line."""
        self.ensure_one()
        town = " ".join(filter(None, (self.zip, self.city)))
        return ", ".join(filter(None, (self.street, self.street2, town)))
