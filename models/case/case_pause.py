from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import local_today


class IntegrationCase(models.Model):
    """A temporary break of the work (county standard 3.2.3): no contact is due meanwhile.

    Plan and responsibility go on, the case counts on; whoever meets the client anyway
    documents the talk as ever.
    """

    _inherit = "integration.case"

    pause_reason = fields.Selection(
        [
            ("away", "Away for a while"),
            ("wish", "Wish of the client"),
            ("other", "Other"),
        ],
        readonly=True,
        copy=False,
        help="Without personal words: the team lead sees it too.",
    )
    date_paused = fields.Date(string="Paused Since", readonly=True, copy=False)
    pause_until = fields.Date(
        readonly=True,
        copy=False,
        help="On this day the case is open again and the rhythm of its phase begins anew.",
    )

    def action_pause(self):
        """Open the dialog that pauses the case."""
        return self._dialog("integration_case_pause_action")

    def action_resume(self):
        """End the pause today.

        :raises UserError: a case is not paused
        """
        for case in self:
            if case.state != "paused":
                raise UserError(
                    self.env._("File %s: the case is not paused.", case.file_number)
                )
        self._set_internal({"state": "open", "pause_until": local_today(self.env)})

    def _pause(self, reason, until):
        """Pause the cases until a day.

        :raises UserError: a case is not open, or the day does not lie ahead
        """
        today = local_today(self.env)
        for case in self:
            if case.state != "open":
                raise UserError(
                    self.env._(
                        "File %s: only an open case can be paused.", case.file_number
                    )
                )
            if until <= today:
                raise UserError(
                    self.env._(
                        "File %(number)s: the pause must end after today, not on %(date)s.",
                        number=case.file_number,
                        date=until,
                    )
                )
        self._set_internal(
            {
                "state": "paused",
                "pause_reason": reason,
                "date_paused": today,
                "pause_until": until,
            }
        )

    def _cron_end_pauses(self):
        """Open the cases whose pause is over; one query and one write, whatever their number."""
        over = Domain("pause_until", "<=", local_today(self.env))
        self.search(Domain("state", "=", "paused") & over)._set_internal({"state": "open"})
