"""Calendar of the official figures: periods, their months, the usual presets."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# {name: (length in months, how many periods back)}
PRESETS = {
    "this_month": (1, 0),
    "last_month": (1, 1),
    "this_quarter": (3, 0),
    "last_quarter": (3, 1),
    "this_half": (6, 0),
    "last_half": (6, 1),
    "this_year": (12, 0),
    "last_year": (12, 1),
}


@dataclass(frozen=True)
class Period:
    """Closed interval of calendar days in the county's own time zone."""

    date_from: date
    date_to: date
    today: date

    @property
    def last_day(self) -> date:
        """The day that states are counted on: today, if the end lies ahead."""
        return min(self.date_to, self.today)

    def months(self):
        """Split the period at the turns of the months; the ends may be broken months."""
        months, start = [], self.date_from
        while start <= self.date_to:
            stop = min(start + relativedelta(day=31), self.date_to)
            months.append(Period(start, stop, self.today))
            start = stop + timedelta(days=1)
        return months

    def months_begun(self):
        """Return the months as a tuple, but for those that lie ahead."""
        return tuple(month for month in self.months() if month.date_from <= self.today)

    @property
    def month_key(self) -> str:
        """The first of the month this period begins in, as text."""
        return self.date_from.replace(day=1).isoformat()


def preset_dates(preset: str, today: date) -> tuple[date, date]:
    """Return first and last day of a preset as seen from ``today``."""
    length, back = PRESETS[preset]
    first_month = (today.month - 1) // length * length + 1
    start = date(today.year, first_month, 1) - relativedelta(months=length * back)
    return start, start + relativedelta(months=length, days=-1)
