from datetime import timedelta

from odoo import api, fields, models

from ...tools import local_today


class IntegrationHouseholdMember(models.Model):
    """Membership of a client in a household, from a day to a day.

    It belongs to the card, not to the counselling file: the consent gate does not
    apply, for a family stands at the door as a family before anybody has signed. Of somebody
    who took the consent back nothing is written but the end: who moves out, moves out.
    """

    _name = "integration.household.member"
    _inherit = ["integration.history"]
    _description = "Household Membership"

    household_id = fields.Many2one(
        "integration.household", required=True, index=True, ondelete="cascade", check_company=True
    )
    role = fields.Selection(
        [
            ("adult", "Adult"),
            ("partner", "Spouse or Partner"),
            ("child", "Child"),
            ("parent", "Parent"),
            ("sibling", "Brother or Sister"),
            ("other", "Other"),
        ],
        required=True,
        default="adult",
    )

    @api.depends("household_id.name", "client_id.file_number")
    def _compute_display_name(self):
        for member in self:
            member.display_name = f"{member.household_id.name}: {member.client_id.file_number}"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._ensure_not_taken_back()
        return members

    def write(self, vals):
        if vals.keys() != {"date_to"} or not vals["date_to"]:
            self._ensure_not_taken_back()
        result = super().write(vals)
        if "client_id" in vals:
            self._ensure_not_taken_back()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken_back(self):
        today = local_today(self.env)
        self.filtered(lambda member: member.date_from < today)._ensure_not_taken_back()

    def _ensure_not_taken_back(self):
        """Refuse to write about clients who took their consent back (county standard 2.2)."""
        if not self.env.su:
            self.client_id._filtered_took_back()._ensure_consent()

    def action_separate(self):
        """End the membership at once: from today on the client is a household of her own."""
        today = local_today(self.env)
        began_today = self.filtered(lambda member: member.date_from >= today)
        began_today.unlink()
        (self - began_today).write({"date_to": today - timedelta(days=1)})
