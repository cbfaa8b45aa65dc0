from odoo import api, models

from ..mixins.references import linked_ids, proper_vals
from .base import APPOINTMENT


class MailFollowers(models.Model):
    """Nobody follows an appointment of a file."""

    _inherit = "mail.followers"

    @api.model_create_multi
    def create(self, vals_list):
        rules = self.env["ir.rule"]
        # Dropped and not refused: Odoo subscribes by itself whoever makes an appointment.
        kept = [
            vals
            for vals in vals_list
            if not proper_vals(vals)
            or vals.get("res_model") != APPOINTMENT
            or not any(
                rules._file_behind(APPOINTMENT, id_) for id_ in linked_ids(vals.get("res_id"))
            )
        ]
        return super().create(kept)
