from odoo import api, fields, models
from odoo.fields import Domain

from .volunteer_match import GOING_ON


class IntegrationCase(models.Model):
    """Volunteers and clubs for the people of a case; they go with the case."""

    _inherit = "integration.case"

    match_ids = fields.One2many(
        "integration.volunteer.match", "case_id", string="Volunteers and Clubs"
    )
    match_count = fields.Integer(compute="_compute_counts", string="Number of Volunteers and Clubs")

    @api.depends("match_ids")
    def _compute_present(self):
        return super()._compute_present()

    @api.model
    def _counted(self):
        return {**super()._counted(), "match_count": "integration.volunteer.match"}

    def action_new_match(self):
        """Open the form of a new match in this case."""
        return self._match_action("integration_volunteer_match_action_new")

    def action_open_matches(self):
        """List the matches of this case."""
        action = self._match_action("integration_volunteer_match_action")
        return dict(action, domain=[("case_id", "=", self.id)])

    def _match_action(self, name):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(f"integration_management.{name}")
        return dict(action, context={"default_case_id": self.id, "integration_show_name": True})

    def _close(self, reason, date_end):  # pylint: disable=missing-return
        """End with the case what runs, and what nobody was found for."""
        super()._close(reason, date_end)
        going_on = Domain("case_id", "in", self.ids) & Domain("state", "in", GOING_ON)
        # sudo: integration.volunteer.match - of whoever in the case, also where a consent has ended
        matches = self.env["integration.volunteer.match"].sudo().search(going_on)
        matches._end_with("case", date_end)
