from odoo import fields, models

from .gate import DECLINED, Ask, Later

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
    written down truly: a worker who is written to, or has sent something by mistake, says so. A
    mistake is told to data protection.
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

    def _for_create(self):
        return super()._for_create().with_context(integration_asks_later=Later())

    def _for_write(self):
        return super()._for_write().with_context(integration_asks_later=Later())

    def _created(self):
        super()._created()
        self._ensure_agreed()
        self.filtered(lambda contact: contact.channel_excuse == "mistake")._tell_mistake()

    def _before_write(self, change):
        super()._before_write(change)
        if not self._asks_file_consent(change.names):
            return
        change.before["asked_file"] = asked = self._asks_file()
        self._refuse_unanswered(asked)
        change.before["told"] = self._told(known=True)
        change.before["mistaken"] = self.filtered(lambda c: c.channel_excuse == "mistake")

    def _after_write(self, change):
        super()._after_write(change)
        if "asked_file" not in change.before:
            return
        self._ensure_agreed(asked=change.before["asked_file"], told=change.before["told"])
        if change.vals.get("channel_excuse") == "mistake":
            (self - change.before["mistaken"])._tell_mistake()

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    def _ensure_agreed(self, asked=frozenset(), told=frozenset(), clients=None):
        """Refuse a contact with or about somebody whose consent does not hold.

        Each client is asked once, for the file and for what the channel and the topics need.

        :param asked: what was asked already in this save
        :param told: what was recorded before, by :meth:`_told`: it may stay
        :param clients: whom to ask about purposes beside the file; all by default
        :raises UserError: county standard 2.2; see ``_ensure_consents()`` of the client
        """
        later = self.env.context.get("integration_asks_later")
        contacts = self
        if isinstance(later, Later):
            contacts |= self.browse(later.contact_ids)
            later.collects = False
        asks = contacts._asks_file() - asked
        asks |= {
            Ask(client, purpose, day)
            for _contact, client, purpose, day, _row in contacts._told() - told
            if clients is None or client in clients
        }
        contacts._refuse_unanswered(asks)

    def _consents_missing(self):
        """Return what a contact, also one that is not saved yet, lacks the consents for."""
        asks = self._asks_file()
        asks |= {Ask(client, purpose, day) for _contact, client, purpose, day, _r in self._told()}
        return self.env["integration.client"]._consents_missing(asks)

    def _refuse_unanswered(self, asks):
        """Refuse to go on unless consents answer ``asks``; a relative needs the family's too."""
        clients = self.env["integration.client"]
        missing = clients._consents_missing(asks)
        for contact in self.sudo() if missing else ():  # sudo: see _asks_file()
            own = contact.case_id.client_id
            if Ask(own, "file") in missing and contact.person_ids.client_id - own:
                own._ensure_consent_for_family()
        clients._ensure_consents(missing)

    def _asks_file(self):
        """Return whose consent to the file is asked for.

        Before consent a visit may be recorded without names and topics, after a refusal or
        withdrawal not even that (county standard 2.2).
        """
        asks = set()
        # sudo: integration.contact - a family member may have the case of a colleague
        for contact in self.sudo():
            own, persons = contact.case_id.client_id, contact.person_ids.client_id
            told = persons or contact.topic_ids or contact.area_ids
            asked = own if told or own.consent_state in DECLINED else own.browse()
            asks |= {Ask(client, "file") for client in persons | asked}
        return asks

    def _told(self, known=False):
        """Return the set of (contact, client, purpose, day, row) that need a further consent.

        The channel was used on the day of the contact; topics are written down today.

        :param known: whether it is asked what is recorded already, hence may stay
        """
        return {
            (contact, client, purpose, day, row)
            # sudo: integration.contact - see _asks_file()
            for contact in self.sudo()
            for purpose, day, row in contact._purposes_needed(known)
            for client in contact.person_ids.client_id or contact.case_id.client_id
        }

    def _purposes_needed(self, known=False):
        """Return the (purpose, day, row) of the channel, topics and areas of a contact."""
        self.ensure_one()
        # An area that comes with a topic asks for no more than that topic.
        areas = self.area_ids if known else self.area_ids - self.topic_ids.area_id
        needed = [(row.consent_purpose, None, row) for row in (*self.topic_ids, *areas)]
        if not self.channel_excuse:
            needed.append((self.channel_id.consent_purpose, self.date, self.channel_id))
        return [entry for entry in needed if entry[0]]

    def _tell_mistake(self):
        """Give data protection something to look at, with the file number alone."""
        if not self:
            return
        # sudo: res.groups - who looks after data protection, no matter who asks
        officers = self.env.ref("integration_management.group_dpo").sudo().all_user_ids
        for contact in self:
            self.env["mail.activity"]._tell(
                officers.filtered(lambda u, c=contact: u.active and c.company_id in u.company_ids),
                self.env._(
                    "%(contact)s: channel used without the client's consent",
                    contact=contact.display_name,
                ),
            )
