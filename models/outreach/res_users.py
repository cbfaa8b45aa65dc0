from odoo import models

from .arrival import GOING_ON


class ResUsers(models.Model):
    """Nobody's door is forgotten because somebody leaves."""

    _inherit = "res.users"

    def _pass_on_planned(self):  # pylint: disable=missing-return
        """Let the whole team see the arrivals of who leaves."""
        super()._pass_on_planned()
        # sudo: integration.arrival - whoever archives users reads none; they become nobody's
        arrivals = self.env["integration.arrival"].sudo()
        left = arrivals.search([("user_id", "in", self.ids), ("state", "in", GOING_ON)])
        left._as_system().user_id = False
