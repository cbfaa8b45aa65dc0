"""The matrix of the official figures: plain data, no database.

Rows are indicators (or the areas, channels, topics below one of them), columns are
the members of a breakdown. Screen, PDF and spreadsheet all read this one object, so
they cannot disagree.
"""

from dataclasses import dataclass, field

from .breakdowns import TOTAL
from .registry import RULES


def is_list(rule: str) -> bool:
    """Whether a rule yields one row per channel, area, topic or category, not one number."""
    return rule in RULES and RULES[rule].is_list


@dataclass(frozen=True)
class Column:
    """One member of a breakdown; ``key`` is text, so that it survives JSON."""

    key: str
    label: str


@dataclass(frozen=True)
class Row:
    """One line of figures. ``texts`` holds label, short, group, definition by language."""

    code: str
    rule: str
    unit: str
    item: int = 0
    level: int = 0
    texts: dict = field(default_factory=dict, compare=False)

    @property
    def is_heading(self) -> bool:
        """Whether this is the title above a list of channels, areas, topics or categories."""
        return is_list(self.rule) and not self.item

    def text(self, name: str, lang: str) -> str:
        """Return a text in ``lang``, else in English, else in any language stored."""
        texts = self.texts.get(lang) or self.texts.get("en_US") or {}
        if not texts and self.texts:
            texts = next(iter(self.texts.values()))
        return texts.get(name) or ""


# What is stored of each row
ROW_DATA = [*Row.__dataclass_fields__, "figures"]


class Matrix:
    """Indicators × columns of one scope and period, for every breakdown asked for."""

    def __init__(self, rows, columns, cells, late=False):
        """:param rows: list of Row
        :param columns: {breakdown: [Column]}
        :param cells: {(code, item): {(breakdown, key): number}}; what is None is hidden by the
            protection of small numbers. What is missing is 0, unless the heading of its list
            is hidden in that column: then all of the list is
        :param late: whether something that was entered late is not in numbers printed before
        """
        self.rows = list(rows)
        self.columns = {TOTAL: [Column("", "")], **columns}
        self.cells = cells
        self.late = late

    def value(self, row, breakdown=TOTAL, key=""):
        """Return the number in one cell; headings and hidden cells have none."""
        if row.is_heading:
            return None
        column = (breakdown, key)
        numbers = self.cells.get((row.code, row.item), {})
        if column not in numbers and self.is_hidden(row, *column):
            return None
        return numbers.get(column, 0)

    def is_hidden(self, row, breakdown=TOTAL, key=""):
        """Return whether a whole list is hidden in a column."""
        return self.cells.get((row.code, 0), {}).get((breakdown, key), 0) is None

    def has_numbers(self, row):
        """Return whether a row has numbers; a heading has some if it says how many are known."""
        return not row.is_heading or bool(self.cells.get((row.code, 0)))

    def known(self, heading, breakdown=TOTAL, key=""):
        """Return how many are counted under any row of a list of contents.

        None if that is hidden, and for figures that were stored without it.
        """
        return self.cells.get((heading.code, 0), {}).get((breakdown, key))

    def values(self, row, breakdown=TOTAL):
        """Return the numbers of a row in the order of the breakdown's columns."""
        return [self.value(row, breakdown, column.key) for column in self.columns[breakdown]]

    def main_rows(self):
        """Return the rows that are a number of their own."""
        return [row for row in self.rows if not is_list(row.rule)]

    def headings(self):
        """Return the titles of the lists (channels, areas, topics, categories)."""
        return [row for row in self.rows if row.is_heading]

    def items(self, heading):
        """Return the rows below a heading."""
        return [row for row in self.rows if row.code == heading.code and row.item]

    def replaced(self, cells):
        """Return a matrix with some cells replaced, e.g. by None to hide them."""
        merged = {row: {**numbers, **cells.get(row, {})} for row, numbers in self.cells.items()}
        return Matrix(self.rows, self.columns, merged, self.late)

    def has_hidden(self):
        """Whether a number was left out by the small-number protection."""
        return any(number is None for cells in self.cells.values() for number in cells.values())

    def by_rule(self, rule):
        """Return the first row with this rule, or None if the indicator is hidden."""
        return next((row for row in self.rows if row.rule == rule), None)

    # ------------------------------------------------------------
    # Freezing
    # ------------------------------------------------------------
    def columns_data(self):
        """Return the columns as plain data for a JSON field."""
        return {
            breakdown: [[column.key, column.label] for column in columns]
            for breakdown, columns in self.columns.items()
        }

    def rows_data(self):
        """Return one plain dict per row, numbers in the order of the columns."""
        return [
            {
                "code": row.code,
                "rule": row.rule,
                "unit": row.unit,
                "item": row.item,
                "level": row.level,
                "texts": row.texts,
                "figures": {breakdown: self._stored(row, breakdown) for breakdown in self.columns}
                if self.has_numbers(row)
                else {},
            }
            for row in self.rows
        ]

    def _stored(self, row, breakdown):
        """Return the numbers of a row to be stored; of a heading, how many are known."""
        if not row.is_heading:
            return self.values(row, breakdown)
        numbers = self.cells[row.code, 0]
        return [numbers.get((breakdown, c.key), 0) for c in self.columns[breakdown]]

    @classmethod
    def from_data(cls, columns_data, rows_data, late=False):
        """Rebuild the matrix that ``columns_data`` and ``rows_data`` were taken from."""
        columns = {
            breakdown: [Column(key, label) for key, label in pairs]
            for breakdown, pairs in (columns_data or {}).items()
        }
        rows, cells = [], {}
        for data in rows_data:
            row = Row(**{name: data[name] for name in Row.__dataclass_fields__})
            rows.append(row)
            cells[row.code, row.item] = {
                (breakdown, column.key): number
                for breakdown, numbers in (data["figures"] or {}).items()
                for column, number in zip(columns[breakdown], numbers, strict=True)
            }
        return cls(rows, columns, cells, late)
