from datetime import date

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .gate import GIVEN

# Nobody has been accompanied for longer: what is older is a slip of the hand.
FIRST_DAY = date(2000, 1, 1)


class IntegrationConsent(models.Model):
    """Which events make sense after the ones before them, and who may record them."""

    _inherit = "integration.consent"

    @api.constrains("date", "client_id")
    def _check_not_too_early(self):
        for event in self:
            born = event.client_id.birthdate
            if event.date < max(FIRST_DAY, born or FIRST_DAY):
                raise ValidationError(
                    event._about_file(
                        self.env._(
                            "a consent cannot be dated before the client was born, nor before %s.",
                            format_date(self.env, FIRST_DAY),
                        )
                    )
                )

    @api.constrains("decision", "date", "guardian_id", "guardian_name")
    def _check_guardian(self):
        for event in self:
            if event._is_yes():
                event._check_guardian_on(event.date)
            elif event.guardian_id - event.client_id._possible_guardians(event.date):
                raise ValidationError(
                    event._about_file(
                        self.env._(
                            "a client is guardian of a minor of the own household only, and of "
                            "age. Enter "
                            "the name of anybody else."
                        )
                    )
                )

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _lacks_guardian(self, client=None):
        """Return whether a minor gave this consent by herself.

        :param client: the client with another date of birth than the stored one
        """
        if not self._is_yes() or not (client or self.client_id)._is_minor(self.date):
            return False
        if self.guardian_id:
            return self.guardian_id._is_minor(self.date)
        return not (self.guardian_name or "").strip()

    @api.model
    def _record_by_itself(self, vals_list):
        """Record events that no worker enters by hand: lapsed, or signed on the screen."""
        return self._as_system().create(vals_list).with_env(self.env)

    def _check_event(self):
        """Refuse an event that makes no sense after the ones before it."""
        self.ensure_one()
        if not self._is_system():
            self._check_by_hand()
        elif self.form == "screen" and not self.attachment_hash:
            raise ValidationError(
                self._about_file(
                    self.env._("what is signed on the screen comes with the signed paper.")
                )
            )
        before = self.client_id.consent_ids.filtered(
            lambda event: event.purpose == self.purpose and event.id < self.id
        )
        self._check_follows(before)
        self._check_oral_once(before)
        self._check_notice_in_force(before)
        self._check_reason(before)

    def _check_by_hand(self):
        """Refuse what only a signature on the screen or the lapse of time can be."""
        if self.form == "screen":
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "a consent on the screen is signed there, with the button “Sign on the "
                        "Screen”."
                    )
                )
            )
        if self.form == "system" or self.decision == "expired":
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "a consent expires by itself after its last day. To end it, record a "
                        "withdrawal."
                    )
                )
            )

    def _check_follows(self, before):
        """Refuse a withdrawal, renewal or expiry of what was never given."""
        if self.decision not in ("withdrawn", "renewed", "expired"):
            return
        last = before._last_event(self.purpose)
        if last.decision not in (*GIVEN, "expired"):
            raise ValidationError(
                self._about_file(self.env._("there is no consent to which this event refers."))
            )
        if self.date < last.date:
            # It would stand before the consent and end nothing.
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "the event is dated before the consent of %s to which it refers.",
                        format_date(self.env, last.date),
                    )
                )
            )

    def _check_oral_once(self, before):
        """Refuse to prolong a provisional consent by word of mouth (county standard 2.2).

        The words may be corrected, by an event with a reason that ends no later.
        """
        if self.form != "oral" or not self._is_yes():
            return
        given = before.filtered(lambda event: event._is_yes()).sorted("id")
        signed = given.filtered(lambda event: event.form != "oral")[-1:]
        pending = given.filtered(lambda event: event.id > signed.id)
        if pending and not (
            (self.reason or "").strip() and self.valid_until <= min(pending.mapped("valid_until"))
        ):
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "a consent given orally is provisional and not prolonged orally. Have it "
                        "signed, "
                        "on paper or on the screen."
                    )
                )
            )

    def _check_notice_in_force(self, before):
        """Refuse to renew a consent without the notice that is in force."""
        again = self.decision == "renewed" or before._last_event(self.purpose)._is_yes()
        if not (self._is_yes() and again):
            return
        newest = (
            self.env["integration.consent.notice"]
            # sudo: integration.consent.notice - its number and which purposes it names, no text
            .sudo()
            ._in_force(self.client_id.company_id, self.date)
        )
        named = self.purpose in newest.line_ids.mapped("purpose")
        if named and self.notice_id.version < newest.version:
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "a consent is renewed with the privacy notice in force, version %s. "
                        "Choose the "
                        "notice that was explained.",
                        newest.version,
                    )
                )
            )

    def _check_reason(self, before):
        """Refuse a correction without a reason: one that contradicts or stands before another.

        A withdrawal corrects nothing, and asks for no reason (Art. 7 (3) GDPR). A person who
        signs on the screen has changed her mind.
        """
        if (self.reason or "").strip() or self.form in ("screen", "system"):
            return
        later = before.filtered(lambda event: event.date > self.date)
        same = before.filtered(
            lambda event: event.date == self.date and event.decision != "expired"
        )
        other = same._last_event(self.purpose)
        contradicts = other and other._is_yes() != self._is_yes() and self.decision != "withdrawn"
        if later or contradicts:
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "the ledger holds another decision of this day or of a later one. Enter in "
                        "“Reason” what this event corrects."
                    )
                )
            )
