from odoo import fields, models
from odoo.exceptions import UserError


class IntegrationHousehold(models.Model):
    """What happens in a family, begun at its household."""

    _inherit = "integration.household"

    case_ids = fields.Many2many(
        "integration.case",
        string="Cases",
        compute="_compute_case_ids",
        help="The cases that go on of those who live here, as far as readable.",
    )

    def _compute_case_ids(self):
        cases = self.env["integration.case"].search(
            [("household_id", "in", self.ids), ("state", "!=", "closed")]
        )
        for household in self:
            household.case_ids = cases.filtered(lambda c, h=household: c.household_id == h._origin)

    def action_birth(self):
        """Open the dialog for a child that was born into the household."""
        return self._family_dialog("birth")

    def action_arrival(self):
        """Open the dialog for relatives who join the household."""
        return self._family_dialog("arrival")

    def action_marriage(self):
        """Open the dialog for a marriage."""
        return self._family_dialog("marriage")

    def action_separation(self):
        """Open the dialog for somebody who leaves the household."""
        return self._family_dialog("separation")

    def action_death(self):
        """Open the dialog for a death."""
        return self._family_dialog("death")

    def _family_dialog(self, event):
        """Open a dialog of the family at the case in which the user works with it.

        :raises UserError: there is none
        """
        self.ensure_one()
        cases = self.case_ids._filtered_in_my_files()
        case = (cases.filtered(lambda case: case.user_id == self.env.user) or cases)[:1]
        if not case:
            raise UserError(
                self.env._(
                    "%s: there is no open case of a member. Open one first, or begin at the "
                    "person.",
                    self.name,
                )
            )
        return case._dialog(f"integration_family_{event}_action")
