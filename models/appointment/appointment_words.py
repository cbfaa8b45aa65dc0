from babel import UnknownLocaleError
from babel.dates import format_date as babel_date

from odoo import api, fields, models

from ..consent.gate import Ask
from ..organisation.language import FALLBACK_LANGUAGE

# Where the language has another name in the tables of dates
LOCALES = {"prs": "fa_AF", "kmr": "ku"}
# The tables put the year first, as nobody says it
SPOKEN = {"kmr": "EEEE, d MMMM y", "ckb": "EEEE, d MMMM y", "am": "EEEE, d MMMM y"}


def day_in_words(code, day):
    """Return ``day`` with its weekday, written out in a language; in figures if unknown.

    The figures stand beside it on every paper: in Tigrinya and Amharic the names of months may
    be taken for those of another calendar.

    :param code: of ``integration.language``
    """
    try:
        return babel_date(day, SPOKEN.get(code, "full"), locale=LOCALES.get(code, code))
    except (UnknownLocaleError, ValueError):
        return day.strftime("%d.%m.%Y")


class IntegrationAppointment(models.Model):
    """What a client is told of an appointment, in her language: on the slip, and in a message."""

    _inherit = "integration.appointment"

    reminder = fields.Text(
        compute="_compute_reminder",
        string="Message in the Client's Language",
        help="To be copied. It says neither name nor file number, and not what to bring.",
    )
    reminder_refusal = fields.Text(compute="_compute_reminder", string="Why Not by Message")

    @api.depends("client_ids", "date", "time", "place_kind", "place", "user_id", "state")
    @api.depends_context("uid")
    def _compute_reminder(self):
        """Word a short message, if it may be sent: its operator learns that there is a contact.

        Nothing is sent from here, and no address is opened that would carry the words along.
        E-mail is no purpose that anybody is asked for, so there is none.
        """
        for appointment in self:
            client = appointment._addressee()
            appointment.reminder = appointment.reminder_refusal = False
            if not client or not appointment.date or appointment.state != "planned":
                continue
            appointment.reminder_refusal = appointment._message_refusal(client)
            if not appointment.reminder_refusal:
                appointment.reminder = appointment._message(appointment._language(client))

    def _message_refusal(self, client):
        """Return why ``client`` is sent no message, or nothing."""
        lacking = client._consents_missing({Ask(client, p) for p in ("file", "messenger")})
        if not lacking:
            return False
        if Ask(client, "file") in lacking:
            return client._consent_refusal("file")
        # Not the words of a contact: there is no channel to be chosen here
        return self.env._(
            "File %s: there is no consent to contact by messenger. It can be recorded with the "
            "button “Consent” of the case.",
            # sudo: integration.client - the number alone
            client.sudo().file_number,
        )

    def _addressee(self):
        """Return whom to write to: the client of the case, unless only others come."""
        own, coming = self.case_id.client_id, self.client_ids
        return (own if own in coming or not coming else coming[:1])._origin

    @api.model
    def _language(self, client):
        """Return the first language of ``client`` with wordings for appointments, else German."""
        texts = self.env["integration.paper.text"]
        spoken = client.language_ids & texts._languages("appointment.")
        german = self.env["integration.language"].search([("code", "=", FALLBACK_LANGUAGE)])
        return spoken[:1] or german[:1]

    def _message(self, language):
        """Return the message in one language, signed with the worker's name."""
        told = self._told_in(language)
        texts = told["text"]
        day = (
            told["day"] if told["figures"] in told["day"] else f"{told['day']} ({told['figures']})"
        )
        lines = [
            texts.get("appointment.remind"),
            day,
            told["time"] or texts.get("appointment.time_open"),
            ", ".join(told["place"]),
            texts.get("appointment.cannot"),
            ", ".join(filter(None, self._worker_lines())),
        ]
        return "\n".join(filter(None, lines))

    def _told_in(self, language):
        """Return what the client is told, by its parts, in one language.

        :returns: day in words, figures, time, place by lines, what to bring by lines
        """
        self.ensure_one()
        texts = self.env["integration.paper.text"]._wordings(language)
        place = [texts.get(f"appointment.place.{self.place_kind}"), *self._address()]
        bring = [texts.get(f"bring.{item.code}") or item.name for item in self.bring_ids]
        return {
            "day": day_in_words(language.code, self.date),
            "figures": self.date.strftime("%d.%m.%Y"),
            "time": self._clock() if self.time else "",
            "place": [line for line in place if line],
            "bring": [line for line in (*bring, self.bring) if line],
            "text": texts,
        }

    def _for_the_client(self):
        """Return title and place for a calendar of the client's own, in German."""
        german = self._told_in(self._language(self.env["integration.client"]))
        return f"Termin: {self.company_id.name}", ", ".join(german["place"])

    def _address(self):
        """Return where to go, by lines: what was typed, else the address of the office."""
        if self.place or self.place_kind != "office":
            return [self.place]
        # sudo: res.partner - the address of the employer is no secret
        office = self.company_id.sudo().partner_id
        return [office.street, " ".join(filter(None, [office.zip, office.city]))]

    def _worker_lines(self):
        """Return by whom the client is met, and the number to call."""
        # sudo: res.users, res.company - name and number of office, as printed on every letter
        appointment = self.sudo()
        worker, company = appointment.user_id, appointment.company_id
        return [worker.name, worker.partner_id.phone or company.phone]
