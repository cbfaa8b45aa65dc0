from odoo import api, models
from odoo.exceptions import UserError

# What may move without a word about the person
WORDLESS = {"state", "date_done", "sequence", "step_ids"}


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
        parts._ensure_purpose({"plan_id"})
        return parts

    def write(self, vals):
        self._check_frozen(vals.keys())
        result = super().write(vals)
        self._ensure_purpose(vals.keys())
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_frozen({"plan_id"})

    def _frozen_parts(self, names):
        """Return those whose ``names`` move with the plan's state alone."""
        return self

    def _gate_clients(self):
        return self.plan_id._gate_clients()

    def _purpose_area(self):
        """Return the life area whose consent the words of the part rest on."""
        return self.area_id

    def _ensure_purpose(self, names):
        """Refuse words in an area, such as health, to which the plan's clients did not agree.

        A next version takes over what was agreed; only what is written now is asked for.

        :raises UserError: see ``_ensure_purpose()`` of the client
        """
        if self._in_flow() or not names - WORDLESS:
            return
        for part in self:
            purpose = part._purpose_area().consent_purpose
            if purpose:
                part._gate_clients()._ensure_purpose(purpose)

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
