from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationCaseStage(models.Model):
    """A phase of accompaniment with its rhythm of contacts (county standard 3.3)."""

    _name = "integration.case.stage"
    _inherit = ["integration.master"]
    _description = "Phase of a Case"

    rhythm_days = fields.Integer(
        string="Contact Rhythm (days)",
        default=30,
        required=True,
        help="Days after the last talk when a case counts as silent: dense at first, sparser"
        " later, always by need.",
    )
    fold = fields.Boolean(string="Folded")
    is_intake = fields.Boolean(
        string="Getting to Know",
        help="Phase before consent: no counselling file yet (county standard 2.2).",
    )

    _rhythm_positive = models.Constraint(
        "CHECK(rhythm_days > 0)", "The contact rhythm must be at least one day."
    )

    @api.constrains("is_intake", "active")
    def _check_intake(self):
        """New cases start in a shared phase before consent: one must always exist."""
        if not self.sudo().search_count(  # sudo: shared rows are read by every role anyway
            [("is_intake", "=", True), ("company_id", "=", False)], limit=1
        ):
            raise UserError(
                self.env._("At least one shared phase must remain the one before consent.")
            )
