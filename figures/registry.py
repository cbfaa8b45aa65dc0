"""Everything that can be counted: one declaration per rule, from which all others read.

A new indicator takes a rule here, its definition in data/figures/integration.indicator.csv
and, unless a source of sources.py has its rows already, a query there. Engine, facts, labels,
outputs, the lists behind numbers and the causes of differences follow from the declaration.
"""

from dataclasses import dataclass

from . import arrivals, group_offers, labelled, network, office, sources
from .sources import Source
from .traits import change, reading, words
from .traits.reading import Trait


@dataclass(frozen=True)
class Unit:
    """What a figure is a number of.

    :ivar key: stored with indicators and submitted lines, so never renamed
    :ivar model: what is listed behind a number
    :ivar modes: views of that list
    :ivar recorded: whether each one counted is a record of the model; persons and families
        are worked out from who was present in talks
    """

    key: str
    label: str
    model: str
    modes: str = "list,form"
    recorded: bool = True

    @property
    def table(self) -> str:
        """Name of the model's table."""
        return self.model.replace(".", "_")


@dataclass(frozen=True)
class Items:
    """The records by which a rule is listed, a row for each.

    :ivar current: domain of those that belong on the list today, even with nothing but zeros
    :ivar many: whether only those are listed that came up, and never across a table
    :ivar group: field whose records the rows stand below, in the order of its sequence
    """

    model: str
    current: tuple = ()
    many: bool = False
    group: str = ""


@dataclass(frozen=True)
class Rule:
    """One figure that can be counted.

    :ivar key: stored with indicators and submitted lines, so never renamed
    :ivar label: what the rule is called among the indicators
    :ivar source: rows that are counted; none for traits, which protection/local.py counts
    :ivar facts: source of the ids behind the numbers, if that is another one
    :ivar items: what the rule is listed by, if it is no single number
    :ivar trait: what persons are listed by, in local monitoring
    :ivar adds_to: key of the rule that is the sum of this one's items
    :ivar large: whether it stands at the top in large print
    :ivar content: whether it tells what talks were about, which is confidential
    :ivar answer: whether it tells what somebody answered to an offer, which only numbers about
        enough arrivals may do
    :ivar by_responsible: whether it belongs to the worker responsible for the case that day
    :ivar lasts: whether it counts what holds on the last day, not what happened
    """

    key: str
    label: str
    unit: Unit
    source: Source | None = None
    facts: Source | None = None
    items: Items | None = None
    trait: Trait | None = None
    adds_to: str = ""
    large: bool = False
    content: bool = False
    answer: bool = False
    by_responsible: bool = False
    lasts: bool = False

    @property
    def is_list(self) -> bool:
        """Whether there is a row per channel, area, topic or category, not a single number."""
        return bool(self.items or self.trait)


TALK = Unit("talk", "Talks", "integration.contact", "list,kanban,form")
PERSON = Unit("person", "Persons", "integration.client", recorded=False)
FAMILY = Unit("family", "Families", "integration.client", recorded=False)
PLAN = Unit("plan", "Integration plans", "integration.plan")
CASE = Unit("case", "Cases", "integration.case", "list,kanban,form")
ARRIVAL = Unit("arrival", "Arrivals", "integration.arrival", "list,form")
SESSION = Unit("office", "Office hours", "integration.office.session", "list,form")
VISITOR = Unit("visitor", "Visitors", "integration.office.visitor", "list,form")
MEETING = Unit("meeting", "Network meetings", "integration.meeting")
ATTENDANCE = Unit("attendance", "Attendances at network meetings", "integration.meeting.attendance")
NETWORK_CONTACT = Unit("network_contact", "Network contacts", "integration.network.contact")
GROUP_DATE = Unit("group_date", "Dates of group offers", "integration.group.offer.date")
# Heads that were counted on a date: what is listed is the date
PARTICIPANT = Unit("participant", "Participants of group offers", "integration.group.offer.date")
UNITS = (
    *(TALK, PERSON, FAMILY, PLAN, CASE, ARRIVAL, SESSION, VISITOR),
    *(MEETING, ATTENDANCE, NETWORK_CONTACT, GROUP_DATE, PARTICIPANT),
)

TALKS = Source(sources.talks, alone=True)
PRESENT = Source(sources.present, once=True, alone=True, of_talks=True, idents=sources.PRESENT)
PRESENCES = Source(sources.presences)
EVENTS = Source(sources.events)
ARRIVALS = Source(arrivals.arrivals)
OFFICE = Source(office.office)
NETWORK = Source(network.network)
GROUP_OFFERS = Source(group_offers.group_offers)

RULES = {
    rule.key: rule
    for rule in (
        Rule("talk", "Talks", TALK, TALKS, large=True),
        Rule("talk_unnamed", "Talks without a known person", TALK, TALKS),
        Rule(
            "person", "Persons counselled", PERSON, PRESENT, PRESENCES, large=True,
        ),
        Rule(
            "family", "Families counselled", FAMILY, PRESENT, PRESENCES, large=True,
        ),
        Rule(
            "family_single", "Persons without household counselled", FAMILY, PRESENT, PRESENCES,
        ),
        Rule("plan_new", "Plans agreed for the first time", PLAN, EVENTS),
        Rule(
            "plan_continued", "Plans reviewed or agreed anew", PLAN,
            Source(
                sources.plans_continued, once=True, by_span=True, by_worker=True,
                idents=sources.CONTINUED,
            ),
        ),
        Rule(
            "plan_active", "Plans active on the last day", PLAN,
            Source(sources.plans_active, once=True, by_span=True),
            large=True, by_responsible=True, lasts=True,
        ),
        Rule("case_opened", "Cases opened", CASE, EVENTS, large=True, by_responsible=True),
        Rule("case_closed", "Cases closed", CASE, EVENTS, by_responsible=True),
        Rule("case_handover", "Cases ended by hand-over", CASE, EVENTS, by_responsible=True),
        Rule(
            "case_open", "Cases open on the last day", CASE,
            Source(sources.cases_open, once=True, by_span=True, single=True),
            by_responsible=True, lasts=True,
        ),
        Rule("arrival", "Arrivals", ARRIVAL, ARRIVALS),
        Rule("arrival_visited", "Arrivals visited for the first time", ARRIVAL, ARRIVALS),
        Rule("arrival_visited_week", "First visits within a week", ARRIVAL, ARRIVALS),
        Rule("arrival_visited_month", "First visits within 8 to 30 days", ARRIVAL, ARRIVALS),
        Rule("arrival_reached", "Arrivals met for the first time", ARRIVAL, ARRIVALS),
        Rule("arrival_accepted", "Offers accepted", ARRIVAL, ARRIVALS, answer=True),
        Rule("arrival_declined", "Offers declined", ARRIVAL, ARRIVALS, answer=True),
        Rule("office_session", "Office hours held", SESSION, OFFICE),
        Rule("office_visitor", "Visitors of office hours", VISITOR, OFFICE),
        Rule("office_talk", "Talks at office hours", TALK, OFFICE),
        Rule(
            "meeting", "Network meetings attended", MEETING, Source(network.meetings, once=True)
        ),
        Rule("meeting_attendance", "Attendances at network meetings", ATTENDANCE, NETWORK),
        Rule("network_contact", "Network contacts", NETWORK_CONTACT, NETWORK),
        Rule("group_offer", "Dates of group offers", GROUP_DATE, GROUP_OFFERS),
        Rule("group_participant", "Participants of group offers", PARTICIPANT, GROUP_OFFERS),
        Rule(
            "talk_channel", "Talks by channel", TALK, TALKS, adds_to="talk",
            items=Items("integration.channel", current=(("counts_as_talk", "=", True),)),
        ),
        Rule(
            "talk_area", "Talks by life area", TALK,
            Source(labelled.talk_areas, alone=True, labelled=True, of_talks=True),
            Source(labelled.known_areas), content=True, items=Items("integration.area"),
        ),
        Rule(
            "talk_topic", "Talks by topic", TALK,
            Source(labelled.talk_topics, alone=True, labelled=True, of_talks=True),
            Source(labelled.known_topics), content=True,
            items=Items("integration.topic", many=True, group="area_id"),
        ),
        Rule(
            "trait_sex", "Persons by sex", PERSON,
            trait=Trait(selection=reading.SEX, read=reading.sexes),
        ),
        Rule(
            "trait_age", "Persons by age", PERSON,
            trait=Trait(
                read=reading.ages, words=words.ages,
                reads={"integration.client": ("birthdate",)},
            ),
        ),
        Rule(
            "trait_nationality", "Persons by nationality", PERSON,
            trait=Trait(
                read=reading.nationalities, words=words.nationalities,
                reads={"integration.client": ("nationality_ids", "nationality_note")},
            ),
        ),
        Rule(
            "trait_residence", "Persons by residence status", PERSON,
            trait=Trait(
                history="integration.residence",
                value='t."group"',
                join="JOIN integration_residence_status t ON t.id = h.status_id",
                selection=("integration.residence.status", "group"),
                reads={"integration.residence": ("status_id",)},
            ),
        ),
        Rule(
            "trait_language", "Persons by level of German", PERSON,
            trait=Trait(
                history="integration.language.level",
                value="h.level",
                join="JOIN integration_language t ON t.id = h.language_id AND t.code = 'de'",
                selection=("integration.language.level", "level"),
                reads={
                    "integration.language": ("code",),
                    "integration.language.level": ("language_id",),
                },
            ),
        ),
        Rule(
            "trait_housing", "Persons by housing", PERSON,
            trait=Trait(
                history="integration.housing",
                value='t."group"',
                join="JOIN integration_housing_type t ON t.id = h.type_id",
                selection=("integration.housing.type", "group"),
                reads={"integration.housing": ("type_id",)},
            ),
        ),
        Rule(
            "trait_benefit", "Persons by benefit", PERSON,
            trait=Trait(
                history="integration.benefit",
                value="CASE WHEN t.code = 'unknown' THEN NULL ELSE t.id END",
                join="JOIN integration_benefit_type t ON t.id = h.type_id",
                words=words.benefits,
                reads={
                    "integration.benefit": ("type_id",),
                    "integration.benefit.type": ("code",),
                },
            ),
        ),
        Rule(
            "trait_work", "Persons by work", PERSON,
            trait=Trait(
                history="integration.employment",
                value="h.status",
                selection=("integration.employment", "status"),
            ),
        ),
        Rule(
            "trait_change", "Persons by change in a life area", PERSON,
            trait=Trait(
                by_day=change.changes, by_area=True, words=change.change_words,
                reads={
                    "integration.assessment.line": (
                        "client_id", "area_id", "case_id", "date", "assessment_id", "strength",
                        "need",
                    ),
                },
            ),
        ),
        Rule(
            "trait_goal", "Persons by result of goals in a life area", PERSON,
            trait=Trait(
                by_day=change.results, by_area=True, words=change.result_words,
                reads={
                    "integration.plan": change.PLAN_FIELDS,
                    "integration.plan.line": ("plan_id", "area_id", "state", "date_result"),
                },
            ),
        ),
        Rule(
            "trait_plan", "Persons by agreed and reviewed plan", PERSON,
            trait=Trait(
                by_day=change.plans, words=change.plan_words,
                reads={
                    "integration.plan": change.PLAN_FIELDS,
                    "integration.plan.review": ("plan_id", "date"),
                },
            ),
        ),
        Rule(
            "trait_referral", "Persons by referral", PERSON,
            trait=Trait(
                by_day=change.referrals, words=change.referral_words,
                reads={
                    "integration.referral": ("client_id", "date", "state", "date_told"),
                },
            ),
        ),
        Rule(
            "trait_match", "Persons by volunteer or club", PERSON,
            trait=Trait(
                by_day=change.matches, words=change.match_words,
                reads={
                    "integration.volunteer.match": (
                        "client_id", "date_need", "date_start", "date_end",
                    ),
                },
            ),
        ),
    )
}  # fmt: skip

RULE_SELECTION = [(rule.key, rule.label) for rule in RULES.values()]
UNIT_SELECTION = [(unit.key, unit.label) for unit in UNITS]
TRAITS = tuple(rule.trait for rule in RULES.values() if rule.trait)
