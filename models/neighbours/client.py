from odoo import models

from .base import APPOINTMENT


class IntegrationClient(models.Model):
    """An appointment lies in the file that it is tied to."""

    _inherit = "integration.client"

    def _whose_file(self, model_name, res_id):
        if model_name == APPOINTMENT:
            model_name, res_id = self.env["ir.rule"]._file_behind(model_name, res_id) or (None, 0)
        return super()._whose_file(model_name, res_id)
