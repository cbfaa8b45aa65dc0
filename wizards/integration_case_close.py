from odoo import api, fields, models

from ..tools import local_today


class IntegrationCaseClose(models.TransientModel):
    """Closes a case for one of the reasons of the county standard (3.2.3)."""

    _name = "integration.case.close"
    _inherit = ["integration.secured"]
    _description = "Close Case"
    _check_company_auto = True

    case_id = fields.Many2one("integration.case", required=True, readonly=True)
    company_id = fields.Many2one(related="case_id.company_id")
    consent_state = fields.Selection(related="case_id.consent_state")
    closure_reason_id = fields.Many2one(
        "integration.closure.reason", required=True, check_company=True
    )
    date_end = fields.Date(string="End", required=True, default=lambda self: local_today(self.env))
    open_step_count = fields.Integer(compute="_compute_open_step_count", string="Open Steps")
    note = fields.Text(
        string="Closing Note", help="What was reached and what comes next; goes into the file."
    )

    @api.depends("case_id")
    def _compute_open_step_count(self):
        for wizard in self:
            wizard.open_step_count = self.env["integration.plan.step"].search_count(
                [
                    ("case_id", "=", wizard.case_id.id),
                    ("state", "=", "open"),
                    ("plan_id.state", "=", "agreed"),
                ]
            )

    def action_close(self):
        """Write the closing note and close the case."""
        self.ensure_one()
        self.case_id.check_access("write")
        if self.note:
            self.env["integration.note"].create({"case_id": self.case_id.id, "body": self.note})
        self.case_id._close(self.closure_reason_id, self.date_end)
        return {"type": "ir.actions.act_window_close"}
