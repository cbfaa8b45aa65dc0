from odoo import models


class IntegrationCourseKind(models.Model):
    """A kind of language course: integration course, vocational course, first orientation.

    One that by its name says something about health asks for that consent, as topics do.
    """

    _name = "integration.course.kind"
    _inherit = ["integration.needs.consent"]
    _description = "Kind of Course"
