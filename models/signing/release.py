from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import local_today
from ..consent.consent_check import BY_ITSELF


class IntegrationRelease(models.Model):
    """Who signed a release, with whose help and by what means."""

    _name = "integration.release"
    _inherit = ["integration.release", "integration.represented"]

    form = fields.Selection(
        [("paper", "On paper"), ("screen", "On screen")],
        required=True, readonly=True, default="paper", copy=False,
    )

    @api.constrains("date_signed", "guardian_id", "guardian_name")
    def _check_guardian(self):
        for release in self.filtered("date_signed"):
            release._check_guardian_on(release.date_signed)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_form(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_form(vals)
        return super().write(vals)

    @api.model
    def _never_default_fields(self):
        return super()._never_default_fields() | {"form"}

    @api.model
    def _check_form(self, vals):
        """Refuse to call something signed on the screen that was not."""
        by_itself = self.env.context.get("integration_recorded") is BY_ITSELF
        if vals.get("form", "paper") != "paper" and not by_itself:
            raise UserError(self.env._(
                "A release on the screen is signed there, with the button “Sign on the Screen”."))

    def _sign_on_screen(self, vals):
        """Write what was signed on the screen, with its paper and who took part."""
        marked = self.with_context(integration_recorded=BY_ITSELF)
        marked.write(dict(vals, form="screen", date_signed=local_today(self.env)))
