"""Working days and the diaries of the workers, so that nobody is in two talks at once."""

from datetime import date, timedelta

from dateutil.easter import easter

FIXED_HOLIDAYS = {(1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 24), (12, 25), (12, 26), (12, 31)}
# Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi
EASTER_OFFSETS = {-2, 1, 39, 50, 60}
OPENING, CLOSING, QUARTER = 8.5, 17.0, 0.25


def is_workday(day: date) -> bool:
    """Return whether offices in Baden-Württemberg work on ``day``."""
    if day.weekday() > 4 or (day.month, day.day) in FIXED_HOLIDAYS:
        return False
    return (day - easter(day.year)).days not in EASTER_OFFSETS


def workday(day: date, earliest: date, latest: date) -> date:
    """Return the nearest working day to ``day`` within the bounds, later ones preferred."""
    for distance in range(8):
        for candidate in (day + timedelta(days=distance), day - timedelta(days=distance)):
            if earliest <= candidate <= latest and is_workday(candidate):
                return candidate
    return max(earliest, min(day, latest))


class Diary:
    """Taken times by worker and day."""

    def __init__(self):
        self._taken = {}

    def book(self, rng, worker, day, minutes, opening=OPENING, closing=CLOSING):
        """Return a free time as a float of hours, and keep it taken."""
        taken = self._taken.setdefault((worker, day), [])
        length = minutes / 60
        slots = int((closing - opening - length) / QUARTER) + 1
        first = rng.randrange(max(slots, 1))
        for index in range(max(slots, 1)):
            start = opening + ((first + index) % max(slots, 1)) * QUARTER
            if all(start >= end or start + length <= begin for begin, end in taken):
                break
        taken.append((start, start + length))
        return start
