from odoo import models
from odoo.exceptions import UserError

ERASE_PARAMETER = "integration_management.erase_clients"


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Refuse to uninstall while clients exist and their erasure was not confirmed.

        With the module its walls go; the contacts of all clients would become visible to
        every employee. They are erased on uninstallation, which must not happen unawares.
        """
        if "integration_management" in self.mapped("name"):
            # sudo: res.partner - only whether there are clients at all
            partners = self.env["res.partner"].sudo().with_context(active_test=False)
            exists = partners.search_count([("is_integration_client", "=", True)], limit=1)
            # sudo: ir.config_parameter - whether this one was set
            confirmed = self.env["ir.config_parameter"].sudo().get_param(ERASE_PARAMETER)
            if exists and not confirmed:
                raise UserError(
                    self.env._(
                        "There are clients in this database. Uninstalling Integration Management "
                        "erases them for good. To confirm, set the system parameter "
                        "“%s” to 1, then uninstall again.",
                        ERASE_PARAMETER,
                    )
                )
        return super().button_uninstall()
