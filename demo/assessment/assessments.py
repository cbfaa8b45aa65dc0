"""Assessments beside the plan: at its beginning, at most reviews, and at the end of a case."""

from random import Random

from odoo.fields import Command

RESOURCES = {
    "language": ("Spricht drei Sprachen", "Lernt jeden Tag mit dem Handy"),
    "work": ("Zwölf Jahre Berufserfahrung", "Hat im Herkunftsland einen Betrieb geführt"),
    "housing": ("Sucht selbst in Portalen", "Der Vermieter ist zufrieden"),
    "children": ("Die Familie hält zusammen",),
    "school": ("Die Kinder gehen gern hin",),
    "health": ("Treibt Sport",),
}
WORDS = (
    "Offen, pünktlich, fragt nach. Die Geschwister im Nachbarort helfen.",
    "Findet sich im Ort gut zurecht und hilft anderen beim Übersetzen.",
    "Hat ein klares Ziel und lernt schnell.",
)
ASSESSED, RATED_AGAIN = 0.8, 0.7


class AssessmentWriter:
    """Writes how a member stands, area by area, and how that changes over the months."""

    def __init__(self, family, member, goals):
        self.family, self.member = family, member
        # Of its own: what is said here moves nothing else of the county.
        self.rng = Random(f"assessment-{family.household.number}-{member.person.name}")
        areas = dict.fromkeys(goal[0] for goal in goals)
        if "health" not in member.purposes:
            areas.pop("health", None)
        for further in ("language", "housing", "work"):
            if len(areas) < 4 and self.rng.random() < 0.6:
                areas.setdefault(further)
        self.now = {area: (self.rng.randint(1, 3), self.rng.randint(3, 5)) for area in areas}
        self.used = self.rng.random() < ASSESSED

    def start(self, day):
        """Write the first assessment, on the day the plan is talked about."""
        if self.used:
            words = self.rng.choice(WORDS) if self.rng.random() < 0.7 else False
            self._write(day, "start", self.now, words)

    def again(self, day, kind="review"):
        """Write how it is now: mostly better, sometimes worse, some areas not talked about."""
        if not self.used or (kind == "review" and self.rng.random() > RATED_AGAIN):
            return
        for area, (strength, need) in self.now.items():
            better = self.rng.choice((0, 0, 1, 1, 1, -1))
            easier = self.rng.choice((0, 1, 1, 2, -1))
            self.now[area] = (min(5, max(1, strength + better)), min(5, max(1, need - easier)))
        spoken = {
            area: pair
            for area, pair in self.now.items()
            if kind == "end" or self.rng.random() < 0.85
        }
        if spoken:
            self._write(day, kind, spoken)

    def _write(self, day, kind, ratings, words=False):
        self.family.env["integration.assessment"].create(
            {
                "case_id": self.member.case.id,
                "date": day,
                "kind": kind,
                "resources": words,
                "line_ids": [
                    Command.create(self._line(area, *pair)) for area, pair in ratings.items()
                ],
            }
        )

    def _line(self, area, strength, need):
        said = RESOURCES.get(area)
        return {
            "area_id": self.family.county.code("area", area),
            "strength": strength,
            "need": need,
            "resource": self.rng.choice(said) if said and self.rng.random() < 0.5 else False,
        }
