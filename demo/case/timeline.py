"""When phases change and talks take place, in days of a case; no database here."""

from datetime import timedelta

from ..workdays import is_workday, workday

PHASES = ("getting_to_know", "assessment", "planning", "accompaniment", "aftercare")
# First day of each phase, and shortest and longest time between two talks in it
FIRST_DAYS = (0, 17, 44, 84)
INTERVALS = {
    "getting_to_know": (5, 9),
    "assessment": (5, 10),
    "planning": (8, 15),
    "accompaniment": (10, 25),
    "aftercare": (30, 70),
}
RHYTHMS = dict(zip(PHASES, (7, 7, 14, 30, 90), strict=True))
AFTERCARE_DAYS = 75
# How long ago the last talk is, in parts of the rhythm; the first bound itself is on time yet
SILENCE = {"on_time": (0, 0.85), "due": (1, 1.9), "silent": (2, 3.2)}


class Timeline:
    """The phases of one case from ``start`` to ``end``, the last of them being ``stage``."""

    def __init__(self, rng, start, end, stage):
        self.start, self.end, self.stage = start, end, stage
        age = (end - start).days
        shift = rng.randint(-3, 4)
        last = PHASES.index(stage)
        # A young case that is far already went quickly.
        speed = min(1, 0.75 * age / FIRST_DAYS[min(last, 3)]) if last else 1
        self._first_days = [
            start + timedelta(days=int(max(days + shift, 0) * speed) if days else 0)
            for days in FIRST_DAYS[: last + 1]
        ]
        if stage == "aftercare":
            self._first_days.append(end - timedelta(days=min(AFTERCARE_DAYS, age // 4)))

    def phase(self, day):
        """Return the phase of the case on ``day``."""
        reached = [first for first in self._first_days if first <= day]
        return PHASES[max(len(reached) - 1, 0)]

    def first_day(self, phase):
        """Return the first day of ``phase``, or None if the case does not get there."""
        index = PHASES.index(phase)
        return self._first_days[index] if index < len(self._first_days) else None

    def last_talk(self, rng, silence):
        """Return the day of the last talk, so that the case is on time, due or silent."""
        rhythm = RHYTHMS[self.stage]
        low, high = (round(rhythm * share) for share in SILENCE[silence])
        candidates = [
            day
            for ago in range(low + bool(low), high + 1)
            if is_workday(day := self.end - timedelta(days=ago)) and day >= self.start
        ]
        return rng.choice(candidates) if candidates else self.start

    def talk_days(self, rng, last, pace=1.0):
        """Return working days of talks from the start to ``last``, which is one of them."""
        days, day = [], self.start
        while day < last - timedelta(days=1):
            days.append(workday(day, self.start, last))
            shortest, longest = INTERVALS[self.phase(day)]
            day += timedelta(days=round(rng.uniform(shortest, longest) * pace))
        return [*(day for day in dict.fromkeys(days) if (last - day).days > 1), last]
