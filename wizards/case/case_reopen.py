from odoo import fields, models

from ...models.mixins.once import once
from ...tools import local_today


class IntegrationCaseReopen(models.TransientModel):
    """Starts a new episode after a closed case; the closed one stays as it was counted."""

    _name = "integration.case.reopen"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Reopen Case"

    case_id = fields.Many2one("integration.case", required=True, readonly=True)
    date_start = fields.Date(
        string="Start", required=True, default=lambda self: local_today(self.env)
    )
    reason = fields.Char(required=True, help="Why the work begins again, without personal words.")

    @once
    def action_reopen(self):
        """Create the new episode and open it."""
        self.ensure_one()
        self.case_id.check_access("write")
        case = self.case_id._reopen(self.reason, self.date_start)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_case_action"
        )
        return dict(
            action, res_id=case.id, views=[(False, "form")], view_mode="form", target="main"
        )
