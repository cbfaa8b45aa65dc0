from odoo import models
from odoo.fields import Domain

from ...tools import local_today


class ResUsers(models.Model):
    """Office hours of who leaves go on with whoever stands in."""

    _inherit = "res.users"

    def _pass_on_planned(self):  # pylint: disable=missing-return
        super()._pass_on_planned()
        # sudo: integration.office.hour, integration.office.session - by whom from now on
        hours = self.env["integration.office.hour"].sudo()
        for hour in hours.search([("user_id", "in", self.ids), ("cover_id", "!=", False)]):
            cover = hour.cover_id - self
            if cover.active:
                hour._as_system().write({"user_id": cover.id, "cover_id": False})
                ahead = Domain("hour_id", "=", hour.id) & Domain("user_id", "in", self.ids)
                ahead &= Domain("date", ">=", local_today(self.env))
                hour.session_ids.filtered_domain(ahead)._as_system().user_id = cover
