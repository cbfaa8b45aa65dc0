from odoo import api, fields, models

from ..consent.gate import DECLINED

# What says something about somebody beyond the day on which she comes
WORDS = frozenset({"place", "bring", "bring_ids", "note"})


class IntegrationAppointment(models.Model):
    """The consent gate of appointments.

    Before a consent somebody may be given a day and a time, as a visit may be counted (county
    standard 3.1): how else would she come to be asked. Words, and further people, need the
    consent. After a refusal or withdrawal nothing is arranged or moved any more: what was
    arranged is cancelled, and that is no word about anybody.
    """

    _inherit = "integration.appointment"

    may_say_words = fields.Boolean(
        compute="_compute_may_say_words", export_string_translation=False
    )

    @api.depends("case_id")
    def _compute_may_say_words(self):
        for appointment in self:
            appointment.may_say_words = appointment.case_id.consent_state == "given"

    def _created(self):
        super()._created()
        for appointment in self:
            appointment._ensure_agreed({name for name in WORDS if appointment[name]})

    def _before_write(self, change):
        super()._before_write(change)
        if not self._is_system():
            words = {name for name in WORDS & change.names if self._says(change.vals[name])}
            for appointment in self:
                # Whoever leaves the appointment is asked as well as who comes to it.
                appointment._ensure_agreed(words)

    def _after_write(self, change):
        super()._after_write(change)
        if not self._is_system() and "client_ids" in change.names:
            for appointment in self:
                appointment._ensure_agreed(set())

    @api.model
    def _says(self, value):
        """Return whether a value that is written says anything, instead of clearing something."""
        if not isinstance(value, (list, tuple)):
            return bool(value)
        return any(not isinstance(entry, (list, tuple)) or any(entry[1:]) for entry in value)

    def _ensure_agreed(self, words):
        """Refuse an appointment with people who have said no, and words about who has not said yes.

        :raises UserError: county standard 2.2
        """
        # sudo: integration.appointment - the gate also asks for whom the user may not read
        file = self.sudo()
        own = file.case_id.client_id.with_env(self.env)
        people = own | file.client_ids.with_env(self.env)
        if not words and people == own:
            # sudo: integration.client - what was decided alone
            people = people.filtered(lambda client: client.sudo().consent_state in DECLINED)
        people._ensure_consent()

    def _gate_clients(self):
        return self.case_id.client_id | self.client_ids
