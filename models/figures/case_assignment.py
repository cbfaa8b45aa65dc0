from odoo import api, models

from ...figures.scope import Scope


class IntegrationCaseAssignment(models.Model):
    """Whose work a case was on a day, as the figures see it."""

    _inherit = "integration.case.assignment"

    @api.model
    def _scope_on(self, case, day):
        """Return whose work a case was on a day, as the figures see it."""
        # sudo: integration.case.assignment - who and where, of a case that the user writes
        last = self._held_on(case.sudo(), day)
        user, town = last.user_id or case.user_id, last.municipality_id or case.municipality_id
        return Scope((case.company_id.id,), (user.id,), (town.id,))
