from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import local_today
from .course_enrolment import STEPS

WAITING = ("need", "registered", "waiting")


class IntegrationCourseEnrolment(models.Model):
    """How long each step has taken, and who waits longest.

    Days are counted from stored days to the next step, else to today; nobody waits any more in
    a case that is closed.
    """

    _inherit = "integration.course.enrolment"

    days_need = fields.Integer(
        string="Until Registered (Days)",
        compute="_compute_days",
        help="From the need to the registration, or to what came next.",
    )
    days_registered = fields.Integer(
        string="Until Confirmed (Days)",
        compute="_compute_days",
        help="From the registration to the waiting list, or to what came next.",
    )
    days_waiting = fields.Integer(string="On the Waiting List (Days)", compute="_compute_days")
    days_waited = fields.Integer(
        string="Waited in All (Days)",
        compute="_compute_days",
        help="From the need to the beginning of the course.",
    )
    days_running = fields.Integer(string="In the Course (Days)", compute="_compute_days")
    is_waiting = fields.Boolean(
        string="Still Waiting", compute="_compute_is_waiting", search="_search_is_waiting"
    )

    @api.depends(*STEPS, "case_id.date_end")
    def _compute_days(self):
        today = local_today(self.env)
        for enrolment in self:
            last = enrolment.case_id.date_end or today
            for index, step in enumerate(STEPS[:-1]):
                begun = enrolment[step]
                later = filter(None, (enrolment[name] for name in STEPS[index + 1 :]))
                name = step.replace("date_start", "date_running").replace("date_", "days_")
                enrolment[name] = begun and max(0, (next(later, last) - begun).days)
            begun = enrolment.date_need
            until = enrolment.date_start or enrolment.date_end or last
            enrolment.days_waited = begun and max(0, (until - begun).days)

    @api.depends("state", "case_id.state", "client_id.consent_state")
    def _compute_is_waiting(self):
        waiting = self.filtered_domain(self._waiting_domain())
        for enrolment in self:
            enrolment.is_waiting = enrolment in waiting

    def _search_is_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        waiting = self._waiting_domain()
        return Domain.OR(waiting if wanted else ~waiting for wanted in value)

    @api.model
    def _waiting_domain(self):
        """Return the domain of those for whom a course is still sought.

        Not of who took the consent back: nothing is done for them any more.
        """
        return (
            Domain("state", "in", WAITING)
            & Domain("case_id.state", "!=", "closed")
            & Domain("client_id.consent_state", "=", "given")
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_waiting(self):
        """Note that office or provider confirmed a place on the waiting list, today."""
        self.write({"date_waiting": local_today(self.env)})

    def action_begin(self):
        """Note that the course began: on the planned day if that has come, else today."""
        today = local_today(self.env)
        for enrolment in self:
            planned = enrolment.date_planned
            enrolment.date_start = planned if planned and planned <= today else today

    def action_finish(self):
        """Ask how the course ended."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_course_finish_action"
        )
        return dict(action, context={"default_enrolment_id": self.id})
