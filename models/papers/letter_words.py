import base64
import json

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.image import image_process

from ...tools import local_today
from ..organisation.language import FALLBACK_LANGUAGE
from ..signing.agreement_words import digest, frozen, german_day
from .placeholders import among_right_to_left, day_in_words, filled, written_name

# What stands on every letter, in the language of the office: no translation of the screens, for
# a letter is the same whatever language its writer has chosen.
LABELS = {
    "reference": "Unser Zeichen:",
    "worker": "Es schreibt:",
    "phone": "Telefon:",
    "email": "E-Mail:",
    "date": "Datum:",
    "draft": "Entwurf – nicht abgeschickt",
    "plain": "In einfacher Sprache",
}


class IntegrationLetter(models.Model):
    """What a letter says: filled in from the file, then put together as plain values and frozen.

    The letter head stands among them. So nothing that changes later – template, name, employer,
    directory – reaches what was printed.
    """

    _inherit = "integration.letter"

    # ------------------------------------------------------------
    # From a template
    # ------------------------------------------------------------

    @api.model
    def _vals_from(self, template, case, client, language, recipient=None, appointment=None):
        """Return the values of a letter by ``template``, with what the file says filled in.

        :param language: of the words below, see ``line_ids`` of the template
        :param dict recipient: if it goes to somebody else: service or words
        :param dict appointment: day, time and place, where the template names them
        """
        to_other = template.addressed_to == "other"
        vals = {
            "template_id": template.id,
            "case_id": case.id,
            "client_id": client.id,
            "addressed_to": template.addressed_to,
            "kind_ids": [Command.set(template.kind_ids.ids if to_other else [])],
            **(recipient or {} if to_other else {}),
        }
        draft = self.new(vals)
        if draft.service_id:
            vals.update(self._directory_vals(draft.service_id._origin))
            vals["addressee"] = self._service_address(draft.service_id)
        else:
            named = vals.get("recipient_name") or ""
            vals["addressee"] = named if to_other else draft._client_address()
        values = draft._placeholder_values(appointment or {}, vals.get("recipient_name"))
        vals["subject"] = filled(template.subject, values)
        vals["body"] = filled(template.body, values)
        line = template.line_ids.filtered(lambda row: row.language_id == language)
        if line:
            day = (appointment or {}).get("day")
            words = {**values, "date": day_in_words(local_today(self.env), language.code)}
            words["next_appointment_date"] = day_in_words(day, language.code)
            if language.direction == "rtl":
                words = {name: among_right_to_left(value) for name, value in words.items()}
            vals["language_id"] = language.id
            vals["line_text"] = filled(line.text, words)
            vals["line_reviewed"] = line.reviewed
        return vals

    def _placeholder_values(self, appointment, recipient):
        """Return {placeholder: words}; what is not known is left out, and stays open."""
        self.ensure_one()
        client, case, author = self.client_id, self.case_id, self.env.user
        employer = self._employer_words(case.company_id)
        # Whom a protected address is kept from is not for a template to decide (§ 51 BMG).
        hidden = self.addressed_to == "other" and client.protected_address
        return {
            "file_number": client.file_number,
            "client_name": written_name(client.name),
            "client_birthdate": german_day(client.birthdate),
            "address": "" if hidden else ", ".join(self._address_lines(client)),
            "date": german_day(local_today(self.env)),
            "worker": author.name,
            "worker_phone": author.phone or employer["phone"],
            "worker_email": author.email,
            "employer": employer["name"],
            "employer_address": ", ".join(employer["address"]),
            "employer_phone": employer["phone"],
            "municipality": case.municipality_id.name,
            "case_start": german_day(case.date_start),
            "recipient": recipient,
            "next_appointment_date": german_day(appointment.get("day")),
            "next_appointment_time": appointment.get("time"),
            "next_appointment_place": appointment.get("place"),
        }

    @api.model
    def _address_lines(self, place):
        """Return street and town of a client, an entry of the directory or an employer."""
        town = " ".join(filter(None, (place.zip, place.city)))
        street2 = place.street2 if "street2" in place._fields else False
        return [line for line in (place.street, street2, town) if line]

    @api.model
    def _service_address(self, service):
        return "\n".join([service.name, *self._address_lines(service)])

    def _client_address(self):
        return "\n".join([written_name(self.client_id.name), *self._address_lines(self.client_id)])

    @api.model
    def _employer_words(self, company):
        """Return the letter head of the employer as plain values."""
        # sudo: res.company - its public address and logo, as they stand on every paper
        company = company.sudo()
        return {
            "name": company.name,
            "address": self._address_lines(company),
            "phone": company.phone or "",
            "email": company.email or "",
            "website": company.website or "",
        }

    @api.model
    def _logo(self, company):
        """Return the employer's logo, as large as it is printed, as text."""
        # sudo: res.company - see _employer_words()
        company = company.sudo()
        if not company.logo or company.uses_default_logo:
            return ""
        small = image_process(base64.b64decode(company.logo), size=(560, 240))
        return base64.b64encode(small).decode()

    # ------------------------------------------------------------
    # Frozen
    # ------------------------------------------------------------

    def _words_now(self):
        """Return what the letter says, as plain values: the page is drawn from them alone."""
        self.ensure_one()
        author = self.author_id
        return {
            "labels": LABELS,
            "employer": {
                **self._employer_words(self.company_id),
                "logo": self._logo(self.company_id),
            },
            "addressee": [line for line in (self.addressee or "").splitlines() if line.strip()],
            "file_number": self.client_id.file_number,
            "date": german_day(self.date),
            "worker": author.name,
            "worker_phone": author.phone or "",
            "worker_email": author.email or "",
            "subject": self.subject,
            "body": self.body,
            "line": self._line_words(),
        }

    def _line_words(self):
        """Return the words below the German text, and how they are written; none without words."""
        text, language = self.line_text, self.language_id
        if not text:
            return None
        texts = self.env["integration.paper.text"]
        plain = not language or language.code == FALLBACK_LANGUAGE
        return {
            "text": text,
            "code": FALLBACK_LANGUAGE if plain else language.code,
            "name": LABELS["plain"] if plain else language.native_name or language.name,
            "direction": "ltr" if plain else language.direction,
            # A draft in the words of its own language
            "draft": "" if self.line_reviewed else texts._wordings(language).get("draft", ""),
        }

    def _frozen_words(self):
        """Return the words of a finished letter, checked against their hash.

        :raises UserError: they are not those that were frozen
        """
        self.ensure_one()
        if digest(self.words) != self.words_hash:
            raise UserError(
                self._about_file(
                    self.env._(
                        "the stored words are not those of the letter that left: their SHA-256 "
                        "differs. Do not use them, and tell data protection; they may be restored "
                        "from a backup."
                    )
                )
            )
        return json.loads(self.words)

    def _freezing_vals(self):
        """Return what freezes the letter as it reads now."""
        words = frozen(self._words_now())
        return {"words": words, "words_hash": digest(words)}
