from odoo import models
from odoo.exceptions import UserError

BUTTONS = {"action_save": False, "action_save_new": True}


class IntegrationContactQuick(models.TransientModel):
    """The dialog is saved by what was typed into it, in one request (``static/src/contact_draft``).

    No row of the dialog is made for it: nothing that was typed stands anywhere but in the file.
    """

    _inherit = "integration.contact.quick"

    def save_typed(self, key, button, values):
        """Save the contact that was typed into a new dialog; return what its button returns.

        Called on no record, for none is made. Whoever presses again because the answer got lost
        gets the same answer.

        :param key: of the form, the same at each press
        :param button: name of the button that was pressed
        :param dict values: as a save of the dialog would send them
        """
        self._ensure_proper_keys(key)
        vals = self._checked_request([values])[0]
        # A form sends ids and words; what pretends to be a record of its own is none of it.
        if button not in BUTTONS or any(isinstance(value, dict) for value in vals.values()):
            raise UserError(self.env._("These are no values of a record."))
        keys = self.env["integration.save.key"]
        if keys._is_first(key, self._name, values):
            self.new(self._add_missing_default_values(vals))._create_contact()
        elif not keys._is_same(key, self._name, values):
            raise UserError(self._told_done())
        return self._answer(BUTTONS[button])
