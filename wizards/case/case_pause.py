from datetime import timedelta

from odoo import fields, models

from ...models.case.case import LONGEST_PAUSE
from ...models.mixins.once import once
from ...tools import local_today

# What a longer stay elsewhere takes as a rule; the worker changes it with one key.
USUAL_DAYS = 28


class IntegrationCasePause(models.TransientModel):
    """Pauses a case until a day (county standard 3.2.3: a temporary break)."""

    _name = "integration.case.pause"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Pause Case"
    _days_ahead = {"date_until": LONGEST_PAUSE}

    case_id = fields.Many2one("integration.case", required=True, readonly=True)
    reason = fields.Selection(
        selection=lambda self: (
            self.env["integration.case"]._fields["pause_reason"]._description_selection(self.env)
        ),
        required=True,
        default="away",
    )
    date_until = fields.Date(
        string="Until",
        required=True,
        default=lambda self: local_today(self.env) + timedelta(days=USUAL_DAYS),
        help="On this day the case is open again and the rhythm of its phase begins anew.",
    )

    @once
    def action_pause(self):
        """Pause the case."""
        self.ensure_one()
        self.case_id.check_access("write")
        self.case_id._pause(self.reason, self.date_until)
        return {"type": "ir.actions.act_window_close"}
