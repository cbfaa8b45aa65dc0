from odoo import api, models

from .case_access import FILE_ROLES


class ResPartner(models.Model):
    """A client opened by her contact is a file opened, too."""

    _inherit = "res.partner"

    def web_read(self, specification):
        self._log_client_access("open")
        return super().web_read(specification)

    def read(self, fields=None, load="_classic_read"):
        self._log_client_access("open")
        return super().read(fields, load)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        found = super().search_fetch(domain, field_names, offset, limit, order)
        if not self.env.su and self.env["integration.logged"]._searches_by_name(domain):
            found._log_client_access("search")
        return found

    def _build_vcard(self):
        self._log_client_access("export")
        return super()._build_vcard()

    def _log_client_access(self, kind):
        """Log what a case worker or lead does with the contacts of clients in ``self``."""
        # Nearly everybody reads ordinary contacts: no query for them.
        if self.env.su or not self.ids or not self.env.user.has_groups(FILE_ROLES):
            return
        # sudo: integration.client - whose contacts they are; for the log alone
        clients = self.env["integration.client"].sudo().with_context(active_test=False)
        known = clients.search([("partner_id", "in", self.ids)])
        if known:
            self.env["integration.access.log"]._log(kind, known)
