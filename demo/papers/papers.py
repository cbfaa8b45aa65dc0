"""Papers that were seen, some copies with their reason and their end, and a few letters."""

from datetime import timedelta

from ...tools import without_defaults
from ..consent.signed_papers import signed_paper
from ..people.households import ADULT_AGE
from ..workdays import workday

# Of so many cases one each has these: code, what the copy is for, days it is kept from today
COPIES = (
    ("tenancy", "Antrag auf Wohngeld", 120),
    ("decision", "Widerspruchsfrist gemeinsam im Blick behalten", 21),
    ("payslip", "Nachweis für den Kinderzuschlag", 45),
)
EVERY = 5
# Letters, by turn: template, days ago, what they are about
LETTERS = (
    ("certificate", 40, ""),
    ("client_free", 12, "die Unterlagen für den Kursplatz sind vollständig. Vielen Dank!"),
    ("client_free", None, "bitte bringen Sie zum nächsten Gespräch den Brief der Schule mit."),
)
LETTER_EVERY = 7


def enter_papers(county):
    """Enter papers and letters into the open cases whose clients agree."""
    companies = [company.id for company in county.companies.values()]
    cases = county.env["integration.case"].search(
        [("company_id", "in", companies), ("state", "=", "open"), ("consent_state", "=", "given")],
        order="id",
    )
    for turn, case in enumerate(cases):
        mine = case.with_user(case.user_id).with_context(allowed_company_ids=case.company_id.ids)
        writer = PaperWriter(county, without_defaults(mine), turn)
        writer.see()
        if turn % EVERY == 2:
            writer.keep_copy(*COPIES[turn // EVERY % len(COPIES)])
        if turn % LETTER_EVERY == 4:
            writer.write_letter(*LETTERS[turn // LETTER_EVERY % len(LETTERS)])


class PaperWriter:
    """Enters what the worker of one case saw and wrote."""

    def __init__(self, county, case, turn):
        self.county, self.case, self.turn = county, case, turn
        self.client = case.client_id
        given = self.client.consent_ids.filtered(lambda event: event.purpose == "file")
        self.since = max([case.date_start, *given.mapped("date")])

    def _day(self, gap):
        return workday(self.since + timedelta(days=gap), self.since, self.county.today)

    def _enter(self, code, day, **values):
        self.case.env["integration.document"].create(
            {
                "case_id": self.case.id,
                "kind_id": self.county.env.ref(f"integration_management.document_kind_{code}").id,
                "date_seen": day,
                **values,
            }
        )

    def see(self):
        """Note what is seen at the beginning: who somebody is, and by what right she is here."""
        self._enter("passport", self._day(3))
        if not self.client.birthdate or self.client.age >= ADULT_AGE:
            self._enter("residence_permit", self._day(3))
        if self.turn % 2:
            self._enter("insurance_card", self._day(10))

    def keep_copy(self, code, purpose, days):
        """Keep a copy for as long as it is needed."""
        self._enter(
            code,
            self._day(20),
            file=signed_paper(self.case.file_number, self._day(20)),
            purpose=purpose,
            date_delete=self.county.today + timedelta(days=days + self.turn % 7),
        )

    def write_letter(self, code, days_ago, matter):
        """Write a letter to the client; without a day it still is a draft."""
        letters = self.case.env["integration.letter"]
        template = self.county.env.ref(f"integration_management.letter_template_{code}")
        template = template.with_env(self.case.env)
        line = template._line_for(self.client.language_ids)
        vals = letters._vals_from(template, self.case, self.client, line.language_id)
        vals["body"] = vals["body"].replace("{matter}", matter)
        letter = letters.create(vals)
        if days_ago is not None:
            day = max(self.since, self.county.day(days_ago))
            system = letter._as_system()
            system.date = day
            system.write({"state": "finished", **letter._freezing_vals()})
