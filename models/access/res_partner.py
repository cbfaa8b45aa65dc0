from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..mixins.references import proper_vals
from .case_access import FILE_ROLES

# What says nothing about a client but that she is one
PLAIN = frozenset(
    """
    id display_name active company_id is_company is_integration_client create_uid create_date
    write_uid write_date avatar_128
    """.split()
)


class ResPartner(models.Model):
    """The wall around the contacts of clients: the name for readers of the file, else a number.

    Clients are left out of what Odoo does with contacts: messages, followers, mentions, mails,
    finding by address. Anyone who opens a client by her contact has opened the file.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "integration.logged"]

    integration_in_my_files = fields.Boolean(
        compute="_compute_integration_in_my_files",
        search="_search_integration_in_my_files",
        export_string_translation=False,
        help="Whether this is a client whose file is open to the reader.",
    )

    @api.depends_context("uid")
    def _compute_integration_in_my_files(self):
        mine = self.env["integration.in.file"]._ids_open_to_me("partner_id")
        for partner in self:
            partner.integration_in_my_files = partner.id in mine

    def _search_integration_in_my_files(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("id", "in", self.env["integration.in.file"]._open_to_me("partner_id"))

    @api.depends("is_integration_client")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        """Show the file number to anyone who may not read the client.

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

    # ------------------------------------------------------------
    # What is written
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        marked = self.env.context.get("default_is_integration_client")
        if marked or any(vals.get("is_integration_client") for vals in proper_vals(vals_list)):
            self._refuse_to_mark()
        return super().create(vals_list)

    def write(self, vals):
        if not proper_vals(vals):
            return super().write(vals)
        clients = self.filtered("is_integration_client")
        if vals.get("is_integration_client") and self - clients:
            self._refuse_to_mark()
        if not clients:
            return super().write(vals)
        clients._check_integration_client_fixed(vals)
        super(ResPartner, clients.with_context(tracking_disable=True)).write(vals)
        self.env["integration.client"]._keys_follow(clients, vals)
        return super(ResPartner, self - clients).write(vals)

    def _refuse_to_mark(self):
        """Refuse to make clients of contacts, unless the module itself does so."""
        if not self.env.su:
            raise AccessError(self.env._("Clients are entered in Integration Management only."))

    # ------------------------------------------------------------
    # What Odoo does with contacts
    # ------------------------------------------------------------

    def message_post(self, **kwargs):
        """Refuse any message on a client: subject and body would escape the walls."""
        if self.filtered("is_integration_client"):
            raise UserError(
                self.env._("Clients have no message history. Document talks in the case.")
            )
        return super().message_post(**kwargs)

    def _message_log_batch(
        self,
        bodies,
        subject=False,
        author_id=None,
        email_from=None,
        message_type="notification",
        partner_ids=False,
        attachment_ids=False,
        tracking_value_ids=False,
    ):
        ordinary = self.filtered(lambda partner: not partner.is_integration_client)
        return super(ResPartner, ordinary)._message_log_batch(
            bodies,
            subject,
            author_id,
            email_from,
            message_type,
            partner_ids,
            attachment_ids,
            tracking_value_ids,
        )

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        # A follower is a name next to a record, readable by every employee.
        ordinary = self.filtered(lambda partner: not partner.is_integration_client)
        return super(ResPartner, ordinary)._message_subscribe(
            partner_ids, subtype_ids, customer_ids
        )

    @api.model
    def find_or_create(self, email, assert_valid_email=False):
        """Never find a client by her address: the caller would write to her."""
        partner = super().find_or_create(email, assert_valid_email)
        if not partner._integration_clients(partner.ids):
            return partner
        return self._find_or_create_from_emails([email])[0]

    @api.model
    def _find_or_create_from_emails(
        self,
        emails,
        ban_emails=None,
        filter_found=None,
        additional_values=None,
        no_create=False,
        sort_key=None,
        sort_reverse=True,
    ):
        """Leave clients out; Odoo asks as superuser, for incoming mail and for recipients."""

        def ordinary(partner):
            return not partner.is_integration_client and (not filter_found or filter_found(partner))

        return super()._find_or_create_from_emails(
            emails, ban_emails, ordinary, additional_values, no_create, sort_key, sort_reverse
        )

    @api.model
    def _get_mention_suggestions_domain(self, search):
        domain = super()._get_mention_suggestions_domain(search)
        return domain & Domain("is_integration_client", "!=", True)

    def _mail_get_partners(self, introspect_fields=False):
        """Address no client in a mail to many contacts."""
        partners = super()._mail_get_partners(introspect_fields=introspect_fields)
        return {
            id_: partner.filtered(lambda p: not p.is_integration_client)
            for id_, partner in partners.items()
        }

    def _sms_get_recipients_info(self, force_field=False, partner_fallback=True):
        """Refuse text messages to clients; called by the module *sms* alone."""
        if self.filtered("is_integration_client"):
            raise UserError(self.env._("No text message is sent to a client from here."))
        return super()._sms_get_recipients_info(force_field, partner_fallback)

    def _compute_same_vat_partner_id(self):  # pylint: disable=missing-return
        """Odoo searches all contacts as superuser: do not answer with a client."""
        super()._compute_same_vat_partner_id()
        for partner in self:
            for name in ("same_vat_partner_id", "same_company_registry_partner_id"):
                # sudo: res.partner - the flag alone
                if partner[name].sudo().is_integration_client:
                    partner[name] = False

    # ------------------------------------------------------------
    # What is logged
    # ------------------------------------------------------------

    @api.model
    def _telling(self, names):
        """Log what is read of clients by their contacts: no list of ours shows these."""
        return set(names) & self._fields.keys() - PLAIN

    @api.model
    def _logged_domain(self, domain):
        mine = super()._logged_domain(domain) & Domain("is_integration_client", "=", True)
        # Nearly everybody groups ordinary contacts: no query for them.
        return mine if self.env.user.has_groups(FILE_ROLES) else Domain.FALSE

    def _logged_clients(self):
        """Return the clients behind the contacts, for a case worker or lead."""
        # sudo: integration.client - whose contacts they are; for the log alone
        clients = self.env["integration.client"].sudo().with_context(active_test=False)
        # Nearly everybody reads ordinary contacts: no query for them.
        if not self.ids or not self.env.user.has_groups(FILE_ROLES):
            return clients
        return clients.search([("partner_id", "in", self.ids)])

    @api.model
    def _searches_by_name(self, domain):
        # Logged by whom it finds, below
        return False

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
        if not self.env.su:
            self.env["integration.access.log"]._log(kind, self._logged_clients())
