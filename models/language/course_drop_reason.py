from odoo import models


class IntegrationCourseDropReason(models.Model):
    """Why a course was not begun or not finished; illness is health data (Art. 9 GDPR)."""

    _name = "integration.course.drop.reason"
    _inherit = ["integration.needs.consent"]
    _description = "Reason for Dropping a Course"
