from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ...tools import local_today
from ..appointment.appointment_words import day_in_words
from ..organisation.language import FALLBACK_LANGUAGE

# All of these are worded in a language in which a notice is offered.
CODES = (
    *("office.title", "office.intro", "office.languages", "office.interpreter"),
    *("office.cancelled", "office.no_steps", "office.none", "office.questions", "office.as_of"),
)
WEEKS = 5


class IntegrationMunicipality(models.Model):
    """The notice of the office hours in a municipality, on paper and as a page for anybody.

    It names days, times, rooms, languages and the employer's number: no visitor and no worker.
    """

    _inherit = "integration.municipality"

    def action_office_page(self):
        """Open the page for anybody, to look at it and to pass its address on."""
        self.ensure_one()
        url = f"/integration/office-hours/{self.ags}"
        return {"type": "ir.actions.act_url", "target": "new", "url": url}

    def _office_sessions(self, domain=Domain.TRUE):
        """Return the sessions of the coming weeks that belong on the notice."""
        self.ensure_one()
        today = local_today(self.env)
        ahead = Domain("municipality_id", "=", self.id) & Domain("is_public", "=", True)
        ahead &= Domain("date", ">=", today) & Domain("date", "<", today + timedelta(weeks=WEEKS))
        return self.env["integration.office.session"].search(ahead & domain)

    @api.model
    def _office_languages(self):
        """Return the languages that have every wording of the notice, German first."""
        groups = self.env["integration.paper.text"]._read_group(
            [("code", "in", CODES)], ["language_id"], ["__count"]
        )
        languages = self.env["integration.language"].union(
            *(language for language, count in groups if count == len(CODES))
        )
        return languages.sorted(lambda row: (row.code != FALLBACK_LANGUAGE, row.sequence, row.id))

    @api.model
    def _office_language(self, code):
        """Return the language of the notice by its code, German for any other word."""
        languages = self._office_languages()
        return languages.filtered(lambda row: row.code == code)[:1] or languages[:1]

    def _office_notice(self, sessions, language):
        """Return what the notice says in one language, as plain values."""
        self.ensure_one()
        texts = self.env["integration.paper.text"]
        return {
            "municipality": self.name,
            "code": language.code,
            "direction": language.direction,
            "native_name": language.native_name or language.name,
            "text": texts._wordings(language),
            "reviewed": texts._is_reviewed(language, CODES),
            "as_of": local_today(self.env).strftime("%d.%m.%Y"),
            "sessions": [self._office_line(session, language.code) for session in sessions],
            "employers": self._office_employers(sessions.company_id),
        }

    @api.model
    def _office_line(self, session, code):
        day, figures = day_in_words(code, session.date), session.date.strftime("%d.%m.%Y")
        room = session.room_id
        return {
            "day": day,
            "figures": "" if figures in day else figures,
            "times": session._times(),
            "place": room._lines(),
            "no_steps": room.accessible,
            "languages": self._office_names(session.language_ids),
            "interpreters": self._office_names(session.interpreter_ids),
            "cancelled": session.state == "cancelled",
        }

    @api.model
    def _office_names(self, languages):
        """Return languages as those who speak them call them."""
        return ", ".join(row.native_name or row.name for row in languages)

    @api.model
    def _office_employers(self, companies):
        # sudo: res.company - name and number of office, as printed on every letter
        return [{"name": row.name, "phone": row.phone or ""} for row in companies.sudo()]
