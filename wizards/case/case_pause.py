from datetime import timedelta

from odoo import api, fields, models

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

    other_case_ids = fields.Many2many("integration.case", compute="_compute_other_case_ids")
    also_case_ids = fields.Many2many(
        "integration.case",
        "integration_case_pause_also_rel",
        string="Pause as Well",
        domain="[('id', 'in', other_case_ids)]",
    )

    @api.depends("case_id")
    def _compute_other_case_ids(self):
        for wizard in self:
            others = wizard.case_id._of_household()._filtered_access("write")
            wizard.other_case_ids = others.filtered(lambda case: case.state == "open")

    @once
    def action_pause(self):
        """Pause the case, and those of the household that were ticked."""
        self.ensure_one()
        cases = self.case_id | self.also_case_ids
        cases.check_access("write")
        self.case_id._check_of_household(self.also_case_ids)
        cases._pause(self.reason, self.date_until)
        return {"type": "ir.actions.act_window_close"}
