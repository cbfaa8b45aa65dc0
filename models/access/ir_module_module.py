from odoo import api, models
from odoo.exceptions import UserError

MODULE = "integration_management"
ERASE_PARAMETER = "integration_management.erase_clients"
# The greatest id of the contacts of clients when the module was marked
MARKED_PARAMETER = "integration_management.erase_clients_until"


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
        newest = self._newest_client()
        # sudo: ir.config_parameter - whether this one was set, and that it holds no longer
        parameters = self.env["ir.config_parameter"].sudo()
        confirmed = parameters.get_param(ERASE_PARAMETER)
        parameters.search([("key", "=", ERASE_PARAMETER)]).unlink()
        if newest and confirmed != "1":
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
        parameters.set_param(MARKED_PARAMETER, str(newest))

    @api.model
    def _newest_client(self):
        """Return the greatest id of the contacts of clients, 0 if there is none."""
        # sudo: res.partner - only whether there are clients at all, and the id of one
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        return (
            partners.search([("is_integration_client", "=", True)], order="id desc", limit=1).id
            or 0
        )

    @api.model
    def _ensure_erasure_covers_all(self):
        """Refuse to erase clients who were entered after the module was marked for removal.

        Between marking and removal there may be days. Odoo then takes the marks off, and the
        module stays as it was.

        :raises UserError: also for the superuser, who removes modules
        """
        # sudo: ir.config_parameter - what was noted at the marking
        marked = self.env["ir.config_parameter"].sudo().get_param(MARKED_PARAMETER)
        if self._newest_client() > int(marked or 0):
            raise UserError(
                self.env._(
                    "Clients were entered since Integration Management was marked to be "
                    "uninstalled. Nothing was removed. To confirm that they are erased for good, "
                    "set the system parameter “%s” to 1, then uninstall again.",
                    ERASE_PARAMETER,
                )
            )
