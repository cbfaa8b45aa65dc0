from odoo import api, models
from odoo.exceptions import UserError


class IntegrationPlanPart(models.AbstractModel):
    """Base of goals and steps: free in a draft, afterwards only their progress moves.

    Both sides hold a signed sheet with the goals, so a change of their words or dates is
    a new version of the plan (county standard 1.3.1: "Fortschreibung").
    """

    _name = "integration.plan.part"
    _inherit = ["integration.plan.guard"]
    _description = "Part of an Integration Plan"

    # What still moves once the plan is agreed
    _progress_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_frozen({"plan_id"})
        return parts

    def write(self, vals):
        self._check_frozen(vals.keys())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_frozen({"plan_id"})

    def _frozen_parts(self, names):
        """Return those whose ``names`` move with the plan's state alone."""
        return self

    def _gate_clients(self):
        return self.plan_id._gate_clients()

    def _check_frozen(self, names):
        """Refuse a user's change of ``names`` unless the state of the plan lets them move."""
        if self._in_flow():
            return
        for plan in self._frozen_parts(names).plan_id:
            if plan.state == "ended" or (plan.state == "agreed" and names - self._progress_fields):
                raise UserError(
                    self.env._(
                        "%s was agreed: only the progress of goals and steps still changes. "
                        "For anything else make a new version.",
                        plan.display_name,
                    )
                )
