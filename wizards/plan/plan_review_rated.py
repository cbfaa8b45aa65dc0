from odoo import api, fields, models


class IntegrationPlanReviewRated(models.AbstractModel):
    """Base of the rows of a review in which somebody says where a person stands in an area.

    What was said the last time stands beside it: without it nobody knows whether it got better.
    """

    _name = "integration.plan.review.rated"
    _inherit = ["integration.secured"]
    _description = "Rating in a Review"
    # The path to the person whom a row is about
    _rated_person = "client_id"

    strength = fields.Integer()
    need = fields.Integer()
    strength_before = fields.Integer(compute="_compute_before")
    need_before = fields.Integer(compute="_compute_before")

    @api.depends("area_id")
    def _compute_before(self):
        persons = {row: row.mapped(self._rated_person)._origin for row in self}
        every = self.env["integration.client"].union(*persons.values())
        latest = self.env["integration.assessment.line"]._latest(every, self.area_id)
        for row in self:
            before = latest.get((persons[row].id, row.area_id._origin.id))
            row.strength_before = before.strength if before else 0
            row.need_before = before.need if before else 0
