from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .course_enrolment import STEPS


class IntegrationCase(models.Model):
    """The language courses of a case."""

    _inherit = "integration.case"

    enrolment_ids = fields.One2many(
        "integration.course.enrolment", "case_id", string="Language Courses"
    )

    def _check_can_close(self, date_end):
        """Refuse an end before what happened about a course; see the base for the rest."""
        super()._check_can_close(date_end)
        later = self.env["integration.course.enrolment"]._after_end(self, date_end)
        if later:
            days = [day for entry in later for day in map(entry.__getitem__, STEPS) if day]
            raise UserError(
                self.env._(
                    "File %(number)s: something about a language course happened on %(date)s, "
                    "after the end. Choose a later end or correct that course.",
                    number=self.file_number,
                    date=format_date(self.env, max(days)),
                )
            )
