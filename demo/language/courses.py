"""Language courses of the adults: needed, registered, waited for, attended, and what came of them.

How far somebody has come follows from the days: whoever came last spring has finished, whoever
came last month waits.
"""

from datetime import timedelta
from random import Random

from ...tools import EntryDay
from ..people.households import ADULT_AGE
from ..workdays import workday

RETIRED = 63
NOT_ASKED = ("none", "refused", "lapsed", "oral")
# Least and most days from one step to the next
STEPS = (
    ("date_registered", 4, 40),
    ("date_waiting", 7, 45),
    ("date_start", 14, 130),
    ("date_end", 150, 210),
)
# Some wait until childcare is found or a course of their kind comes about
LONG_WAIT = 0.18
DROPPED = 0.14
DROP_REASONS = ("work", "childcare", "level", "own_wish", "cancelled", "health")
PROVIDERS = ("vhs", "sprachschule")
# What the next course is, by the level that was reached
FOLLOWED = {"b1": ("vocational_b2", "b2"), "b2": ("vocational_c1", "c1")}


def enter_courses(family):
    """Enter the courses of one family, each until its last day of work."""
    if family.story.consent in NOT_ASKED:
        return
    for index, member in enumerate(family.members):
        rng = Random(f"course-{family.household.number}-{index}")
        if member.consent and ADULT_AGE <= member.person.age < RETIRED and rng.random() < 0.75:
            CourseWriter(family, member, rng).enter()


class CourseWriter:
    """Writes the courses of one member as the worker of the family."""

    def __init__(self, family, member, rng):
        self.family, self.member, self.rng = family, member, rng
        self.county, self.client = family.county, member.client
        self.case = self.client._current_case()
        self.last = self._last_day()

    def _last_day(self):
        story = self.family.story
        if story.consent == "withdrawn" or story.turn == "closed":
            return self.family.turn - timedelta(days=1)
        return self.family.turn if story.consent == "limited" else self.county.today

    def enter(self):
        """Write the first course, and a second one after a certificate."""
        since = max(self.member.consent, self.case.date_start, self.county.introduced)
        ended = self._write_course(self._first_kind(), since + timedelta(days=self._gap(2, 25)))
        if ended and ended.outcome == "certificate" and ended.level_id.level in FOLLOWED:
            kind, _level = FOLLOWED[ended.level_id.level]
            self._write_course(kind, ended.date_end + timedelta(days=self._gap(5, 30)))

    def _gap(self, least, most):
        return self.rng.randint(least, most)

    def _first_kind(self):
        toddlers = any(other.person.age < 3 for other in self.family.members)
        if toddlers and self.member.person.gender == "female":
            return "integration_parents"
        levels = set(self.client.language_level_ids.mapped("level"))
        if levels & {"second_script", "illiterate"}:
            return "integration_second_script"
        if levels & {"a0"}:
            return self.rng.choice(["integration_literacy", "integration_general"])
        if self.member.person.age < 26:
            return "integration_youth"
        return self.rng.choice(
            ["integration_general"] * 4 + ["integration_intensive", "state_programme"]
        )

    # ------------------------------------------------------------
    # One course
    # ------------------------------------------------------------

    def _write_course(self, kind, day):
        """Write a course that is needed since ``day``; return it if it has ended."""
        if day > self.last:
            return None
        days, planned = self._days(workday(day, self.member.consent, self.last))
        enrolment = self.family.env["integration.course.enrolment"].create(
            {
                "case_id": self.case.id,
                "client_id": self.client.id,
                "kind_id": self.county.code("course.kind", kind),
                "date_need": days.pop("date_need"),
            }
        )
        if "date_registered" in days:
            self._register_with(enrolment, days.pop("date_registered"))
        end = days.pop("date_end", None)
        if "date_start" in days:
            days["provider_id"] = self._provider()
        enrolment.write({**days, "date_planned": planned})
        if end:
            self._end(enrolment, end)
        return enrolment if end else None

    def _days(self, day):
        """Return the days of the steps that were reached, and an announced beginning."""
        days, planned = {"date_need": day}, False
        waits = self.rng.random() < LONG_WAIT
        for step, least, most in STEPS:
            gap = self._gap(least, most)
            if step == "date_start" and waits:
                gap += self._gap(150, 420)
            following = day + timedelta(days=gap)
            if following > self.last:
                ahead = following - self.county.today
                if step == "date_start" and timedelta(3) < ahead < timedelta(45):
                    planned = following
                break
            day = days[step] = workday(following, day, self.last)
        return days, planned

    def _register_with(self, enrolment, day):
        """Register with the coordination office while the client sits at the desk."""
        if self.rng.random() < 0.15:
            enrolment.write({"date_registered": day, "registered_by": "client"})
            return
        entered = EntryDay.fromordinal(day.toordinal())
        services = self.family.env["integration.service"]
        kinds = self.family.env["integration.information.kind"]
        codes = ("identity", "language")
        enrolment.with_context(integration_entry_day=entered)._register_with(
            services.browse(self.county.code("service", "sprachkurse")),
            "present",
            kinds.browse([self.county.code("information.kind", code) for code in codes]),
            day,
        )

    def _provider(self):
        present = self.family.env["integration.service"].search(
            [("code", "in", PROVIDERS), ("company_id", "=", False)]
        )
        return present[self.rng.randrange(len(present))].id if present else False

    # ------------------------------------------------------------
    # What came of it
    # ------------------------------------------------------------

    def _end(self, enrolment, end):
        """End the course: with a certificate where the history knows of one."""
        if self.rng.random() < DROPPED:
            enrolment.write(
                {
                    "date_end": self._halfway(enrolment, end),
                    "outcome": "dropped",
                    "drop_reason_id": self.county.code("course.drop.reason", self._reason()),
                }
            )
            return
        level = self._proven(enrolment, end)
        if level:
            number = f"{level.level.upper()}-{level.date_from:%y%m}-{enrolment.id % 9000 + 1000}"
            level.write(
                {
                    "certificate": "DTZ" if level.level in ("a2", "b1") else "telc Deutsch",
                    "certificate_number": number,
                    "certificate_date": level.date_from,
                }
            )
        enrolment.write(
            {
                "date_end": end,
                "outcome": "certificate" if level else "no_certificate",
                "level_id": level.id,
            }
        )

    def _halfway(self, enrolment, end):
        middle = enrolment.date_start + (end - enrolment.date_start) // 2
        return workday(middle, enrolment.date_start, end)

    def _reason(self):
        """Return why it was dropped; illness only of those who agreed to it being written."""
        if "health" in self.member.purposes and self.rng.random() < 0.2:
            return "health"
        return self.rng.choice(DROP_REASONS[:-1])

    def _proven(self, enrolment, end):
        """Return the level of a certificate that falls into the course, not used yet."""
        taken = self.family.env["integration.course.enrolment"].search(
            [("client_id", "=", self.client.id), ("level_id", "!=", False)]
        )
        proven = self.client.language_level_ids.filtered(
            lambda level: (
                level.source == "certificate"
                and enrolment.date_start <= level.date_from <= end
                and level not in taken.level_id
            )
        )
        return proven.sorted("date_from")[-1:]
