from datetime import timedelta

from odoo import api, fields, models

from ...tools import local_today


class IntegrationHouseholdMember(models.Model):
    """Membership of a client in a household, from a day to a day.

    It belongs to the card, not to the counselling file: a family stands at the door as a
    family before anybody has signed.
    """

    _name = "integration.household.member"
    _inherit = ["integration.dated"]
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

    def action_separate(self):
        """End the membership at once: from today on the client is a household of her own.

        What has ended before stays as it was.
        """
        today = local_today(self.env)
        began_today = self.filtered(lambda member: member.date_from >= today)
        lasting = (self - began_today).filtered(lambda m: not m.date_to or m.date_to >= today)
        began_today.unlink()
        lasting.write({"date_to": today - timedelta(days=1)})
