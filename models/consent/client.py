from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import local_today

# What describes the person is no part of the card, and given voluntarily (1.3.1, 2.2).
DESCRIPTION = (
    "nationality_ids", "nationality_note", "occupations", "interests", "date_arrival_country",
    "date_arrival_county",
)
# Safety does not end with the consent; who accompanies the family follows from its cases.
AFTER_WITHDRAWAL = {"protected_address", "family_case_id"}


class IntegrationClient(models.Model):
    """What follows from consents, releases and disclosures for the client."""

    _inherit = "integration.client"

    consent_renewal_due = fields.Boolean(
        string="Consent to Be Renewed", compute="_compute_consent_renewal_due", store=True,
        help="The employer has published a newer notice than the one that was consented to.",
    )
    release_ids = fields.One2many("integration.release", "client_id", string="Releases")
    disclosure_ids = fields.One2many("integration.disclosure", "client_id", string="Disclosures")

    @api.depends(
        "consent_state", "consent_ids.decision", "consent_ids.purpose", "consent_ids.notice_id"
    )
    def _compute_consent_renewal_due(self):
        # sudo: integration.consent.notice - number and day of the newest one, no text
        newest = self.env["integration.consent.notice"].sudo()._newest_versions(self.company_id)
        for client in self:
            version, since = newest.get(client.company_id, (0, None))
            event = client.consent_ids._last_event("file")
            if client.consent_state != "given":
                client.consent_renewal_due = False
            elif event.notice_id:
                client.consent_renewal_due = event.notice_id.version < version
            else:
                # The employer's own paper form: overtaken by what came after the first notice.
                client.consent_renewal_due = version > 1 and event.date < since

    @api.model
    def _refresh_renewal_due(self, companies):
        """Find out anew whose consent is overtaken by the notices of ``companies``."""
        clients = self.search([
            ("company_id", "in", companies.ids), ("consent_state", "=", "given"),
        ])
        self.env.add_to_compute(self._fields["consent_renewal_due"], clients)

    @api.model
    def _cron_refresh_renewal_due(self):
        """Take notices into account that came into force in the last days."""
        recent = Domain("valid_from", ">", fields.Date.subtract(local_today(self.env), days=7))
        notices = self.env["integration.consent.notice"].search(
            recent & Domain("state", "=", "published")
        )
        self._refresh_renewal_due(notices.company_id)

    # ------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        clients = super().create(vals_list)
        clients._ensure_may_be_described()
        return clients

    def write(self, vals):
        # The registers under the client guard themselves, the consent among them.
        names = {name for name in vals if self._fields[name].type != "one2many"}
        if names - AFTER_WITHDRAWAL and not self.env.su:
            self._filtered_took_back()._ensure_consent()
        result = super().write(vals)
        if names.intersection(DESCRIPTION):
            self._ensure_may_be_described()
        return result

    def _ensure_may_be_described(self):
        """Refuse more than the card without consent.

        :raises UserError: before a consent there are name, date of birth, languages, address
            and how to speak to the client (county standard 2.2)
        """
        if not self.env.su:
            self.filtered(lambda c: any(c[name] for name in DESCRIPTION))._ensure_consent()

    @api.model
    def _whose_file(self, model_name, res_id):
        """Return, as superuser, the clients in whose file the record is, if in any."""
        # sudo: self.env[...] - whose file it is, for the gate alone
        nobody, model = self.sudo().browse(), self.env.registry.get(model_name or "")
        if not res_id or model is None:
            return nobody
        # sudo: self.env[...] - as above
        record = self.env[model_name].sudo().browse(res_id)
        if model_name == "mail.activity":
            return self._whose_file(record.res_model, record.res_id)
        if not issubclass(model, self.env.registry["integration.secured"]):
            return nobody
        if model_name == self._name:
            return record
        if model_name == "integration.household":
            return record.current_client_ids or record.member_ids.client_id
        if "client_id" in record._fields:
            return record.client_id
        return record.case_id.client_id if "case_id" in record._fields else nobody

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_sign_on_screen(self):
        """Prepare the signing of the privacy notice on a tablet."""
        return self.env["integration.signing"]._action_prepare(self)

    def action_open_releases(self):
        """List the releases from confidentiality the client has given."""
        return self._action_of_client("integration_release_action")

    def action_open_disclosures(self):
        """List what was passed on about the client, and to whom."""
        return self._action_of_client("integration_disclosure_action")

    def _action_of_client(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"integration_management.{xml_id}")
        return dict(action, domain=[("client_id", "=", self.id)], context={
            "default_client_id": self.id, "integration_show_name": True,
        })
