"""What the employers of a county have submitted, beside what is counted for them today."""

from dataclasses import dataclass
from typing import Any

from odoo.tools import format_date

from ..breakdowns import EMPLOYER, MUNICIPALITY, TOTAL
from ..registry import RULES
from .head import FiguresHead


@dataclass(frozen=True)
class Submission:
    """One employer's submission, or that there is none.

    :ivar report: the submitted figures; empty if there are none
    :ivar numbers: {rule: (submitted, today)} if it is the latest one of the very same period,
        a number is None where it cannot be told for the county alone
    """

    name: str
    report: Any
    numbers: dict | None = None


def numbers_in(matrix, row, employer, employers, towns):
    """Return what a submitted row says of an employer's work in the county.

    What counts once wherever it comes up (persons, families, plans continued) is not summed up
    over several municipalities: they may be the same ones.

    :param employers: ids of all employers that were counted together
    :param towns: ids of the county's municipalities
    :return: a number, None if it cannot be told apart from work elsewhere, or one of them is hidden
    """
    places = {
        column.key: matrix.value(row, MUNICIPALITY, column.key)
        for column in matrix.columns.get(MUNICIPALITY, [])
    }
    # What is hidden is somewhere
    counted = {key: number for key, number in places.items() if number != 0}
    here = [n for key, n in counted.items() if key and int(key) in towns]
    elsewhere = [n for key, n in counted.items() if not (key and int(key) in towns)]
    if not elsewhere:
        breakdown = (EMPLOYER, str(employer)) if len(employers) > 1 else (TOTAL, "")
        return matrix.value(row, *breakdown)
    if len(employers) > 1 or None in here or (len(here) > 1 and RULES[row.rule].source.once):
        return None
    return sum(here)


class CountySubmissions(FiguresHead):
    """Words for the coordinator's table; ``lines`` are the submissions, by employer and time."""

    def __init__(self, report, live, lines):
        super().__init__(report, live)
        self.lines = lines
        self.rows = [row for row in live.main_rows() if not row.is_heading]

    def sums(self):
        """Return {rule: (submitted, today)} over the employers that are compared."""
        numbers = [line.numbers for line in self.lines if line.numbers is not None]
        return {
            row.rule: tuple(
                None if None in side else sum(side)
                for side in zip(*(number[row.rule] for number in numbers), strict=True)
            )
            for row in self.rows
            if numbers
        }

    def data(self):
        """Return what the template shows."""
        sums = self.sums()
        return {
            "heads": [
                row.text("short", self.lang) or row.text("label", self.lang) for row in self.rows
            ],
            "titles": [row.text("label", self.lang) for row in self.rows],
            "rows": [self._row(line) for line in self.lines],
            "total": [self._cell(sums[row.rule]) for row in self.rows] if sums else [],
        }

    def _row(self, line):
        report = line.report
        period = [format_date(self.env, day) for day in (report.date_from, report.date_to)]
        return {
            "name": line.name,
            "period": " – ".join(period) if report else "",
            "submitted": self.moment(report.submitted_on)
            if report
            else self.env._("Nothing submitted yet"),
            "values": [
                "" if line.numbers is None else self._cell(line.numbers[row.rule])
                for row in self.rows
            ],
        }

    def _cell(self, numbers):
        """Write e.g. "12 (+2)": submitted, and how much more is counted today."""
        submitted, today = numbers
        if submitted is None or today is None:
            return "–"
        change = f"{today - submitted:+d}".replace("-", "−")
        return self.number(submitted) + (f" ({change})" if today != submitted else "")
