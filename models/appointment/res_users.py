from odoo import models


class ResUsers(models.Model):
    """Nobody takes appointments along when leaving."""

    _inherit = "res.users"

    def _pass_on_planned(self):  # pylint: disable=missing-return
        super()._pass_on_planned()
        # sudo: integration.appointment - who keeps them from now on; no word is shown
        appointments = self.env["integration.appointment"].sudo()
        for user in self:
            planned = appointments.search(appointments._planned_for(user))
            planned.case_id._pass_on_appointments(user)
