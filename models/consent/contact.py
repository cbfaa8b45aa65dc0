from odoo import api, fields, models

from ..case.case import DECLINED

CHANNEL_EXCUSES = [
    ("client_wrote", "The client wrote first"),
    ("mistake", "By mistake; data protection is told"),
]


class IntegrationContact(models.Model):
    """The consent gate of contacts: what was spoken about belongs to the file.

    Its persons pass the gate by their own rows. A contact of the case without anybody named
    would go round it with its topics; a bare visit may be counted before consent (3.1).

    A messenger tells its operator that there is a contact (§ 203 StGB), so its channel needs the
    consent to that purpose on the day of the contact. That governs what is sent, not what is
    written down truly: whoever is written to, or has sent something by mistake, says so. A mistake
    is told to data protection.
    """

    _inherit = "integration.contact"

    channel_purpose = fields.Selection(
        related="channel_id.consent_purpose", string="Consent the Channel Needs"
    )
    channel_excuse = fields.Selection(
        CHANNEL_EXCUSES,
        string="Without Consent to the Channel",
        help="Why a channel was used to which the client has not agreed. The next answer goes "
        "another way, or the consent is recorded first.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._ensure_open()
        contacts._ensure_purposes()
        contacts.filtered(lambda contact: contact.channel_excuse == "mistake")._tell_mistake()
        return contacts

    def write(self, vals):
        self._ensure_open()
        known = self._purposes_used(known=True)
        mistaken = self.filtered(lambda contact: contact.channel_excuse == "mistake")
        result = super().write(vals)
        self._ensure_open()
        self._ensure_purposes(known)
        if vals.get("channel_excuse") == "mistake":
            (self - mistaken)._tell_mistake()
        return result

    def _ensure_open(self):
        """Refuse to write a contact with or about somebody whose consent does not hold.

        :raises UserError: before consent a visit may be recorded without names and topics,
            after a refusal or withdrawal not even that (county standard 2.2)
        """
        # sudo: integration.contact - a family member may have the case of a colleague
        for contact in self.sudo():
            own, persons = contact.case_id.client_id, contact.person_ids.client_id
            told = persons or contact.topic_ids or contact.area_ids
            asked = own if told or own.consent_state in DECLINED else own.browse()
            if persons - own:
                asked._ensure_consent_for_family()
            (persons | asked)._ensure_consent()

    # ------------------------------------------------------------
    # Purposes
    # ------------------------------------------------------------

    def _purposes_used(self, known=False):
        """Return the set of (contact, client, purpose, day, row) that need a consent.

        The channel was used on the day of the contact; topics are written down today.

        :param known: whether it is asked what is recorded already, hence may stay
        """
        # sudo: integration.contact - see _ensure_open()
        return {
            (contact, client, purpose, day, row)
            for contact in self.sudo()
            for purpose, day, row in contact._purposes_needed(known)
            for client in contact.person_ids.client_id or contact.case_id.client_id
        }

    def _purposes_needed(self, known):
        """Return the (purpose, day, row) of the channel, topics and areas of a contact."""
        self.ensure_one()
        # An area that comes with a topic asks for no more than that topic.
        areas = self.area_ids if known else self.area_ids - self.topic_ids.area_id
        needed = [(row.consent_purpose, None, row) for row in (*self.topic_ids, *areas)]
        if not self.channel_excuse:
            needed.append((self.channel_id.consent_purpose, self.date, self.channel_id))
        return [entry for entry in needed if entry[0]]

    def _ensure_purposes(self, known=frozenset(), clients=None):
        """Refuse what needs a purpose that a client present has not agreed to.

        :param known: what was recorded before, by :meth:`_purposes_used`: it may stay
        :param clients: the clients to ask; all by default
        :raises UserError: see ``_ensure_purpose()`` of the client
        """
        for _contact, client, purpose, day, _row in self._purposes_used() - known:
            if clients is None or client in clients:
                client._ensure_purpose(purpose, day)

    def _tell_mistake(self):
        """Give data protection something to look at, with the file number alone."""
        # sudo: res.groups - who looks after data protection, whoever asks
        officers = self.env.ref("integration_management.group_dpo").sudo().all_user_ids
        for contact in self:
            self.env["mail.activity"]._tell(
                officers.filtered(lambda u, c=contact: u.active and c.company_id in u.company_ids),
                self.env._("%(contact)s: channel used without the client's consent",
                           contact=contact.display_name),
            )
