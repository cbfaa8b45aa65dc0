from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...tools import local_today, same_words

PROOF = frozenset({"certificate", "certificate_number", "certificate_date"})


class IntegrationLanguageLevel(models.Model):
    """By what paper a level is proven, and since when."""

    _inherit = "integration.language.level"

    certificate = fields.Char(help="Which examination: DTZ, telc, Goethe …")
    certificate_number = fields.Char(help="As it stands on the certificate.")
    certificate_date = fields.Date(string="Issued On")

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _after_write(self, change):
        super()._after_write(change)
        if {"level", "source", *PROOF} & change.names:
            # Of two entries of the same certificate at once, the later sees the first.
            self._follow_each_other()

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("source", *PROOF)
    def _check_proof(self):
        today = local_today(self.env)
        for entry in self:
            if entry.source != "certificate" and any(entry[name] for name in PROOF):
                entry._refuse_proof(self.env._("name a certificate only where the source is one."))
            if entry.certificate_date and entry.certificate_date > today:
                entry._refuse_proof(self.env._("a certificate cannot be issued in the future."))

    @api.constrains("client_id", "language_id", "level", "source", *PROOF)
    def _check_certificate_once(self):
        """Refuse the same certificate twice: by its number, else by level and day."""
        for entry in self.filtered(lambda e: e.source == "certificate"):
            others = self.search(
                [
                    ("id", "!=", entry.id),
                    ("client_id", "=", entry.client_id.id),
                    ("language_id", "=", entry.language_id.id),
                    ("source", "=", "certificate"),
                ]
            )
            twin = others.filtered(entry._is_same_certificate)[:1]
            if twin:
                entry._refuse_proof(
                    self.env._(
                        "this certificate is entered already, with the level from %s on.",
                        format_date(self.env, twin.date_from),
                    )
                )

    def _is_same_certificate(self, other):
        """Return whether two entries name one paper."""
        if self.certificate_number and other.certificate_number:
            return same_words(self.certificate_number, other.certificate_number)
        day = self.certificate_date
        return bool(day) and day == other.certificate_date and self.level == other.level

    def _refuse_proof(self, text):
        raise ValidationError(self._about_file(text))

    # ------------------------------------------------------------
    # Reached in a course
    # ------------------------------------------------------------

    @api.model
    def _reach(self, client, day, vals):
        """Enter the level that ``client`` reached on ``day``, and end the one before.

        :return: the entry, a new one or that which began the same day
        """
        language = self.new(vals).language_id._origin
        own = self.search([("client_id", "=", client.id), ("language_id", "=", language.id)])
        before = own._valid_on(day)
        if before.date_from == day:
            if before.source == "certificate":
                before._refuse_proof(
                    self.env._(
                        "a level is proven by a certificate from %s on already. Choose that entry "
                        "in the course, or correct it in the person.",
                        format_date(self.env, day),
                    )
                )
            before.write(vals)
            return before
        later = own.filtered(lambda entry: entry.date_from > day).sorted("date_from")[:1]
        if before:
            before.date_to = fields.Date.subtract(day, days=1)
        until = later and fields.Date.subtract(later.date_from, days=1)
        return self.create({**vals, "client_id": client.id, "date_from": day, "date_to": until})
