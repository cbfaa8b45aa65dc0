from odoo import models


class MailActivity(models.Model):
    """A contact begun at the appointment that it was."""

    _inherit = "mail.activity"

    def action_integration_contact(self):
        """Open the dialog that documents a contact in the case of the appointment."""
        self.ensure_one()
        self.check_access("read")
        cases = self.env["integration.case"]
        case = cases.browse(self.res_id if self.res_model == cases._name else [])
        case.ensure_one()
        case.check_access("read")
        return case.action_new_contact()
