from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError

from ...tools import trigram_index
from ..mixins.door import SYSTEM


class ResPartner(models.Model):
    """The contact behind a client: of one employer, and nobody's branch or contact person."""

    _inherit = "res.partner"

    is_integration_client = fields.Boolean(
        string="Integration Client",
        default=False,  # said, not left open: a new contact is written without a look at its row
        readonly=True,
        copy=False,
        help="Set by Integration Management only; such a contact stands behind its walls.",
    )

    _integration_client_idx = models.Index("(company_id) WHERE is_integration_client")
    # A part of a name; of clients alone, so that other contacts are written as fast as before
    _integration_client_name_idx = models.Index(
        trigram_index("complete_name", "is_integration_client IS TRUE")
    )
    _integration_client_company = models.Constraint(
        "CHECK(is_integration_client IS NOT TRUE OR company_id IS NOT NULL)",
        "A client belongs to an employer.",
    )
    _integration_client_parent = models.Constraint(
        "CHECK(is_integration_client IS NOT TRUE OR parent_id IS NULL)",
        "A client is nobody's branch or contact person.",
    )

    def _auto_init(self):
        self.env["integration.client"]._ensure_trigrams()
        return super()._auto_init()

    @api.model
    def _never_default_fields(self):
        """Return the names of the fields for which nobody's own default counts."""
        return frozenset({"is_integration_client"})

    @api.constrains("parent_id")
    def _check_integration_client_alone(self):
        for partner in self:
            # sudo: res.partner - the flag of a parent the user may not see decides
            if partner.parent_id.sudo().is_integration_client:
                raise UserError(self.env._("A client cannot have contact persons."))

    @api.model
    def _integration_clients(self, ids):
        """Return those of the contacts ``ids`` that are clients, no matter who asks."""
        # sudo: res.partner - the flag alone, of contacts the user may not see
        partners = self.sudo().with_context(prefetch_fields=False).browse(sorted(ids))
        try:
            return partners.filtered("is_integration_client")
        except MissingError:  # ids are anybody's: some may never have been
            return partners.exists().filtered("is_integration_client")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_integration_client(self):
        # Our own code alone deletes a contact together with its client.
        if self.env.context.get("integration_system") is SYSTEM:
            return
        if self.filtered("is_integration_client"):
            raise UserError(
                self.env._("The contact of a client cannot be deleted; close the case instead.")
            )

    def _check_integration_client_fixed(self, vals):
        """Refuse to move a client to another employer, under a parent, or out of the walls."""
        for client in self:
            if vals.get("company_id", client.company_id.id) != client.company_id.id:
                raise UserError(self.env._("A client stays with the employer who keeps the file."))
            if vals.get("parent_id"):
                raise UserError(self.env._("A client cannot belong to another contact."))
            if not vals.get("is_integration_client", True):
                raise UserError(self.env._("A client cannot be turned into an ordinary contact."))
