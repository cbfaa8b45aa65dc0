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
        for hour in hours.search([("user_id", "in", self.ids)]):
            cover = hour.cover_id - self
            if not (cover.active and hour.company_id in cover.company_ids):
                # Nobody stands in: no closed door is announced. They are found as archived.
                hour._as_system().active = False
                continue
            hour._as_system().write({"user_id": cover.id, "cover_id": False})
            ahead = Domain("user_id", "in", self.ids) & Domain("state", "=", "planned")
            ahead &= Domain("date", ">=", local_today(self.env))
            for session in hour.session_ids.filtered_domain(ahead):
                span = (session.time_from, session.time_to)
                if not session._overlapping(cover, session.date, span, session):
                    session._as_system().user_id = cover
