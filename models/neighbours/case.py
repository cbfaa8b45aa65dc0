from odoo import api, fields, models


class IntegrationCase(models.Model):
    """The next activity is that of the reader: Odoo looks for it as superuser."""

    _inherit = "integration.case"

    activity_summary = fields.Char(
        related=None,
        compute="_compute_next_activity",
        search="_search_activity_summary",
        readonly=True,
    )
    activity_type_id = fields.Many2one(
        related=None,
        compute="_compute_next_activity",
        search="_search_activity_type_id",
        readonly=True,
    )
    activity_type_icon = fields.Char(related="activity_type_id.icon")

    @api.depends("activity_ids.summary", "activity_ids.activity_type_id")
    @api.depends_context("uid")
    def _compute_next_activity(self):
        # Not as superuser, even when one asks: the answer is kept for the user.
        activities = self.env["mail.activity"].sudo(False)
        found = activities.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        first = {activity.res_id: activity for activity in reversed(found)}
        for case in self:
            activity = first.get(case._origin.id, activities)
            case.activity_summary = activity.summary
            case.activity_type_id = activity.activity_type_id
