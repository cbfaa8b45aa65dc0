from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_integration_client = fields.Boolean(
        string="Integration Client",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set by Integration Management only; such a contact stands behind its walls.",
    )
    integration_in_my_files = fields.Boolean(
        compute="_compute_integration_in_my_files",
        search="_search_integration_in_my_files",
        export_string_translation=False,
        help="Whether this is a client whose file is open to the reader.",
    )

    _integration_client_company = models.Constraint(
        "CHECK(is_integration_client IS NOT TRUE OR company_id IS NOT NULL)",
        "A client belongs to an employer.",
    )
    _integration_client_parent = models.Constraint(
        "CHECK(is_integration_client IS NOT TRUE OR parent_id IS NULL)",
        "A client is nobody's branch or contact person.",
    )

    @api.depends_context("uid")
    def _compute_integration_in_my_files(self):
        domain = Domain("id", "in", self.ids) & Domain("integration_in_my_files", "=", True)
        # sudo: res.partner - this is the record rule's own question
        mine = set(self.sudo().with_context(active_test=False)._search(domain))
        for partner in self:
            partner.integration_in_my_files = partner.id in mine

    def _search_integration_in_my_files(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("id", "in", self.env["integration.case.access"]._readable("partner_id"))

    @api.depends("is_integration_client")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        """Show the file number to whoever may not read the client.

        Every many2one reads its target's name as superuser; this is the one place
        all those paths pass through.
        """
        super()._compute_display_name()
        partners = self.filtered("is_integration_client")
        if not partners:
            return
        # sudo: integration.client - the number is neutral, and the mask is what it is for
        clients = self.env["integration.client"].sudo().with_context(active_test=False)
        for client in clients.search([("partner_id", "in", partners.ids)]):
            client.partner_id.with_env(self.env).display_name = client.with_env(
                self.env
            ).display_name
            partners -= client.partner_id
        for partner in partners:
            partner.display_name = self.env._("Client %s", partner.id)

    @api.constrains("parent_id")
    def _check_integration_client_alone(self):
        for partner in self:
            # sudo: res.partner - the flag of a parent the user may not see decides
            if partner.parent_id.sudo().is_integration_client:
                raise UserError(self.env._("A client cannot have contact persons."))

    def write(self, vals):
        clients = self.filtered("is_integration_client")
        if not clients:
            return super().write(vals)
        clients._check_integration_client_fixed(vals)
        super(ResPartner, clients.with_context(tracking_disable=True)).write(vals)
        return super(ResPartner, self - clients).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_integration_client(self):
        if self.filtered("is_integration_client"):
            raise UserError(
                self.env._("The contact of a client cannot be deleted; close the case instead.")
            )

    def message_post(self, **kwargs):
        """Refuse any message on a client: subject and body would escape the walls."""
        if self.filtered("is_integration_client"):
            raise UserError(
                self.env._("Clients have no message history. Document talks in the case.")
            )
        return super().message_post(**kwargs)

    def _message_log_batch(
        self, bodies, subject=False, author_id=None, email_from=None,
        message_type="notification", partner_ids=False, attachment_ids=False,
        tracking_value_ids=False,
    ):
        ordinary = self.filtered(lambda partner: not partner.is_integration_client)
        return super(ResPartner, ordinary)._message_log_batch(
            bodies, subject, author_id, email_from, message_type, partner_ids, attachment_ids,
            tracking_value_ids,
        )

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        # A follower is a name next to a record, readable by every employee.
        ordinary = self.filtered(lambda partner: not partner.is_integration_client)
        return super(ResPartner, ordinary)._message_subscribe(
            partner_ids, subtype_ids, customer_ids
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
