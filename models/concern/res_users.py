from odoo import fields, models

from .concern import WAITING


class ResUsers(models.Model):
    """For which municipality somebody speaks, and that no concern leaves with a worker."""

    _inherit = "res.users"

    integration_municipality_id = fields.Many2one(
        "integration.municipality",
        string="Speaks for the Municipality",
        copy=False,
        ondelete="restrict",
        help="Whose concerns somebody with the role “Municipality” raises; set by the "
        "administration of an employer.",
    )

    def _get_invalidation_fields(self):
        # The rules of concerns ask for it, and what they say is kept.
        return {*super()._get_invalidation_fields(), "integration_municipality_id"}

    def _pass_on_planned(self):  # pylint: disable=missing-return
        """Let the whole team see the concerns of who leaves."""
        super()._pass_on_planned()
        # sudo: integration.concern - whoever archives users reads none; they become nobody's
        concerns = self.env["integration.concern"].sudo()
        left = concerns.search([("user_id", "in", self.ids), ("state", "in", WAITING)])
        left._as_system().write({"user_id": False, "state": "new"})
