from odoo import api, models

from .course_list import CourseList


class IntegrationCourseListPaper(models.AbstractModel):
    """The list for the coordination office on paper: who was registered, and nobody else."""

    _name = "report.integration_management.integration_course_list"
    _inherit = ["integration.paper"]
    _description = "Registrations for Language Courses"

    @api.model
    def _get_report_values(self, docids, data=None):
        dialogs = self.env["integration.course.registration"].browse(docids)
        dialogs.check_access("read")
        lists = [(dialog, dialog._on_list()) for dialog in dialogs]
        for _dialog, enrolments in lists:
            self._opened(enrolments._name, enrolments.ids)
        return {
            "doc_ids": dialogs.ids,
            "doc_model": dialogs._name,
            "docs": dialogs,
            "day": self._day,
            "company": dialogs[:1].company_id,
            "lists": [(dialog, CourseList(enrolments)) for dialog, enrolments in lists],
        }
