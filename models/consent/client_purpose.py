from odoo import models
from odoo.exceptions import UserError

from ...tools import local_today
from ..access.case_access import SHARED_KINDS

GIVEN = ("given", "renewed")


class IntegrationClient(models.Model):
    """What each purpose of the consent, beside the file itself, allows."""

    _inherit = "integration.client"

    def _has_consent(self, purpose, day=None):
        """Return whether the client's consent to ``purpose`` held on ``day`` (today).

        What a minor gave by herself holds for nothing.
        """
        self.ensure_one()
        day = day or local_today(self.env)
        event = self.consent_ids.filtered(lambda event: event.date <= day)._last_event(purpose)
        held = event.decision in GIVEN and (not event.valid_until or event.valid_until >= day)
        return held and not event._lacks_guardian()

    def _may_be_shared(self):
        """Return whether colleagues and deputies may be let into the file today."""
        return self._has_consent("file") and self._has_consent("team")

    def _sharing_ends(self):
        """Return the last day on which colleagues may read the file, None without an end."""
        self.ensure_one()
        ends = [self.consent_ids._last_event(purpose).valid_until for purpose in ("file", "team")]
        return min(filter(None, ends), default=None)

    def _shared_entries(self):
        """Return what opens the files to colleagues: also the family members' in own cases."""
        entries = self.access_ids | self.case_ids.access_ids
        return entries.filtered(lambda entry: entry.kind in SHARED_KINDS)

    def _filtered_took_back(self):
        """Return the clients who had agreed to the file and took it back.

        A refusal after a consent ends it like a withdrawal; a first refusal leaves a card.
        """
        # sudo: integration.consent - what became of the consent, also where it cannot be read
        return self.filtered(
            lambda client: client.sudo().consent_state in ("refused", "withdrawn")
            and client.sudo()._had_file()
        )

    def _had_file(self):
        """Return whether there ever was a consent to the file, hence anything but a card."""
        self.ensure_one()
        return any(
            event.purpose == "file" and event.decision in GIVEN for event in self.consent_ids
        )

    def _ensure_consent_for_family(self):
        """Refuse to write about relatives into the case of somebody whose consent does not hold.

        :raises UserError: consent is each person's own: whoever agrees while the client of the
            family's case does not needs a case of her own
        """
        for client in self:
            if not client._has_consent("file"):
                raise UserError(self.env._(
                    "File %s: the client of this case has not agreed to it, or no longer does, so "
                    "nothing is written into it about anybody. A relative who agrees needs a case "
                    "of her or his own: open one for that person.", client.file_number))

    def _ensure_purpose(self, purpose, day=None):
        """Refuse to go on unless every client in ``self`` agreed to ``purpose`` (on ``day``).

        :raises UserError: Art. 6 (1) a and 9 (2) a GDPR: each purpose by itself; the message says
            what can be done without
        """
        # sudo: integration.client - only whether the consent is there, also for a family member
        # whose file the user may not read; the message bears the number alone
        missing = self.sudo().filtered(lambda client: not client._has_consent(purpose, day))
        if missing:
            numbers = ", ".join(missing.sorted("file_number").mapped("file_number"))
            raise UserError(self._without_purpose(purpose, numbers))

    def _without_purpose(self, purpose, numbers):
        """Return the refusal for want of a consent to ``purpose``, with what to do instead."""
        if purpose == "health":
            return self.env._(
                "File %s: there is no consent to health data, which are specially protected "
                "(Art. 9 GDPR). Record that consent, or leave the health topic, area or goal out: "
                "counselling, and the way to a doctor or midwife, are open without it.", numbers)
        if purpose == "messenger":
            return self.env._(
                "File %s: there is no consent to contact by messenger. Record that consent or use "
                "another channel. If the client wrote first, or it has happened already, choose so "
                "under “Without Consent to the Channel”.", numbers)
        return self.env._(
            "File %(numbers)s: there is no consent to the purpose “%(purpose)s”. Record it first.",
            numbers=numbers,
            purpose=dict(self.env["integration.consent"]._fields["purpose"]
                         ._description_selection(self.env))[purpose])
