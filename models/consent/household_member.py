from odoo import api, models

from ...tools import local_today


class IntegrationHouseholdMember(models.Model):
    """A membership passes the consent gate, for it is part of the card.

    Of somebody who took the consent back nothing is written but the end: who moves out, moves
    out.
    """

    _inherit = "integration.household.member"

    def _created(self):
        super()._created()
        self.client_id._ensure_not_taken_back()

    def _before_write(self, change):
        super()._before_write(change)
        if change.names != {"date_to"} or not change.vals["date_to"]:
            self.client_id._ensure_not_taken_back()

    def _after_write(self, change):
        super()._after_write(change)
        if "client_id" in change.names:
            self.client_id._ensure_not_taken_back()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken_back(self):
        today = local_today(self.env)
        self.filtered(lambda member: member.date_from < today).client_id._ensure_not_taken_back()
