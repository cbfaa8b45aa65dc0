"""The invented families of the demo county, read from households.csv."""

import csv
from dataclasses import dataclass

from odoo.tools import file_open

from .stories import CLOSED_STORIES, STORIES, Story

FILE = "integration_management/demo/people/households.csv"
ADULT_AGE = 18
GENDERS = {"f": "female", "m": "male"}
ROLES = {"adult", "partner", "child", "parent", "sibling", "other"}


@dataclass(frozen=True)
class Person:
    """One line of a family: name, sex, age today and how she or he is accompanied."""

    name: str
    gender: str
    age: int
    role: str
    own_case: bool
    refuses: bool
    # Of age next month
    soon: bool


@dataclass(frozen=True)
class Household:
    """One family with its story; ``days`` and ``turn`` are days before today."""

    number: int
    worker: str
    town: str
    country: str
    story: Story
    detail: str
    days: int
    turn: int
    silence: str
    themes: tuple
    persons: tuple


def read_households():
    """Return the households in the order in which their work began, as numbers are given."""
    with file_open(FILE) as file:
        rows = list(csv.DictReader(file))
    households = [_household(number, row) for number, row in enumerate(rows, start=1)]
    return sorted(households, key=lambda household: -household.days)


def _household(number, row):
    story, _colon, detail = row["story"].partition(":")
    tokens = [text.split() for text in row["persons"].split("|")]
    return Household(
        number=number,
        worker=row["worker"],
        town=row["town"],
        country=row["country"],
        story=(story == "closed" and CLOSED_STORIES.get(detail)) or STORIES[story],
        detail=detail,
        days=int(row["days"]),
        turn=int(row["turn"] or 0),
        silence=row["silence"] or "on_time",
        themes=tuple(row["themes"].split()),
        persons=tuple(_person(words, first=not index) for index, words in enumerate(tokens)),
    )


def _person(words, *, first):
    """Read “Given Family f34 role case”: all after the age is optional."""
    at = next(index for index, word in enumerate(words) if word[-1].isdigit())
    age = int(words[at][1:])
    options = set(words[at + 1 :])
    guessed = "child" if age < ADULT_AGE else "partner"
    return Person(
        name=" ".join(words[:at]),
        gender=GENDERS[words[at][0]],
        age=age,
        role="adult" if first else next(iter(options & ROLES), guessed),
        own_case=first or "case" in options,
        refuses="refuses" in options,
        soon="soon" in options,
    )
