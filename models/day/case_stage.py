from odoo import api, fields, models

# A case that is spoken with once a month weighs 1.
MONTH = 30
LEAST, MOST = 0.5, 3.0


class IntegrationCaseStage(models.Model):
    """How much work a case in this phase is, for the load of a worker."""

    _inherit = "integration.case.stage"

    load_weight = fields.Float(
        string="Weight of a Case",
        compute="_compute_load_weight",
        store=True,
        precompute=True,
        readonly=False,
        help="In the load of a worker. From the contact rhythm, until another value is entered:"
        " 1 for a talk a month.",
    )
    load_weight_person = fields.Float(
        string="Weight of Each Relative",
        default=0.25,
        help="Share of the weight of the case that each further person in it adds to the load.",
    )

    _load_weights = models.Constraint(
        "CHECK(load_weight >= 0 AND load_weight_person >= 0)",
        "The weights of a phase cannot be negative.",
    )

    @api.depends("rhythm_days")
    def _compute_load_weight(self):
        for stage in self:
            stage.load_weight = min(MOST, max(LEAST, MONTH / (stage.rhythm_days or MONTH)))
