from odoo import api, fields, models
from odoo.tools import format_date

from ...models.mixins.once import once
from ...models.office.office_session import REASONS


class IntegrationOfficeCancel(models.TransientModel):
    """Why a session is cancelled, and whom that concerns."""

    _name = "integration.office.cancel"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Cancel Office Hours"

    session_id = fields.Many2one(
        "integration.office.session", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Selection(REASONS, required=True)
    words = fields.Char(
        string="What Happened", help="For the team. No word about anybody's health."
    )
    booked_count = fields.Integer(compute="_compute_booked", string="Booked Appointments")
    day = fields.Char(compute="_compute_booked")

    @api.depends("session_id")
    def _compute_booked(self):
        for wizard in self:
            readable = wizard.session_id._filtered_access("read")
            # The number alone, of whosever file
            wizard.booked_count = len(readable._booked()) if readable else 0
            wizard.day = readable and format_date(self.env, readable.date)

    @once
    def action_cancel_session(self):
        """Cancel the session, and show who is to be told by what."""
        self.ensure_one()
        self.session_id._cancel(self.reason, self.words)
        # What the user may read of them; the others have got a task.
        told = self.env["integration.appointment"].search_count(
            [("session_id", "=", self.session_id.id), ("state", "=", "cancelled")], limit=1
        )
        if told:
            return self.session_id.action_cancelled_appointments()
        return {"type": "ir.actions.act_window_close"}
