from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import local_today, without_defaults
from .referral import UNDER_WAY

ACTIVITY_TYPE = "integration_management.mail_activity_type_referral"


class IntegrationReferral(models.Model):
    """Who hears what became of a referral, and the reminder until somebody has."""

    _inherit = "integration.referral"

    is_overdue = fields.Boolean(
        string="Feedback Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.depends("state", "date_feedback")
    def _compute_is_overdue(self):
        today = local_today(self.env)
        for referral in self:
            day = referral.date_feedback
            referral.is_overdue = bool(day and day < today and referral.state in UNDER_WAY)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "in", UNDER_WAY) & Domain(
            "date_feedback", "<", local_today(self.env)
        )
        return Domain.OR(overdue if wanted else ~overdue for wanted in value)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self._remind()

    def _before_write(self, change):
        super()._before_write(change)
        state = change.vals.get("state")
        if state and "date_told" not in change.names:
            told = state != "made"
            change.vals["date_told"] = local_today(self.env) if told else False

    def _after_write(self, change):
        super()._after_write(change)
        if change.names & {"state", "date_feedback", "feedback_from"}:
            self._remind()

    # ------------------------------------------------------------
    # The reminder
    # ------------------------------------------------------------

    def _remind(self):
        """Keep one reminder per case, on the first day on which feedback is due.

        It bears the file number alone: activities are mailed and shown outside the walls.
        """
        for case in self.case_id:
            # sudo: integration.case, mail.activity - fixed words in a case that may be written
            case = without_defaults(case.sudo())
            # sudo: integration.referral - the first day of all of the case, as above
            waiting = self.sudo().search(
                [
                    ("case_id", "=", case.id),
                    ("state", "in", UNDER_WAY),
                    ("date_feedback", "!=", False),
                ],
                order="date_feedback, id",
                limit=1,
            )
            present = case.activity_search([ACTIVITY_TYPE])
            if not waiting:
                present.action_feedback()
            elif present:
                present.filtered(
                    lambda a, day=waiting.date_feedback: a.date_deadline != day
                ).date_deadline = waiting.date_feedback
            else:
                case.activity_schedule(
                    ACTIVITY_TYPE,
                    user_id=case.user_id.id,
                    date_deadline=waiting.date_feedback,
                    summary=self.env._("File %s: feedback on a referral", case.file_number),
                )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_accept(self):
        """Note that body or client said yes."""
        self.write({"state": "accepted"})

    def action_done(self):
        """Note that the client was there."""
        self.write({"state": "done"})

    def action_not_taken_up(self):
        """Note that the client did not go; that is hers to decide."""
        self.write({"state": "not_taken_up"})

    def action_refuse(self):
        """Note that the body did not take the client on."""
        self.write({"state": "refused"})
