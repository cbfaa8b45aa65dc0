"""The difference view: what a submitted report says, what it would say today, and why."""

from collections import Counter

from ..causes import CAUSES, CORRECTION, DELETION, HANDOVER, LATE, MERGE, PROTECTION, Causes
from ..facts import Facts
from ..matrix import Column
from .view import FiguresView


class FiguresDifference:
    """Compares two counts of one scope and period, cell by cell.

    :param frozen: matrix of the submitted report
    :param current: matrix of the same scope and period, counted now
    :param causes: ``Causes`` of what changed between them
    """

    def __init__(self, report, frozen, current, causes):
        self.env = report.env
        self.view = FiguresView(report, frozen)
        self.frozen = frozen
        self.current = current
        self.causes = causes

    @classmethod
    def of(cls, report, current, before, after):
        """Build the comparison from the packed facts of both counts."""
        # sudo: ids and moments behind numbers that the reader may see
        causes = Causes(report.sudo().env, Facts(before), Facts(after), report.submitted_on)
        return cls(report, report._matrix(), current, causes)

    def data(self, breakdowns):
        """Return one table of changed cells per breakdown, for the template."""
        tables = [
            {"title": self.view.breakdown_title(name), "rows": self._rows(name)}
            for name in breakdowns
        ]
        return {
            **self.view.head(),
            "tables": [table for table in tables if table["rows"]],
            "explained": self.explained(),
        }

    def cells(self, breakdown):
        """Yield (row, column, frozen, today, gained, lost) of each cell that changed."""
        columns = self._columns(breakdown)
        for row in self._all_rows():
            if row.is_heading:
                continue
            for column in columns:
                place = (breakdown, column.key)
                before, today = self.frozen.value(row, *place), self.current.value(row, *place)
                if before is None or today is None:
                    # A hidden number stays hidden, its change as well
                    if before or today:
                        gained, lost = Counter(), Counter()
                        (gained if today else lost)[PROTECTION] = before or today
                        yield row, column, before, today, gained, lost
                    continue
                gained, lost = self.causes.of(row.rule, row.item, place)
                if gained or lost:
                    yield row, column, before, today, gained, lost

    def _all_rows(self):
        """Return the rows of both counts: a topic may have come up since.

        Of an indicator that nothing was submitted of there is nothing to compare.
        """
        known = {(row.code, row.item) for row in self.frozen.rows}
        submitted = {row.code for row in self.frozen.rows}
        return self.frozen.rows + [
            row
            for row in self.current.rows
            if row.code in submitted and (row.code, row.item) not in known
        ]

    def _columns(self, breakdown):
        columns = list(self.frozen.columns.get(breakdown, [Column("", "")]))
        keys = {column.key for column in columns}
        return columns + [
            column for column in self.current.columns[breakdown] if column.key not in keys
        ]

    def _rows(self, breakdown):
        number = self.view.number
        return [
            {
                "label": self.view.label(row),
                "column": self.view.column_label(breakdown, column),
                "frozen": number(frozen),
                "today": number(today),
                "change": self._change(frozen, today),
                "causes": self._words(gained, lost),
            }
            for row, column, frozen, today, gained, lost in self.cells(breakdown)
        ]

    @staticmethod
    def _change(frozen, today):
        """Write the change with its sign, nothing where one of the numbers is hidden."""
        if frozen is None or today is None:
            return ""
        return f"{today - frozen:+d}".replace("-", "−") if today != frozen else "±0"

    def _words(self, gained, lost):
        """Write e.g. "+ 2 entered late; − 1 corrected"."""
        names = self.names()
        parts = [
            f"{sign} {self.view.number(counts[cause])} {names[cause]}"
            for sign, counts in (("+", gained), ("−", lost))
            for cause in CAUSES
            if counts[cause]
        ]
        return "; ".join(parts)

    def names(self):
        """Return the causes in the reader's language."""
        return {
            LATE: self.env._("entered late"),
            CORRECTION: self.env._("corrected"),
            MERGE: self.env._("merged"),
            DELETION: self.env._("deleted"),
            HANDOVER: self.env._("handed over"),
            PROTECTION: self.env._("shown or left out by the protection of small numbers"),
        }

    def explained(self):
        """Return (cause, what it means)."""
        names = self.names()
        explained = [(names[cause], words) for cause, words in self._meanings().items()]
        late = FiguresView(self.view.report, self.current).late_legend()
        return explained + [(self.env._("not in all numbers yet"), late)] * bool(late)

    def _meanings(self):
        return {
            LATE: self.env._("Dated in the period and written only after the submission."),
            CORRECTION: self.env._(
                "Existed at the submission and was changed afterwards, e.g. cancelled or given"
                " another date."
            ),
            MERGE: self.env._("Two files of one person, or two households, became one."),
            DELETION: self.env._(
                "Erased when its time to be kept was over. Anonymised persons keep counting."
            ),
            HANDOVER: self.env._("Another worker is now entered as responsible for that day."),
            PROTECTION: self.env._(
                "The talks are the same. The smallest number that is printed was changed, or more"
                " or fewer persons were counselled in that time, so that areas and topics are told"
                " now or no longer."
            ),
        }
