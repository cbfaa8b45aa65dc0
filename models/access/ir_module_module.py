from odoo import models
from odoo.exceptions import UserError

MODULE = "integration_management"
ERASE_PARAMETER = "integration_management.erase_clients"


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def write(self, vals):
        """Refuse to have the module removed while clients exist and their erasure is unconfirmed.

        Here, for whichever button is pressed on whichever module, Odoo marks all that would go
        along in this way: *Contacts* takes us with it.
        """
        if vals.get("state") == "to remove" and MODULE in self.mapped("name"):
            self._ensure_erasure_confirmed()
        return super().write(vals)

    def module_uninstall(self):
        """Refuse to remove the module without its having been marked, and so confirmed, before."""
        ours = self.filtered(lambda module: module.name == MODULE)
        if ours.filtered(lambda module: module.state != "to remove"):
            self._ensure_erasure_confirmed()
        return super().module_uninstall()

    def _ensure_erasure_confirmed(self):
        """Refuse to go on unless somebody has confirmed that all clients are erased; once.

        With the module its walls go; the contacts of all clients would become visible to
        every employee. They are erased on uninstallation, which must not happen unawares. The
        confirmation is used up: it says nothing about clients that are entered later.

        :raises UserError: also for administrators
        """
        # sudo: res.partner - only whether there are clients at all
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        exists = partners.search_count([("is_integration_client", "=", True)], limit=1)
        # sudo: ir.config_parameter - whether this one was set, and that it holds no longer
        parameters = self.env["ir.config_parameter"].sudo()
        confirmed = parameters.get_param(ERASE_PARAMETER)
        parameters.search([("key", "=", ERASE_PARAMETER)]).unlink()
        if exists and confirmed != "1":
            raise UserError(
                self.env._(
                    "There are clients in this database. Integration Management would be "
                    "uninstalled along with %(modules)s, which erases them for good. To confirm, "
                    "set the system parameter “%(parameter)s” to 1, then uninstall again. It holds "
                    "for one time.",
                    modules=", ".join(sorted(self.mapped("shortdesc"))[:5]),
                    parameter=ERASE_PARAMETER,
                )
            )
