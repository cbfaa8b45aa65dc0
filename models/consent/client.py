from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import local_today

# What describes the person is no part of the card, and given voluntarily (1.3.1, 2.2).
DESCRIPTION = (
    "nationality_ids",
    "nationality_note",
    "occupations",
    "interests",
    "date_arrival_country",
    "date_arrival_county",
)
# Safety does not end with the consent; who accompanies the family follows from its cases.
AFTER_WITHDRAWAL = {"protected_address", "family_case_id"}


class IntegrationClient(models.Model):
    """The consents of a client, what they come to today, and what may be written of her."""

    _inherit = "integration.client"

    consent_ids = fields.One2many("integration.consent", "client_id", string="Consents")
    consent_state = fields.Selection(
        [
            ("none", "No consent yet"),
            ("given", "Consent given"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("expired", "Expired"),
        ],
        compute="_compute_consent_state",
        store=True,
        help="Consent to the counselling file, computed from the events of the ledger.",
    )
    consent_valid_until = fields.Date(compute="_compute_consent_state", store=True)
    consent_renewal_due = fields.Boolean(
        string="Consent to Be Renewed",
        compute="_compute_consent_renewal_due",
        store=True,
        help="The employer has published a newer notice than the one that was consented to.",
    )

    consent_guardian_missing = fields.Boolean(
        string="Consent Without Guardian",
        compute="_compute_consent_state",
        store=True,
        help="By the date of birth the client was a minor when she consented, and no guardian "
        "consented for her: such a consent does not count.",
    )

    @api.depends(
        "consent_ids.decision",
        "consent_ids.purpose",
        "birthdate",
        "consent_ids.guardian_id.birthdate",
    )
    def _compute_consent_state(self):
        """Let a consent that lacks the guardian not count: dates of birth are corrected later."""
        for client in self:
            event = client.consent_ids._last_event("file")
            client.consent_guardian_missing = event._lacks_guardian()
            given = event._is_yes() and not client.consent_guardian_missing
            client.consent_valid_until = event.valid_until if given else False
            if client.consent_guardian_missing:
                client.consent_state = "none"
            else:
                client.consent_state = "given" if given else event.decision or "none"

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

    @api.onchange("birthdate")
    def _onchange_birthdate_guardian(self):
        """Say what a corrected date of birth means for the consent that is there."""
        event = self._origin.consent_ids._last_event("file")
        if event and not event._lacks_guardian() and event._lacks_guardian(self):
            return {
                "warning": {
                    "title": self.env._("Consent Without Guardian"),
                    "message": self.env._(
                        "By this date of birth the client was a minor when she consented, and no "
                        "guardian is named. The consent no longer counts once you save: record the "
                        "guardian's consent."
                    ),
                }
            }
        return None

    @api.model
    def _refresh_renewal_due(self, companies):
        """Find out anew whose consent is overtaken by the notices of ``companies``."""
        clients = self.search(
            [("company_id", "in", companies.ids), ("consent_state", "=", "given")]
        )
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
    # The gate
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self._ensure_may_be_described()

    def _before_write(self, change):
        # The registers under the client guard themselves, the consent among them.
        names = {name for name in change.names if self._fields[name].type != "one2many"}
        ending = self._ending_fields if self._is_system() else frozenset()
        if names - AFTER_WITHDRAWAL - ending:
            self._ensure_not_taken_back()
        super()._before_write(change)

    def _after_write(self, change):
        super()._after_write(change)
        if change.names & set(DESCRIPTION):
            self._ensure_may_be_described()

    def _ensure_may_be_described(self):
        """Refuse more than the card without consent.

        :raises UserError: before a consent there are name, date of birth, languages, address
            and how to speak to the client (county standard 2.2)
        """
        if not self.env.su:
            self.filtered(lambda c: any(c[name] for name in DESCRIPTION))._ensure_consent()

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
