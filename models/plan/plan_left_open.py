from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class IntegrationPlan(models.Model):
    """Steps that a plan left open when its case was closed: what became of them?

    Everything else of an ended plan is frozen, for both sides hold it on paper. A version that
    another one followed left nothing open: the next one took it over.
    """

    _inherit = "integration.plan"

    open_step_count = fields.Integer(compute="_compute_open_step_count", string="Open Steps")

    @api.depends("state")
    def _compute_open_step_count(self):
        steps = self.env["integration.plan.step"]
        counts = dict(
            steps._read_group(
                steps._left_open_domain() & Domain("plan_id", "in", self.ids),
                ["plan_id"],
                ["__count"],
            )
        )
        for plan in self:
            plan.open_step_count = counts.get(plan._origin, 0)

    def action_left_open(self):
        """List the steps left open, to say what became of them."""
        self.ensure_one()
        return self.step_ids.filtered(lambda step: step.state == "open")._action_left_open()

    def _last_agreed(self):
        """Return those of ``self`` that were agreed and that no agreed version followed."""
        return self.search([("id", "in", self.ids), ("id", "in", self._last_agreed_sql())])

    @api.model
    def _last_agreed_sql(self):
        """Return the ids of the last agreed versions of all chains, for a domain."""
        self.flush_model(["origin_id", "version", "date_agreed"])
        return SQL(
            "(SELECT DISTINCT ON (origin_id) id FROM integration_plan"
            " WHERE date_agreed IS NOT NULL ORDER BY origin_id, version DESC)"
        )
