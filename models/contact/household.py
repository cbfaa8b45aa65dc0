from odoo import models
from odoo.exceptions import UserError


class IntegrationHousehold(models.Model):
    """A contact begun at the household that was visited."""

    _inherit = "integration.household"

    def action_new_contact(self):
        """Open the dialog for a contact with all who live there, in a case the user works in.

        :raises UserError: if there is none
        """
        self.ensure_one()
        persons = self.current_client_ids._filtered_access("read")
        cases = self.env["integration.case"].union(*(person._current_case() for person in persons))
        cases = cases._filtered_in_my_files()
        case = (cases.filtered(lambda case: case.user_id == self.env.user) or cases)[:1]
        if not case:
            raise UserError(
                self.env._(
                    "%s: there is no open case of a member. Open one before the contact.",
                    self.display_name,
                )
            )
        return case._new_contact(persons)
