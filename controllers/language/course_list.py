from odoo import http
from odoo.http import request

from ...reports.language.course_list import course_list_xlsx
from ..answers import file_answer
from ..figures.report import XLSX


class IntegrationCourseListController(http.Controller):
    """Download of the list for the coordination office."""

    @http.route(
        "/integration/course-list/<int:dialog_id>/xlsx", type="http", auth="user", readonly=True
    )
    def course_list_xlsx(self, dialog_id):
        """Return the workbook of the own dialog; ``_on_list`` asks for each file on it."""
        dialog = request.env["integration.course.registration"].search([("id", "=", dialog_id)])
        if not dialog:
            # The same answer whether it does not exist or is somebody else's.
            return request.not_found()
        enrolments = dialog._on_list()
        request.env["integration.access.log"]._log("export", enrolments.client_id)
        content = course_list_xlsx(dialog, enrolments)
        return file_answer(content, XLSX, dialog._file_name("xlsx"))
