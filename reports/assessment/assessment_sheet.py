from odoo import api, models

from ...models.assessment.assessment_profile import PAPER


class IntegrationAssessmentSheet(models.AbstractModel):
    """The profile of an assessment on paper: picture, ratings in words, what is there."""

    _name = "report.integration_management.integration_assessment_sheet"
    _inherit = ["integration.paper"]
    _description = "Profile of an Assessment"

    @api.model
    def _get_report_values(self, docids, data=None):
        assessments = self._opened("integration.assessment", docids)
        return {
            "doc_ids": assessments.ids,
            "doc_model": assessments._name,
            "docs": assessments,
            "anchors": self.env["integration.rating"].get_anchors(),
            "pictures": {assessment.id: assessment._draw(PAPER) for assessment in assessments},
        }
