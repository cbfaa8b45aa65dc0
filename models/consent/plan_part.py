from odoo import models

# What may move without a word about the person
WORDLESS = {"state", "date_done", "date_result", "sequence", "step_ids"}


class IntegrationPlanPart(models.AbstractModel):
    """Goals and steps rest on the consents of all who plan, in some areas on a further one."""

    _inherit = "integration.plan.part"

    def _created(self):
        super()._created()
        self._ensure_purpose({"plan_id"})

    def _after_write(self, change):
        super()._after_write(change)
        self._ensure_purpose(change.names)

    def _ensure_purpose(self, names):
        """Refuse words in an area, such as health, to which the plan's clients did not agree.

        A next version takes over what was agreed; only what is written now is asked for.

        :raises UserError: see ``_ensure_consents()`` of the client
        """
        if self._is_trusted() or not set(names) - WORDLESS:
            return
        for part in self:
            purpose = part.area_id.consent_purpose
            if purpose:
                part._gate_clients()._ensure_purpose(purpose)
