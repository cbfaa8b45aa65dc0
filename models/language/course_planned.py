from odoo import api, models


class IntegrationCourseEnrolment(models.Model):
    """An announced beginning is kept as a deadline of the case."""

    _inherit = "integration.course.enrolment"

    def _created(self):
        super()._created()
        self.env["integration.deadline"]._follow_enrolments(self)

    def _after_write(self, change):
        super()._after_write(change)
        if {"date_planned", "date_start", "date_end"} & change.names:
            self.env["integration.deadline"]._follow_enrolments(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_deadlines(self):
        # sudo: integration.deadline - those that follow from what the user may delete
        self.env["integration.deadline"].sudo().search([("enrolment_id", "in", self.ids)]).unlink()

    def _deadline_vals(self, kind):
        return {
            "case_id": self.case_id.id,
            "client_id": self.client_id.id,
            "kind_id": kind.id,
            "date": self.date_planned,
            "enrolment_id": self.id,
        }
