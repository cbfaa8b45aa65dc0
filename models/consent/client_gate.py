from odoo import api, models
from odoo.exceptions import UserError

from ...tools import local_today
from .gate import DECLINED, GIVEN, Ask


class IntegrationClient(models.Model):
    """The one gate: which purposes lack the consent of which clients on which day.

    Dialogs ask it to warn, records to refuse. What “holds” and what “took back” means is
    said here and nowhere else.
    """

    _inherit = "integration.client"

    def _has_consent(self, purpose, day=None):
        """Return whether the client's consent to ``purpose`` holds, on ``day`` (today).

        What a minor gave by herself holds for nothing.
        """
        self.ensure_one()
        today = local_today(self.env)
        if purpose == "file" and (day or today) == today:
            until = self.consent_valid_until  # what the ledger says of today is stored
            return self.consent_state == "given" and (not until or until >= today)
        day = day or today
        event = self.consent_ids.filtered(lambda event: event.date <= day)._last_event(purpose)
        held = event.decision in GIVEN and (not event.valid_until or event.valid_until >= day)
        return held and not event._lacks_guardian()

    def _had_file(self):
        """Return whether there ever was a consent to the file, hence anything but a card."""
        self.ensure_one()
        return any(
            event.purpose == "file" and event.decision in GIVEN for event in self.consent_ids
        )

    def _filtered_took_back(self):
        """Return the clients who had agreed to the file and took it back.

        A refusal after a consent ends it like a withdrawal; a first refusal leaves a card.
        """
        return self.filtered(
            # sudo: integration.consent - what became of the consent, also where it cannot be read
            lambda client: client.sudo().consent_state in DECLINED and client.sudo()._had_file()
        )

    # ------------------------------------------------------------
    # The question
    # ------------------------------------------------------------

    @api.model
    def _consents_missing(self, asks):
        """Return those of ``asks`` (see :class:`Ask`) to which no consent answers."""
        # sudo: integration.client - only whether the consent is there, also of a family member
        # whose file the user may not read
        return {ask for ask in asks if not ask.client.sudo()._has_consent(ask.purpose, ask.day)}

    @api.model
    def _ensure_consents(self, asks):
        """Refuse to go on unless a consent answers each of ``asks``.

        :raises UserError: county standard 2.2, § 67b SGB X, Art. 6 (1) a and 9 (2) a GDPR: each
            purpose by itself, the file first; the message says what can be done without
        """
        missing = self._consents_missing(asks)
        for purpose in sorted({ask.purpose for ask in missing}, key=lambda name: name != "file"):
            clients = self.union(*(ask.client for ask in missing if ask.purpose == purpose))
            raise UserError(clients._consent_refusal(purpose))

    def _ensure_consent(self):
        """Refuse to go on unless every client in ``self`` has a valid consent to the file."""
        self._ensure_consents({Ask(client, "file") for client in self})

    def _ensure_purpose(self, purpose, day=None):
        """Refuse to go on unless every client in ``self`` agreed to ``purpose`` (on ``day``)."""
        self._ensure_consents({Ask(client, purpose, day) for client in self})

    def _ensure_not_taken_back(self):
        """Refuse to go on with clients who took their consent back (county standard 2.2)."""
        if not self.env.su:
            self._filtered_took_back()._ensure_consent()

    def _ensure_consent_for_family(self):
        """Refuse to write about relatives into the case of somebody whose consent does not hold.

        :raises UserError: consent is each person's own: a relative who agrees while the client of
            the family's case does not needs a case of her own
        """
        for client in self:
            if not client._has_consent("file"):
                raise UserError(
                    self.env._(
                        "File %s: the client of this case has not agreed to it, or no longer "
                        "does, so "
                        "nothing is written into it about anybody. A relative who agrees needs a "
                        "case "
                        "of her or his own: open one for that person.",
                        client.file_number,
                    )
                )

    # ------------------------------------------------------------
    # The answer in words
    # ------------------------------------------------------------

    def _consent_refusal(self, purpose):
        """Return why nothing is written for want of a consent, and what to do instead."""
        # sudo: integration.client - the numbers alone
        numbers = ", ".join(self.sudo().sorted("file_number").mapped("file_number"))
        if purpose == "file":
            return self.env._(
                "File %s: there is no valid consent to the counselling file, so nothing can be "
                "written into it. Record the consent first (button “Consent”).",
                numbers,
            )
        if purpose == "health":
            return self.env._(
                "File %s: there is no consent to health data, which are specially protected "
                "(Art. 9 GDPR). Record that consent, or leave the health topic, area or goal out: "
                "counselling, and the way to a doctor or midwife, are open without it.",
                numbers,
            )
        if purpose == "messenger":
            return self.env._(
                "File %s: there is no consent to contact by messenger. Record that consent or use "
                "another channel. If the client wrote first, or it has happened already, choose so "
                "under “Without Consent to the Channel”.",
                numbers,
            )
        return self.env._(
            "File %(numbers)s: there is no consent to the purpose “%(purpose)s”. Record it first.",
            numbers=numbers,
            purpose=dict(
                self.env["integration.consent"]._fields["purpose"]._description_selection(self.env)
            )[purpose],
        )

    # ------------------------------------------------------------
    # Sharing with colleagues
    # ------------------------------------------------------------

    def _may_be_shared(self):
        """Return whether colleagues and deputies may be let into the file today."""
        return self._has_consent("file") and self._has_consent("team")

    def _sharing_ends(self):
        """Return the last day on which colleagues may read the file, None without an end."""
        self.ensure_one()
        ends = [self.consent_ids._last_event(purpose).valid_until for purpose in ("file", "team")]
        return min(filter(None, ends), default=None)
