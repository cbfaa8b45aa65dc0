from odoo import api, fields, models

from ...tools import local_today
from .course_waiting import WAITING

FOLLOWED = frozenset({"date", "kind_id", "client_id"})


class IntegrationDeadline(models.Model):
    """The announced beginning of a course is a deadline."""

    _inherit = "integration.deadline"

    enrolment_id = fields.Many2one(
        "integration.course.enrolment",
        string="Course",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"enrolment_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | FOLLOWED if self.enrolment_id else locked

    @api.model
    def _follow_enrolments(self, enrolments):
        """Keep one open deadline for each course that is announced and has not begun.

        What was dealt with by hand stays so, unless another day is announced.
        """
        kind = self.env.ref("integration_management.deadline_kind_course", raise_if_not_found=False)
        # sudo: integration.deadline - those of what the user has just written
        known = self.sudo().search([("enrolment_id", "in", enrolments.ids)])
        missing = []
        for enrolment in enrolments:
            mine = known.filtered(lambda deadline, e=enrolment: deadline.enrolment_id == e)
            still = mine.filtered(lambda deadline: deadline.state == "open")
            day = enrolment.date_planned if enrolment.state in WAITING else False
            if enrolment.date_start:
                still._as_system().write({"state": "done"})
            elif still:
                still._follow_day(day)
            elif day and day >= local_today(self.env) and day not in mine.mapped("date"):
                missing.append(enrolment._deadline_vals(kind))
        if kind:
            self._as_system().create(missing)
