"""Releases from confidentiality, what was passed on and by what right, and who must hear of a
withdrawal. Bodies and persons are invented."""

from datetime import timedelta
from random import Random

from odoo.fields import Command

from ...tools import EntryDay
from ..workdays import workday
from .signed_papers import signed_paper

# Recipient, kind, purpose, occasion, kinds of information, direction
RELEASES = (
    (
        "Jobcenter Musterkreis",
        "organisation",
        "Leistungen zum Lebensunterhalt",
        "Erstantrag",
        ("identity", "finance", "housing"),
        "mutual",
    ),
    (
        "Wohnbau Beispiel eG",
        "organisation",
        "Bewerbung um eine Wohnung",
        "Wohnungssuche",
        ("identity", "family", "finance"),
        "one_way",
    ),
    (
        "Praxis Dr. Muster",
        "person",
        "Anmeldung zur Vorsorge",
        "Schwangerschaft",
        ("identity", "health"),
        "one_way",
    ),
    (
        "Schuldnerberatung Beispielstadt",
        "organisation",
        "Klärung von Mahnungen",
        False,
        ("identity", "finance"),
        "mutual",
    ),
    (
        "Kindertagesstätten der Stadt",
        "category",
        "Suche nach einem Betreuungsplatz",
        False,
        ("identity", "family"),
        "one_way",
    ),
    (
        "Koordinierungsstelle Sprachkurse",
        "organisation",
        "Anmeldung zum Kurs",
        False,
        ("identity", "language"),
        "one_way",
    ),
)
# A member of the category named above
MEMBERS = {"Kindertagesstätten der Stadt": "Kita Seestern (Beispiel)"}
# Recipient, kinds, basis, means, reason
OTHER_BASES = (
    ("Familienkasse Musterstadt", ("identity", "family"), "present", "call", False),
    ("Bürgerbüro der Gemeinde", ("identity", "housing"), "present", "call", False),
    ("Krankenkasse Beispiel", ("identity",), "present", "letter", False),
    (
        "Rettungsleitstelle",
        ("identity", "health"),
        "emergency",
        "call",
        "Atemnot während des Hausbesuchs, Notarzt gerufen",
    ),
    (
        "Gesundheitsamt Musterkreis",
        ("identity", "housing"),
        "duty",
        "letter",
        "§ 9 Infektionsschutzgesetz, namentliche Meldung",
    ),
)
TOLD = (
    ("letter", "Schriftlich bestätigt"),
    ("call", "Sachbearbeitung hat es notiert"),
    ("none", "Vereinigung aufgelöst, keine Nachfolge"),
)
LATE = "Nachgetragen: das Schreiben lag noch in der Handakte"
CORRECTION = "Anruf kam nicht zustande, es wurde nichts mitgeteilt"


class Trust:
    """The paper trail of one family's main person."""

    def __init__(self, family):
        self.family, self.county = family, family.county
        self.main = family.members[0]
        # Of its own, so that the talks of the county stay as they are
        self.rng = Random(f"trust-{family.household.number}")

    def enter(self):
        """Write releases and disclosures made while the consent held."""
        if not self.main.consent or self.family.story.consent == "lapsed":
            return
        number, withdraws = self.family.household.number, self.family.story.consent == "withdrawn"
        if number % 3 == 0 or withdraws:
            self._write_release(RELEASES[number % len(RELEASES)], number // 3 % 5)
        if number % 4 == 0 or withdraws:
            self._write_release(RELEASES[(number + 1) % len(RELEASES)], 0)
        if number % 2 or withdraws:
            self._disclose(*OTHER_BASES[number // 2 % 3])
        if number % 21 in (4, 10):
            self._disclose(*OTHER_BASES[3 + (number % 21 == 10)])
        if number % 16 == 5:
            entry = self._disclose(*OTHER_BASES[1])
            self._disclose(
                entry.recipient_name,
                ("identity",),
                "correction",
                "call",
                CORRECTION,
                corrects_id=entry.id,
                date=entry.date,
            )
        late = self._end() - timedelta(days=20)
        if number % 9 == 7 and late >= self.main.consent:
            self._disclose(*OTHER_BASES[2][:-1], LATE, date=late, noted=None)

    def _end(self):
        """Return the last day on which something was passed on."""
        withdrawn = self.family.story.consent == "withdrawn" or self.family.story.turn == "closed"
        return self.family.turn - timedelta(days=1) if withdrawn else self.county.today

    def _day(self, earliest=None, latest=None):
        start, end = max(earliest or self.main.consent, self.main.consent), latest or self._end()
        start = min(start, end)
        return workday(start + (end - start) * self.rng.randint(2, 9) // 10, start, end)

    def _kinds(self, codes):
        ids = [self.county.code("information.kind", code) for code in codes]
        return [Command.set(ids)]

    def _write_release(self, template, turn):
        """Have a release signed; ``turn``: 2 it has run out, 3 withdrawn, 4 not signed yet."""
        name, kind, purpose, occasion, codes, direction = template
        signed = self._day(
            latest=self._end()
            - timedelta(
                days=min(
                    120 if turn in (2, 3) else 30,
                    max((self._end() - self.main.consent).days - 1, 0),
                )
            )
        )
        until = signed + timedelta(days=365)
        if turn == 2:
            until = min(signed + timedelta(days=60), self.county.day(3))
        if until < signed:
            return
        release = self.family.env["integration.release"].create(
            {
                "client_id": self.main.client.id,
                **self._recipient(name, kind),
                "purpose": purpose,
                "occasion": occasion,
                "kind_ids": self._kinds(codes),
                "special_agreed": "health" in codes,
                "direction": direction,
                "valid_from": signed,
                "valid_until": until,
                "date_signed": signed if turn != 4 else False,
                "attachment": turn != 4 and signed_paper(self.main.client.file_number, signed),
            }
        )
        if turn == 4:
            return
        told = self._day(signed, min(signed + timedelta(days=20), until, self._end()))
        self._disclose(
            MEMBERS.get(name, name),
            codes,
            "release",
            self.rng.choice(["letter", "referral"]),
            False,
            release_id=release.id,
            date=told,
            noted=min(2, (until - told).days),
        )
        if turn == 3:
            release.withdrawn_on = self._day(told + timedelta(days=1), self._end())

    def _disclose(self, name, codes, basis, means, reason, noted=2, **values):
        day = values.get("date") or self._day()
        register = self.family.env["integration.disclosure"]
        if noted is not None:  # else it is entered today
            entered = EntryDay.fromordinal((day + timedelta(days=noted)).toordinal())
            register = register.with_context(integration_entry_day=entered)
        return register.create(
            {
                "client_id": self.main.client.id,
                "basis": basis,
                "kind_ids": self._kinds(codes),
                "channel": means,
                "reason": reason,
                "date": day,
                **values,
                **self._recipient(name, "person" if name.startswith("Praxis") else "organisation"),
            }
        )

    def _recipient(self, name, kind):
        """Return a recipient from the directory, or in words if it is not listed."""
        listed = self.family.env["integration.service"].search([("name", "=", name)], limit=1)
        if listed:
            return {"service_id": listed.id}
        return {"recipient_name": name, "recipient_kind": kind}

    def renew(self):
        """Renew most consents with the newest notice; who has not come yet is due."""
        client = self.main.client
        since = self.county.notices.since(client.company_id.with_env(self.county.env))
        if client.consent_state != "given" or self.family.story.turn == "closed":
            return
        vals_list = []
        for member in self.family.members:
            overtaken = member.client.consent_renewal_due and member.consent < since
            if overtaken and self.rng.random() < 0.8:
                minor = member.client._is_minor()
                day = self._day(since, self.county.today)
                vals_list.append(
                    {
                        "client_id": member.client.id,
                        "decision": "renewed",
                        "form": "paper",
                        "date": day,
                        "guardian_id": minor and client.id,
                        "notice_id": self.county.notices.find(member.client, day),
                    }
                )
        self.family.env["integration.consent"].create(vals_list)

    def tell(self):
        """Tell some of those who must hear of a withdrawal; one is still open."""
        rows = self.family.env["integration.withdrawal.recipient"].search(
            [("client_id", "=", self.main.client.id)], order="id"
        )
        for row, (means, remark) in zip(rows[:-1], TOLD, strict=False):
            day = workday(
                row.date_withdrawn + timedelta(days=2), row.date_withdrawn, self.county.today
            )
            row.write({"means": means, "date_told": day, "remark": remark})
