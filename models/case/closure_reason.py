from odoo import api, fields, models


class IntegrationClosureReason(models.Model):
    """Why a case ends (county standard 3.2.3, and what the practice needs besides)."""

    _name = "integration.closure.reason"
    _inherit = ["integration.master"]
    _description = "Closure Reason"

    kind = fields.Selection(
        [
            ("goals", "Goals reached"),
            ("client", "Ended by the client"),
            ("protection", "Self-protection of the worker"),
            ("moved", "Moved outside the county"),
            ("cooperation", "Lastingly very low co-operation"),
            ("duration", "Maximum duration reached"),
            ("handover", "Handed over to another employer"),
            ("left", "Left the country"),
            ("death", "Death"),
            ("never", "Never begun"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
        help="What the program does on closing depends on it; the name is free.",
    )
    is_handover = fields.Boolean(
        string="Hand-over",
        compute="_compute_is_handover",
        store=True,
        precompute=True,
        help="Listed apart in the figures: the accompaniment goes on elsewhere in the county.",
    )

    @api.depends("kind")
    def _compute_is_handover(self):
        for reason in self:
            reason.is_handover = reason.kind == "handover"
