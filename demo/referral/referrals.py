"""Referrals out of talks, with what became of them, and the reasons the standard asks for."""

from datetime import timedelta

from odoo.fields import Command

from ...tools import EntryDay
from ..workdays import workday

# Topic -> code of the entry of the directory; every time, or every so many talks
ASKED = {
    "family_reunification": "migrationsberatung",
    "legal_question": "rechtsberatung",
    "course_registration": "sprachkurse",
    "application_documents": "bewerbungswerkstatt",
}
OFFERED = {
    "debts": ("schuldnerberatung", 2),
    "recognition": ("anerkennung", 2),
    "volunteers": ("helferkreis", 3),
    "club": ("turnverein", 4),
    "career_choice": ("jmd", 3),
    "job_search": ("jobcenter", 4),
    "form_help": ("buergerbuero", 9),
}
ACCOMPANYING = (
    "Erster Termin bei der Behörde, große Unsicherheit",
    "Hochschwanger und ohne Begleitung aus der Familie",
    "Kann die Schilder im Amt noch nicht lesen",
    "Schwieriges Gespräch, Sprachmittlung kurzfristig abgesagt",
)
RESULTS = {
    "done": (
        "Termin wahrgenommen, Beratung läuft",
        "Anmeldung ist bestätigt",
        "Unterlagen gemeinsam erstellt",
        False,
    ),
    "accepted": ("Platz auf der Warteliste", False),
    "not_taken_up": ("Möchte es erst selbst versuchen", "Termin vergessen, neuer gewünscht"),
    "refused": ("Zurzeit keine Kapazität", "Nicht zuständig, an andere Stelle verwiesen"),
}
# Weights of what became of those whose feedback is due
OUTCOMES = ("done",) * 12 + ("accepted",) * 3 + ("not_taken_up",) * 3 + ("refused",)


class ReferralWriter:
    """Adds to the talks of one member what the guard rails ask for."""

    def __init__(self, family, member):
        self.family, self.member, self.county = family, member, family.county
        self._referred = set()
        self._asked = 0

    def complete(self, vals, topics, channel):
        """Add referrals and reason to ``vals`` of a talk about ``topics``."""
        commands = []
        for topic in topics:
            code = self._where(topic)
            if code and code not in self._referred:
                self._referred.add(code)
                commands.append(
                    Command.create(
                        {
                            "case_id": vals["case_id"],
                            "client_id": self.member.client.id,
                            "service_id": self.county.code("service", code),
                            "topic_id": self.county.code("topic", topic),
                            "date": vals["date"],
                            "feedback_from": "body" if topic == "course_registration" else "client",
                        }
                    )
                )
        if commands:
            vals["referral_ids"] = commands
        if channel == "accompanying" or "accompanying" in topics:
            vals["rail_reason"] = ACCOMPANYING[vals["date"].toordinal() % len(ACCOMPANYING)]

    def _where(self, topic):
        if topic in ASKED:
            return ASKED[topic]
        if topic in OFFERED:
            self._asked += 1
            code, every = OFFERED[topic]
            return code if self._asked % every == 0 else None
        return None


def settle(family):
    """Say what became of the referrals of a family, and pass on what was passed on."""
    county, env = family.county, family.env
    clients = [member.client.id for member in family.members]
    referrals = env["integration.referral"].search([("client_id", "in", clients)], order="date, id")
    end = _last_day(family)
    for number, referral in enumerate(referrals):
        turn = family.household.number + number
        asked = referral.date >= min(referral.client_id.consent_ids.mapped("date"))
        if referral.service_id.code == "sprachkurse" and turn % 3 and asked:
            entered = EntryDay.fromordinal(referral.date.toordinal())
            referral.with_context(integration_entry_day=entered).write(
                {
                    "basis": "present",
                    "kind_ids": [
                        Command.set(
                            [
                                county.code("information.kind", code)
                                for code in ("identity", "language")
                            ]
                        )
                    ],
                }
            )
        told = workday(referral.date + timedelta(days=9 + turn % 16), referral.date, county.today)
        if told > end or told >= county.today - timedelta(days=6):
            continue
        if turn % 11 == 5:  # nobody has asked yet
            continue
        state = OUTCOMES[turn * 7 % len(OUTCOMES)]
        words = RESULTS[state]
        referral._as_system().write(
            {"state": state, "date_told": told, "result": words[turn % len(words)]}
        )


def _last_day(family):
    withdrawn = family.story.consent == "withdrawn" or family.story.turn == "closed"
    return family.turn - timedelta(days=1) if withdrawn else family.county.today
