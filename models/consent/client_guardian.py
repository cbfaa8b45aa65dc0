from odoo import api, fields, models

from ...tools import local_today


def _words(name):
    """Return the words of a name, in whatever order and spelling of capitals."""
    return sorted((name or "").replace(",", " ").casefold().split())


class IntegrationClient(models.Model):
    """Who decides for a minor, and what becomes of a consent that lacks a guardian."""

    _inherit = "integration.client"

    consent_guardian_missing = fields.Boolean(
        string="Consent Without Guardian", compute="_compute_consent_state", store=True,
        help="By the date of birth the client was a minor when she consented, and no guardian "
        "consented for her: such a consent does not count.",
    )

    @api.depends("birthdate", "consent_ids.guardian_id.birthdate")
    def _compute_consent_state(self):  # pylint: disable=missing-return
        """Let a consent that lacks the guardian not count: dates of birth are corrected later."""
        super()._compute_consent_state()
        for client in self:
            event = client.consent_ids._last_event("file")
            client.consent_guardian_missing = event._lacks_guardian()
            if client.consent_guardian_missing:
                client.consent_state, client.consent_valid_until = "none", False

    @api.onchange("birthdate")
    def _onchange_birthdate_guardian(self):
        """Say what a corrected date of birth means for the consent that is there."""
        event = self._origin.consent_ids._last_event("file")
        if event and not event._lacks_guardian() and event._lacks_guardian(self):
            return {"warning": {
                "title": self.env._("Consent Without Guardian"),
                "message": self.env._(
                    "By this date of birth the client was a minor when she consented, and no "
                    "guardian is named. The consent no longer counts once you save: record the "
                    "guardian's consent."),
            }}
        return None

    def write(self, vals):
        result = super().write(vals)
        if "birthdate" in vals:
            self._end_sharing_without_guardian()
        return result

    def _end_sharing_without_guardian(self):
        """Take team and deputies out of a file whose consent no longer counts.

        Whoever corrects the date of birth herself sees the file until the night: else she could
        not save, for a form reads what it has written.
        """
        # sudo: integration.client, integration.case.access - entries follow the consent, nobody
        # writes them by hand
        for client in self.sudo():
            lacking = any(event._lacks_guardian() for event in client.consent_ids)
            if lacking and not client._may_be_shared():
                client.access_ids.filtered(
                    lambda e: e.kind in ("team", "deputy") and e.user_id != self.env.user
                )._end()

    # ------------------------------------------------------------
    # Who may be the guardian
    # ------------------------------------------------------------

    def _household_on(self, day):
        """Return the other persons of the household as it was on ``day`` or is today."""
        self.ensure_one()
        days = {day, local_today(self.env)}
        # sudo: integration.household.member - who lives together; the caller reads the persons
        own = (self._origin or self).sudo().household_member_ids
        households = own.browse().union(*(own._valid_on(each) for each in days)).household_id
        members = households.member_ids
        together = members.filtered(
            lambda member: any(member._valid_on(each) for each in days)
        )
        return together.client_id - own.client_id

    def _possible_guardians(self, day=None):
        """Return the adults of the household, as far as the user may read them."""
        day = day or local_today(self.env)
        persons = self._household_on(day).with_env(self.env)._filtered_access("read")
        return persons.filtered(lambda person: not person._is_minor(day))

    def _is_called(self, name):
        """Return whether ``name`` is the client's own."""
        return bool(_words(name)) and _words(name) == _words(self.name)

    def _names_a_child(self, name, day):
        """Return whether ``name`` is a minor's of the household, and no adult's as well."""
        namesakes = self._household_on(day).filtered(lambda person: person._is_called(name))
        return bool(namesakes) and all(person._is_minor(day) for person in namesakes)
