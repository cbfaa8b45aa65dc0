from odoo import models
from odoo.exceptions import UserError


class IntegrationClient(models.Model):
    """A contact begun at the person who is on the telephone."""

    _inherit = "integration.client"

    def action_new_contact(self):
        """Open the dialog that documents a contact, with the person and her case filled in.

        :raises UserError: if she has no open case of her own or of the family
        """
        self.ensure_one()
        case = self._current_case()
        if not case:
            raise UserError(
                self._about_file(self.env._("there is no open case. Open one before the contact."))
            )
        return case._new_contact(self)
