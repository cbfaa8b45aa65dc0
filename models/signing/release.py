from odoo import api, fields, models

from ...tools import local_today


class IntegrationRelease(models.Model):
    """Who signed a release, with whose help and by what means."""

    _name = "integration.release"
    _inherit = ["integration.represented", "integration.release"]

    form = fields.Selection(
        [("paper", "On paper"), ("screen", "On screen")],
        required=True,
        readonly=True,
        default="paper",
        copy=False,
    )

    @api.constrains("date_signed", "guardian_id", "guardian_name")
    def _check_guardian(self):
        for release in self.filtered("date_signed"):
            release._check_guardian_on(release.date_signed)

    @api.model
    def _system_field_names(self):
        # Nothing is called signed on the screen that was not.
        return super()._system_field_names() | {"form"}

    def action_sign_on_screen(self):
        """Prepare the signing of the release on a tablet."""
        self.ensure_one()
        return self.env["integration.signing"]._action_prepare(self.client_id, self)

    def _sign_on_screen(self, vals):
        """Write what was signed on the screen, with its paper and who took part."""
        signed = dict(vals, form="screen", date_signed=local_today(self.env))
        self._as_system().write(signed)
