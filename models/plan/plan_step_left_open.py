from odoo import api, models
from odoo.fields import Domain

# All that may still be said of a step left open by an ended plan
SETTLING = frozenset({"state", "reason"})


class IntegrationPlanStep(models.Model):
    """What becomes of the steps that are open when the case is closed."""

    _inherit = "integration.plan.step"
    # A withdrawal must never keep a case open.
    _ending_fields = SETTLING

    def _settle(self, state, reason=False):
        """Say what became of open steps because their case is closed, with or without consent."""
        self._as_system().write({"state": state, "reason": reason})

    def _locked_fields(self):
        """Let go of a step that an ended plan left open: what became of it may be said.

        Else it stays on the list of what is missing before a submission for good.
        """
        locked = super()._locked_fields()
        if SETTLING <= locked and self.state == "open" and self.plan_id._last_agreed():
            return locked - SETTLING
        return locked

    @api.model
    def _left_open_domain(self):
        """Return what ended plans left open and somebody may still settle."""
        return (
            Domain("state", "=", "open")
            & Domain("plan_id.state", "=", "ended")
            & Domain("plan_id", "in", self.env["integration.plan"]._last_agreed_sql())
        )

    def _action_left_open(self):
        """Open the list in which nothing but the result of the steps in ``self`` is written."""
        views = [
            (
                self.env.ref(
                    f"integration_management.integration_plan_step_view_{mode}_left_open"
                ).id,
                mode,
            )
            for mode in ("list", "kanban", "form")
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open steps of closed cases"),
            "res_model": self._name,
            "views": views,
            "mobile_view_mode": "kanban",
            "domain": [("id", "in", self.ids)],
            "context": {"create": False, "integration_show_name": True},
            "target": "current",
        }
