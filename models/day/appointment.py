from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date


class IntegrationAppointment(models.Model):
    """Who is away meets nobody: said with what else collides."""

    _inherit = "integration.appointment"

    @api.model
    def _collisions(self, user, start, stop, but):
        lines = super()._collisions(user, start, stop, but)
        workers = self.env["integration.worker"]
        away = workers.search(
            workers._away_between(self._local(start).date(), self._local(stop).date())
            & Domain("user_id", "=", user.id),
            limit=1,
        )
        if away.date_away_until:
            lines.append(
                self.env._(
                    "%(user)s is away until %(day)s",
                    user=user.name,
                    day=format_date(self.env, away.date_away_until),
                )
            )
        elif away:
            lines.append(self.env._("%s is away", user.name))
        return lines
