"""For which times tables of areas, topics and answers are told: quarters, mandates, and so on."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

LENGTHS = (12, 6, 3)
# No talk is older
EARLIEST = date(2000, 1, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Grant:
    """A time in which a mandate ran, or was once said to run; ``number`` is its place in a row.

    It counts for what ends on the day ``since`` or later.
    """

    start: date
    stop: date
    since: date = date.min
    number: int = 0


@dataclass(frozen=True)
class Span:
    """A time for which tables are told. Of those that end on one day, ``rank`` says the order.

    Times that were entered one after the other have numbers: what was decided stays decided.
    """

    start: date
    stop: date
    rank: int
    worker: int | None = None
    number: int = 0


@lru_cache(maxsize=16)
def quarters_until(day):
    """Return the first days of all quarters up to a day; asked for each employer."""
    last = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    number = (last.year - EARLIEST.year) * 4 + last.month // 3
    return tuple(EARLIEST + relativedelta(months=3 * n) for n in range(number + 1))


def quarter_end(day):
    """Return the last day of the quarter that a day lies in."""
    return day + relativedelta(month=(day.month + 2) // 3 * 3, day=31)


def grant_cuts(grants):
    """Yield the days on which mandates begin or are over."""
    for grant in grants:
        yield grant.start
        if grant.stop < date.max:
            yield grant.stop + DAY
