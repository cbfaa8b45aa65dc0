from odoo import api, fields, models


class IntegrationPlan(models.Model):
    """What lists and form show of a plan beside its own columns: numbers of its parts."""

    _inherit = "integration.plan"

    version_count = fields.Integer(compute="_compute_version_count", string="Versions")
    line_count = fields.Integer(compute="_compute_line_count", string="Number of Goals")
    line_reached_count = fields.Integer(compute="_compute_line_count", string="Goals Reached")

    @api.depends("origin_id")
    def _compute_version_count(self):
        counts = dict(
            self._read_group([("origin_id", "in", self.origin_id.ids)], ["origin_id"], ["__count"])
        )
        for plan in self:
            plan.version_count = counts.get(plan.origin_id, 1)

    @api.depends("line_ids.state")
    def _compute_line_count(self):
        for plan in self:
            plan.line_count = len(plan.line_ids)
            plan.line_reached_count = len(plan.line_ids.filtered(lambda g: g.state == "reached"))
