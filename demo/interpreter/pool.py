"""Who interprets for the employers of the demo, and what stands in their contacts."""

from random import Random

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

# name, languages, sex, age, qualification, days since the pledge (none: not signed yet),
# when, by telephone, rate, unit
PERSONS = {
    "friedrichshafen": (
        ("Noor Musterfrau", "ar", "female", 44, "sworn", 1400, "Mo–Do früh", True, 65, "hour"),
        ("Karim Beispiel", "ar kmr", "male", 37, "trained", 1100, "auf Anfrage", True, 45, "hour"),
        ("Halyna Vorlage", "uk ru", "female", 52, "trained", 1000, "Di und Do", True, 45, "hour"),
        ("Shirin Probe", "prs fa", "female", 31, "trained", 900, "abends", True, 45, "hour"),
        ("Deniz Muster", "tr kmr", "male", 29, "volunteer", 800, "Mi ganztags", False, 15, "each"),
        ("Hodan Entwurf", "so", "female", 26, "none", None, "demnächst", False, 15, "each"),
    ),
    "ueberlingen": (
        ("Rana Musterfrau", "ar", "female", 39, "trained", 1200, "Mo und Mi", True, 42, "hour"),
        ("Oleh Beispiel", "uk ru", "male", 46, "volunteer", 950, "nachmittags", False, 12, "each"),
        ("Farhad Probe", "prs ps fa", "male", 34, "trained", 1000, "flexibel", True, 42, "hour"),
    ),
    "linzgau": (
        ("Samir Muster", "ar", "male", 50, "trained", 1300, "Di–Fr", True, 40, "hour"),
        ("Iryna Vorlage", "uk ru", "female", 41, "trained", 1000, "vormittags", True, 40, "hour"),
    ),
}  # fmt: skip
UNITS = {"each": "assignment"}
# Who has left, how many days ago: since then nobody speaks Arabic there
LEFT = {"Samir Muster": 125}
# By telephone at once; Tigrinya is what nobody has
AGENCY = ("Sprachtelefon Beispiel", "so ps prs fa kmr fr tr ka ur es", 1500, 0.95)
INTERPRETED, MISSING_TOLD = 0.6, 0.5


class Pool:
    """The interpreters of each employer, and the last ones who were asked for somebody."""

    def __init__(self, county):
        self.county = county
        self._of = {}
        for key, persons in PERSONS.items():
            rows = [self._person_vals(row) for row in persons] + [self._agency_vals()]
            company = county.companies[key]
            interpreters = county.env["integration.interpreter"].create(
                [dict(vals, company_id=company.id) for vals in rows]
            )
            self._of[company.id] = interpreters.filtered("pledge_date")

    def _languages(self, codes):
        return [Command.set([self.county.code("language", code) for code in codes.split()])]

    def _person_vals(self, row):
        name, codes, gender, age, qualification, pledged, when, phone, rate, unit = row
        return {
            "name": name,
            "language_ids": self._languages(codes),
            "gender": gender,
            "birthdate": self.county.today - relativedelta(years=age, days=len(name) * 9),
            "qualification": qualification,
            "pledge_date": self.county.day(pledged) if pledged else False,
            "availability": when,
            "by_phone": phone,
            "rate": rate,
            "rate_unit": UNITS.get(unit, unit),
        }

    def _agency_vals(self):
        name, codes, pledged, rate = AGENCY
        return {
            "name": name,
            "kind": "service",
            "language_ids": self._languages(codes),
            "qualification": "trained",
            "pledge_date": self.county.day(pledged),
            "availability": "Täglich 7–21 Uhr, ohne Anmeldung",
            "by_phone": True,
            "phone": "+49 30 23125001",
            "rate": rate,
            "rate_unit": "minute",
        }

    def part(self):
        """Archive who has left, once everything is written that was interpreted before."""
        for interpreters in self._of.values():
            interpreters.filtered(lambda one: one.name in LEFT).action_archive()

    def _able(self, client, language, day):
        """Return who of the client's employer interpreted ``language`` on ``day``."""
        return self._of[client.company_id.id].filtered(
            lambda one: (
                language in one.language_ids
                and (one.name not in LEFT or day < self.county.day(LEFT[one.name]))
            )
        )

    def in_contact(self, client, contact):
        """Return the values of who interpreted in ``contact`` for ``client``, or why nobody did.

        :param contact: the values of a talk that is to be created
        """
        language = client.interpreter_language_id
        if not client.interpreter_needed or not language:
            return {"interpreter_used": False}
        # Of its own: it moves nothing else of the county.
        rng = Random(f"interpreter-{client.file_number}-{contact['date']}")
        able = self._able(client, language, contact["date"])
        if able and rng.random() < INTERPRETED:
            # Mostly the same one: trust grows with the person.
            chosen = able.sorted("id")[:1] if rng.random() < 0.8 else rng.choice(able)
            row = {
                "interpreter_id": chosen.id,
                "language_id": language.id,
                "minutes": contact["duration"],
            }
            return {"interpreting_ids": [Command.create(row)]}
        if able and rng.random() < 0.5:
            return {"no_interpreter_reason": "declined"}
        told = rng.random() < MISSING_TOLD
        return {"no_interpreter_reason": "missing" if told else False}
