"""What is arranged for the next days: at home, in the office, by telephone."""

from random import Random

from odoo.fields import Command

# Where, the place as it is told, and what to bring
ARRANGED = (
    ("office", None, ("letters", "identity")),
    ("home", None, ()),
    ("office", "Beratungszimmer im Erdgeschoss", ("bank", "rent")),
    ("phone", None, ()),
    ("office", None, ("wages", "letters")),
    ("elsewhere", "Vor dem Eingang der Ausländerbehörde", ("identity",)),
    ("office", None, ("certificates",)),
)
LENGTHS = (30, 45, 60, 60, 90)


def plan_appointment(family, day, agreed):
    """Plan one appointment of the family's case, with words only if they have agreed to a file."""
    rng = Random(f"appointment-{family.household.number}")
    county, minutes = family.county, rng.choice(LENGTHS)
    kind, place, bring = ARRANGED[family.household.number // 3 % len(ARRANGED)]
    values = {
        "case_id": family.cases[0].case.id,
        "date": day,
        "time": county.diary.book(rng, family.env.uid, day, minutes),
        "duration": minutes,
        "place_kind": kind,
    }
    if agreed:
        items = [county.code("bring.item", code) for code in bring]
        values.update(place=place, bring_ids=[Command.set(items)])
    family.env["integration.appointment"].create(values)
