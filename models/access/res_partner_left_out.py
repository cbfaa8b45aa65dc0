from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    """Clients are left out of what Odoo does with contacts: mentions, mails, finding by address."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        marked = self.env.context.get("default_is_integration_client")
        if marked or any(vals.get("is_integration_client") for vals in vals_list):
            self._refuse_to_mark()
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("is_integration_client") and not all(self.mapped("is_integration_client")):
            self._refuse_to_mark()
        return super().write(vals)

    def _refuse_to_mark(self):
        """Refuse to make clients of contacts, unless the module itself does so."""
        if not self.env.su:
            raise AccessError(self.env._("Clients are entered in Integration Management only."))

    @api.model
    def _integration_clients(self, ids):
        """Return those of the contacts ``ids`` that are clients, whoever asks."""
        # sudo: res.partner - the flag alone, of contacts the user may not see
        partners = self.sudo().with_context(active_test=False)
        return partners.search(
            [("id", "in", list(ids)), ("is_integration_client", "=", True)], order="id"
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
        self, emails, ban_emails=None, filter_found=None, additional_values=None,
        no_create=False, sort_key=None, sort_reverse=True,
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
