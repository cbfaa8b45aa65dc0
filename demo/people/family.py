"""Entering a family: clients, household, consents, cases and what is known about them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from ..workdays import workday
from .histories import create_histories
from .households import ADULT_AGE, Person
from .origins import ORIGINS

# Numbers that the Federal Network Agency keeps free for fiction
PHONE = "+49 171 39200{:02d}"
ZIPS = {
    "Friedrichshafen": "88045",
    "Überlingen": "88662",
    "Markdorf": "88677",
    "Salem": "88682",
    "Meckenbeuren": "88074",
    "Uhldingen-Mühlhofen": "88690",
    "Oberteuringen": "88094",
    "Immenstaad am Bodensee": "88090",
    "Bermatingen": "88697",
    "Deggenhausertal": "88693",
    "Neukirch": "88099",
    "Frickingen": "88699",
    "Heiligenberg": "88633",
}
INTERPRETER = "Sprachmittlung des Landkreises"
# Of these nearly all adults need somebody in the first years
MOSTLY_INTERPRETED = ("ar", "ti", "uk")
REFUSED_IN_PART = 0.12
WITNESS = "Mitarbeiterin der Gemeinde"


@dataclass
class Member:
    """A person of the family with her client, and since when she may be named."""

    person: Person
    birthdate: date
    joined: date
    client: object = None
    consent: date | None = None
    case: object = None
    # What she agreed to beside the file
    purposes: set = field(default_factory=set)
    # Whether she was drawn as one who needs an interpreter
    drawn: bool = False

    def may_be_named(self, day):
        """Return whether there was a consent on ``day``."""
        return bool(self.consent) and self.consent <= day


class Family:
    """One household of the county while it is built."""

    def __init__(self, county, rng, household):
        self.county, self.rng, self.household = county, rng, household
        self.story = household.story
        # Of its own: what is refused in part moves nothing else of the county.
        self.trust_rng = Random(f"consent-{household.number}")
        self.origin = ORIGINS[household.country]
        self.start = workday(county.day(household.days), date.min, county.today)
        self.turn = workday(county.day(household.turn), self.start, county.today)
        self.env = county.env_of(household.worker)
        self.town = county.municipality(household.town)
        months = rng.randint(5, 9) if household.country == "ua" else rng.randint(12, 26)
        self.arrival = self.start - relativedelta(months=months)
        self.members = [self._member(person) for person in household.persons]

    def _member(self, person):
        age = relativedelta(years=person.age, days=self.rng.randint(20, 340))
        birthdate = self.county.today - age
        if person.soon:
            birthdate = self.county.today + timedelta(days=25) - relativedelta(years=ADULT_AGE)
        return Member(person, birthdate, max(self.start, birthdate + timedelta(days=7)))

    @property
    def has_children(self):
        """Return whether there is anybody for whom a school or a child benefit matters."""
        return any(member.person.age < ADULT_AGE for member in self.members)

    @property
    def cases(self):
        """Return the members with a case of their own, the family's main case first."""
        return [member for member in self.members if member.case]

    def work_as(self, login):
        """Let another worker go on with the family."""
        self.env = self.county.env_of(login)
        for member in self.members:
            member.client = member.client.with_env(self.env)
            member.case = member.case and member.case.with_env(self.env)

    def enter(self):
        """Create everything that is entered at the beginning."""
        self._create_clients()
        self._create_consents()
        self._describe()
        self._create_cases()
        create_histories(self)

    # ------------------------------------------------------------
    # Persons
    # ------------------------------------------------------------

    def _create_clients(self):
        numbered = self.env["integration.client"].with_context(ir_sequence_date=str(self.start))
        clients = numbered.create([self._client_vals(member) for member in self.members])
        for member, client in zip(self.members, clients, strict=True):
            member.client = client.with_env(self.env)
        if len(self.members) == 1:
            return
        households = self.env["integration.household"].with_context(
            ir_sequence_date=str(self.start)
        )
        household = households.create({})
        self.env["integration.household.member"].create(
            [
                {
                    "household_id": household.id,
                    "client_id": member.client.id,
                    "role": member.person.role,
                    "date_from": member.joined,
                }
                for member in self.members
            ]
        )

    def _client_vals(self, member):
        rng, household = self.rng, self.household
        main = member is self.members[0]
        adult = member.person.age >= ADULT_AGE
        languages = [self.county.code("language", code) for code in self.origin.languages]
        vals = {
            "name": member.person.name,
            "gender": member.person.gender,
            "birthdate": member.birthdate,
            "language_ids": [Command.set(languages[: rng.randint(1, len(languages))])],
            "interpreter_needed": self._needs_interpreter(member, adult and rng.random() < 0.4),
            "interpreter_language_id": languages[0],
            "street": f"Musterweg {household.number}",
            "zip": ZIPS[household.town],
            "city": household.town,
            "country_id": self.env.ref("base.de").id,
            "lang": "de_DE",
        }
        if not vals["interpreter_needed"]:
            del vals["interpreter_language_id"]
        elif member.person.gender == "female" and household.number % 3 == 0:
            vals["interpreter_gender"] = "female"
        if adult:
            vals["phone"] = PHONE.format((household.number + 64 * self.members.index(member)) % 100)
        if main and household.number % 4 == 0:
            vals["email"] = f"familie{household.number}@example.org"
        return vals

    def _needs_interpreter(self, member, drawn):
        """Return whether somebody needs an interpreter: who was drawn, or all adults of some."""
        member.drawn = drawn
        adult = member.person.age >= ADULT_AGE
        return drawn or (adult and self.origin.languages[0] in MOSTLY_INTERPRETED)

    # ------------------------------------------------------------
    # Consents
    # ------------------------------------------------------------

    def _create_consents(self):
        """Record the decisions of the beginning; what came of them later follows at the end."""
        kind = self.story.consent
        if kind in ("none", "refused"):
            return  # A refusal comes after some visits, see the course
        asked = workday(
            self.start + timedelta(days=self.rng.choice([0, 0, 0, 2, 5, 8])),
            self.start,
            self.county.today,
        )
        vals_list = []
        for member in self.members:
            refused = member.person.refuses
            day = workday(max(asked, member.joined), member.joined, self.county.today)
            if refused:
                vals_list.append({"decision": "refused", "date": day, "form": "paper"})
            else:
                vals_list += self._given(member, day)
                member.consent = None if kind == "lapsed" else day
            for vals in vals_list:
                vals.setdefault("client_id", member.client.id)
                if vals["decision"] != "refused":
                    vals.setdefault(
                        "notice_id", self.county.notices.find(member.client, vals["date"])
                    )
        self.env["integration.consent"].create(vals_list)

    def _given(self, member, day):
        """Return the events of a consent: on paper at once, or first orally with a witness."""
        rng, kind = self.rng, self.story.consent
        minor = relativedelta(day, member.birthdate).years < ADULT_AGE
        common = {
            "guardian_id": self.members[0].client.id if minor else False,
            "interpreter": INTERPRETER if rng.random() < 0.3 else False,
        }
        oral = dict(common, decision="given", date=day, form="oral", witness=WITNESS)
        if kind in ("oral", "lapsed"):
            return [oral]
        later = day + timedelta(days=rng.randint(5, 12))
        if later < self.county.today and rng.random() < 0.08:
            signed = workday(later, day, self.county.today)
            events = [oral, dict(common, decision="renewed", date=signed, form="paper")]
            return events + self._further_purposes(member, minor, common, signed)
        events = [dict(common, decision="given", date=day, form="paper")]
        for purpose, share in (("messenger", 0.35), ("team", 0.25)):
            if not minor and rng.random() < share:
                events.append(dict(common, decision="given", date=day, purpose=purpose))
                member.purposes.add(purpose)
            elif not minor and self.trust_rng.random() < REFUSED_IN_PART:
                events.append(dict(common, decision="refused", date=day, purpose=purpose))
        return events + self._further_purposes(member, minor, common, day)

    def _further_purposes(self, member, minor, common, day):
        """Return the events for health data and transfer; parents decide for their children."""
        rng, parent = self.trust_rng, self.members[0]
        matters = "health" in self.household.themes or self.household.number % 5
        agreed = "health" in parent.purposes if minor else matters
        events = []
        if agreed:
            events.append(dict(common, decision="given", date=day, purpose="health"))
            member.purposes.add("health")
        elif not minor and rng.random() < 0.5:
            events.append(dict(common, decision="refused", date=day, purpose="health"))
        if self.household.detail == "handed_over":
            events.append(dict(common, decision="given", date=self.turn, purpose="transfer"))
        elif self.story.turn == "handover" or self.household.number % 3:
            events.append(dict(common, decision="given", date=day, purpose="transfer"))
        return events

    def _describe(self):
        """Enter what is more than the card, of those who consented to a file."""
        nationality = self.env.ref(f"base.{self.household.country}")
        moved = min(self.arrival + relativedelta(months=3), self.start)
        for member in self.members:
            if member.consent:
                member.client.write(
                    {
                        "nationality_ids": [Command.set(nationality.ids)],
                        "date_arrival_country": max(self.arrival, member.birthdate),
                        "date_arrival_county": max(moved, member.birthdate),
                    }
                )

    # ------------------------------------------------------------
    # Cases
    # ------------------------------------------------------------

    def _create_cases(self):
        carriers = [
            member
            for member in self.members
            if member.person.own_case and (member is self.members[0] or member.consent)
        ]
        cases = self.env["integration.case"].create(
            [
                {
                    "client_id": member.client.id,
                    "municipality_id": self.town,
                    "date_start": max(self.start, member.joined),
                }
                for member in carriers
            ]
        )
        for member, case in zip(carriers, cases, strict=True):
            member.case = case
        others = [member.client.id for member in self.members if not member.case]
        cases[0]._accompany(self.env["integration.client"].browse(others))
