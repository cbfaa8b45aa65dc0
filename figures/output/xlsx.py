"""The official figures as a workbook: one sheet per view, numbers as numbers.

All words are written as text cells: a name that begins with "=" stays a name.
"""

import io
import re

import xlsxwriter

from ..breakdowns import BREAKDOWNS, MONTH, TOTAL
from ..registry import RULES
from ..request import STATE
from .view import FiguresView

FIRST_ROW = 6  # header; above it title, scope, period, print date and the units
DEFINITION = 110  # width of the column, in characters
LINE = 15  # height of a line, in points
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
FORMATS = {
    "title": {"bold": True, "font_size": 14, "font_color": "#1f2d3a"},
    "fact": {"font_color": "#6b7a89"},
    "head": {
        "bold": True, "bg_color": "#e9f0f4", "font_color": "#1f2d3a", "bottom": 1,
        "text_wrap": True, "valign": "bottom", "align": "right", "font_size": 9,
    },
    "head_up": {
        "bold": True, "bg_color": "#e9f0f4", "font_color": "#1f2d3a", "bottom": 1,
        "text_wrap": True, "rotation": 90, "align": "right", "font_size": 9,
    },
    "head_left": {
        "bold": True, "bg_color": "#e9f0f4", "font_color": "#1f2d3a", "bottom": 1,
        "text_wrap": True, "valign": "bottom",
    },
    "text": {"valign": "top"},
    "part": {"valign": "top", "indent": 1, "font_color": "#6b7a89"},
    "wrap": {"valign": "top", "text_wrap": True},
    "group": {"bold": True, "bg_color": "#f3f6f8"},
    "unit": {"bold": True, "align": "center", "font_size": 9, "font_color": "#2c6e8f", "left": 1,
             "left_color": "#ffffff", "bg_color": "#e9f0f4"},
    "number": {"num_format": "#,##0", "valign": "top"},
    "total": {"bold": True, "top": 1},
    "total_number": {"bold": True, "top": 1, "num_format": "#,##0"},
}  # fmt: skip


def figures_xlsx(report, matrix) -> bytes:
    """Return the workbook of a report."""
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as workbook:
        FiguresWorkbook(workbook, report, matrix).fill()
    return output.getvalue()


def _is_long(heading) -> bool:
    """Whether a list has too many rows to stand across a table, as topics have."""
    rule = RULES[heading.rule]
    return bool(rule.items and rule.items.many) or bool(rule.trait and rule.trait.by_area)


class FiguresWorkbook:
    """Writes the sheets; ``view`` gives the words in the reader's language."""

    def __init__(self, workbook, report, matrix):
        self.env = report.env
        self.workbook = workbook
        self.report = report
        self.matrix = matrix
        self.view = FiguresView(report, matrix)
        self.head = self.view.head()
        self.formats = {name: workbook.add_format(spec) for name, spec in FORMATS.items()}

    def fill(self):
        """Write all sheets."""
        self.workbook.set_properties(
            {"title": self.head["title"], "company": self.head["employer"]}
        )
        self._overview()
        for breakdown in BREAKDOWNS:
            if breakdown != TOTAL and breakdown in self.matrix.columns:
                self._breakdown(breakdown)
        self._lists()
        self._definitions()

    def _sheet(self, name, widths, heads, style="head"):
        """Add a sheet with its own title, period, scope, print date and header row."""
        sheet = self.workbook.add_worksheet(FORBIDDEN.sub(" ", name)[:31])
        sheet.hide_gridlines(2)
        self._write_title(sheet, name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, head in enumerate(heads):
            form = self.formats[style if column else "head_left"]
            sheet.write_string(FIRST_ROW, column, head, form)
        note = " ".join(filter(None, (self.head["warning"], self.view.legend())))
        sheet.write_string(FIRST_ROW - 2, 0, note, self.formats["fact"])
        sheet.freeze_panes(FIRST_ROW + 1, 1)
        self._set_page(sheet)
        return sheet

    def _write_title(self, sheet, name):
        sheet.write_string(0, 0, f"{self.head['title']} – {name}", self.formats["title"])
        facts = [
            (self.env._("Whose work"), self.head["scope"]),
            (self.env._("Period"), self.head["period"]),
            (self.env._("Printed on"), self.head["printed"]),
        ]
        for row, (label, value) in enumerate(facts, start=1):
            sheet.write_string(row, 0, f"{label}: {value}", self.formats["fact"])

    def _set_page(self, sheet):
        """Set how a sheet is printed."""
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.repeat_rows(FIRST_ROW)
        # "&" introduces a code in a footer
        employer = self.head["employer"].replace("&", "&&")
        sheet.set_footer(f"&L&8{employer}&C&8&A&R&8&P / &N")

    def _number(self, sheet, row, column, value, style="number"):
        """Write a number; one that is hidden stays the dot of the paper."""
        if value is None:
            sheet.write_string(row, column, ".", self.formats[style])
        else:
            sheet.write_number(row, column, value, self.formats[style])

    def _overview(self):
        heads = [self.env._("Figure"), self.env._("Number")]
        sheet = self._sheet(self.env._("Overview"), [60, 14], heads)
        for index, row in enumerate(self.matrix.main_rows(), start=FIRST_ROW + 1):
            style = self.formats["part" if row.level else "text"]
            sheet.write_string(index, 0, self.view.label(row), style)
            self._number(sheet, index, 1, self.matrix.value(row))
        below = FIRST_ROW + len(self.matrix.main_rows()) + 2
        for index, (label, value) in enumerate(self.head["seal"], start=below):
            sheet.write_string(index, 0, f"{label}: {value}", self.formats["fact"])

    def _units(self, sheet, groups):
        """Write the units above the columns they belong to."""
        column = 1
        for title, size in groups:
            if size > 1:
                sheet.merge_range(FIRST_ROW - 1, column, FIRST_ROW - 1, column + size - 1, "")
            sheet.write_string(FIRST_ROW - 1, column, title, self.formats["unit"])
            column += size

    def _breakdown(self, breakdown):
        """Write members down; main figures and lists across, but for those that are long."""
        table = self.view.breakdown(breakdown)
        rows, heads = self.matrix.main_rows(), [table["title"], *table["heads"]]
        for heading in self.matrix.headings():
            if not _is_long(heading):
                items = self.matrix.items(heading)
                rows += items
                heads += [self.view.label(row) for row in items]
                table["units"].append((self.view.label(heading), len(items)))
        groups = [group for group in table["units"] if group[1]]
        # A title above one column alone needs the room there
        widths = [6.3 if size > 1 else 9 for _title, size in groups for _column in range(size)]
        sheet = self._sheet(table["title"], [26, *widths], heads, "head_up")
        sheet.set_row(FIRST_ROW, 105)
        self._units(sheet, groups)
        self._members(sheet, breakdown, rows)

    def _members(self, sheet, breakdown, rows):
        """Write a line of numbers per member, the total below."""
        line = FIRST_ROW
        for line, column in enumerate(self.matrix.columns[breakdown], start=FIRST_ROW + 1):
            label = self.view.column_label(breakdown, column)
            sheet.write_string(line, 0, label, self.formats["text"])
            for position, row in enumerate(rows, start=1):
                self._number(sheet, line, position, self.matrix.value(row, breakdown, column.key))
        sheet.write_string(line + 1, 0, self.env._("Total"), self.formats["total"])
        for position, row in enumerate(rows, start=1):
            self._number(sheet, line + 1, position, self.matrix.value(row), "total_number")

    def _lists(self):
        """Write channels, areas and topics (or traits), in total and by month."""
        months = self.matrix.columns.get(MONTH, [])
        heads = ["", self.env._("Total"), *(self.view.column_label(MONTH, m) for m in months)]
        by_trait = self.report.profile != STATE
        sheet = self._sheet(
            self.env._("Traits") if by_trait else self.env._("Channels, areas, topics"),
            [46] + [9.5] * (len(months) + 1),
            heads,
        )
        line = FIRST_ROW + 1
        for heading in self.matrix.headings():
            sheet.write_string(line, 0, self.view.label(heading), self.formats["group"])
            for column in range(len(months) + 1):
                sheet.write_blank(line, column + 1, None, self.formats["group"])
            if RULES[heading.rule].content:
                line += 1
                label = self.view.known_label(heading)
                self._list_row(sheet, line, label, heading, self.matrix.known, months)
            for row in self.matrix.items(heading):
                line += 1
                label = self.view.part_label(row)
                self._list_row(sheet, line, label, row, self.matrix.value, months)
            line += 1

    def _list_row(self, sheet, line, label, row, number, months):
        """Write a label and what ``number`` returns for the row, in total and by month."""
        sheet.write_string(line, 0, label, self.formats["text"])
        self._number(sheet, line, 1, number(row))
        for position, month in enumerate(months, start=2):
            self._number(sheet, line, position, number(row, MONTH, month.key))

    def _definitions(self):
        heads = [self.env._("Figure"), self.env._("Definition")]
        sheet = self._sheet(self.env._("Definitions"), [44, DEFINITION], heads, "head_left")
        for line, (name, definition) in enumerate(self.view.definitions(), start=FIRST_ROW + 1):
            sheet.write_string(line, 0, name, self.formats["wrap"])
            sheet.write_string(line, 1, definition, self.formats["wrap"])
            # Not every program finds the height of wrapped text by itself
            sheet.set_row(line, LINE * max(1, -(-len(definition) // (DEFINITION - 8))))
