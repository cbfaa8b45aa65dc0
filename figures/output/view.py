"""What screen and PDF show: the matrix in words of the reader's language.

Templates get ready texts only, so that both show the same and stay free of logic.
"""

import json
from datetime import date

from markupsafe import Markup

from odoo.tools import format_date, formatLang

from ..breakdowns import MONTH, TOTAL
from ..registry import RULES
from ..request import STATE
from ..traits.reading import AREA
from .chart import NARROW, WIDE, bar_chart, column_chart
from .head import FiguresHead

LINK = Markup('<a href="#" class="o_figures_cell" data-cell="{cell}">{text}</a>')
TOP_AREAS = 5  # as the state publishes them


def linked_number(cell, text):
    """Return a number as a link; the screen calls ``action_open_cell`` with ``cell``."""
    return LINK.format(cell=json.dumps(cell), text=text)


def _is_content(heading):
    """Whether a list tells what talks were about."""
    return RULES[heading.rule].content


def by_unit(rows):
    """Return [(unit, rows)] of neighbours with the same unit; a county may reorder them."""
    groups = []
    for row in rows:
        if not groups or groups[-1][0] != row.unit:
            groups.append((row.unit, []))
        groups[-1][1].append(row)
    return groups


def figures_view(report, matrix, breakdown, linked=False):
    """Return a dict of everything the templates need."""
    return FiguresView(report, matrix, linked).data(breakdown)


class FiguresView(FiguresHead):
    """Turns a matrix into tables, graphs and texts."""

    def __init__(self, report, matrix, linked=False):
        """:param linked: whether numbers are links to the records behind them"""
        super().__init__(report, matrix)
        self.linked = linked
        selection = self.env["integration.indicator"]._fields["unit"]
        self.units = dict(selection._description_selection(self.env))

    def data(self, breakdown):
        """Return the whole view."""
        return {
            **self.head(),
            "tiles": self.tiles(),
            "months_title": self.months_title(),
            "months_chart": self.months_chart(),
            "areas_chart": self.areas_chart(),
            "months_narrow": self.months_chart(NARROW),
            "areas_narrow": self.areas_chart(NARROW),
            "overview": self.overview(),
            "office_share": self.office_share(),
            "lists": self.lists(),
            # The hierarchy of local monitoring has no column for everything
            "breakdown": breakdown in self.matrix.columns
            and breakdown != TOTAL
            and self.breakdown(breakdown),
            "no_breakdown": ""
            if breakdown in self.matrix.columns
            else self.env._("The hierarchy of these figures has no such table here."),
            "trait_tables": self.trait_tables(breakdown),
            "legend": self.legend(),
            "definitions": self.definitions(),
            "signatures": self.signatures(breakdown),
        }

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------
    def cell(self, row, breakdown=TOTAL, key=""):
        """Write the number of a cell, on screen as a link for anyone who may see files."""
        value = self.matrix.value(row, breakdown, key)
        text = self.number(value)
        if not (self.linked and value):
            return text
        return linked_number([row.code, row.item, breakdown, key], text)

    def month(self, key, form="MMM yyyy"):
        """Write a month column's key in words."""
        return format_date(self.env, date.fromisoformat(key), date_format=form)

    def label(self, row):
        """Return the name of a row in the reader's language."""
        return row.text("label", self.lang)

    def part_label(self, row):
        """Return the name of a row where it stands alone: with that of its life area, if any."""
        trait = RULES[row.rule].trait
        if not (trait and trait.by_area):
            return self.label(row)
        return f"{row.text('group', self.lang)}: {self.label(row)}"

    def breakdown_title(self, breakdown):
        """Return e.g. "By case worker"."""
        selection = self.report._fields["breakdown"]._description_selection(self.env)
        return dict(selection)[breakdown]

    def column_label(self, breakdown, column):
        """Return the name of a column; an empty key is work that nobody is set for."""
        if breakdown == MONTH:
            return self.month(column.key)
        if breakdown == TOTAL:
            return self.env._("Total")
        return column.label if column.key else self.env._("Not assigned")

    # ------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------
    def tiles(self):
        """Return the figures that stand at the top in large print."""
        large = (self.matrix.by_rule(key) for key, rule in RULES.items() if rule.large)
        return [{"label": self.label(row), "value": self.cell(row)} for row in large if row]

    def overview(self):
        """Return the main figures grouped by unit."""
        return [
            {
                "title": self.units[unit],
                "rows": [
                    {"label": self.label(row), "level": row.level, "value": self.cell(row)}
                    for row in rows
                ],
            }
            for unit, rows in by_unit(self.matrix.main_rows())
        ]

    def lists(self):
        """Return channels with their share of all talks, traits with that of all persons.

        Shares of areas and topics are of the talks of which any is known.
        """
        whole = self._whole()
        total = self.matrix.value(whole) if whole else 0
        return [
            {
                "title": self.label(heading),
                "rows": self._list_rows(heading, self._base(heading, total)),
                "note": self._list_note(heading),
            }
            for heading in self.matrix.headings()
        ]

    def _base(self, heading, total):
        """Return what the rows of a list are shares of; older figures do not say what is known."""
        known = self.matrix.known(heading) if _is_content(heading) else None
        return total if known is None else known

    def _whole(self):
        """Return the row that lists are shares of: all talks, or all persons."""
        return self.matrix.by_rule("talk") or self.matrix.by_rule("person")

    def _list_rows(self, heading, total):
        """Return the rows of a list; a group is named above its first row."""
        rows, last_group = [], None
        for row in self.matrix.items(heading):
            group = row.text("group", self.lang)
            value = self.matrix.value(row)
            rows.append(
                {
                    "group": group if group != last_group else "",
                    "label": self.label(row),
                    "value": self.cell(row),
                    "share": self.share(value, total),
                    "width": round(100 * value / total) if value and total else 0,
                }
            )
            last_group = group
        return rows

    def _list_note(self, heading):
        """Return what must be said about a list: what was known, and what is not told."""
        if not _is_content(heading):
            return ""
        several = self.env._("One talk may have several, so the sum exceeds the number of talks.")
        if self.matrix.is_hidden(heading):
            return self.contents_legend()
        known, talks = self.matrix.known(heading), self.matrix.by_rule("talk")
        if known is None or not talks:
            return several
        numbers = {"known": self.number(known), "talks": self.number(self.matrix.value(talks))}
        if heading.rule == "talk_topic":
            words = self.env._(
                "Topics known for %(known)s of %(talks)s talks; shares are of these.", **numbers
            )
        else:
            words = self.env._(
                "Areas known for %(known)s of %(talks)s talks; shares are of these.", **numbers
            )
        return f"{words} {several}"

    def legend(self):
        """Say in words what the mark of a hidden number means, and what came too late."""
        return f"{self.hidden_legend()} {self.late_legend()}".strip()

    def late_legend(self):
        """Say in words that something which came late is not in all numbers."""
        if not self.matrix.late:
            return ""
        if self.report.profile == STATE:
            return self.env._(
                "A few talks or answers were entered or changed late: the totals count them; areas,"
                " topics and answers that were printed before do not yet."
            )
        return self.env._(
            "A few persons were entered or changed late: the totals count them; figures by trait"
            " that were printed before do not yet."
        )

    def hidden_legend(self):
        """Say in words what the mark of a hidden number means."""
        if not self.matrix.has_hidden():
            return ""
        if self.report.profile == STATE:
            return f"{self.contents_legend()} {self.answers_legend()}".strip()
        return self.env._(
            "A dot (.) stands for a number that is not printed: because it is small, or because"
            " a small one could be worked out from it. A zero is a zero."
        )

    def answers_legend(self):
        """Say in words what the dot of an offer accepted or declined means."""
        if not any(RULES[row.rule].answer for row in self.matrix.rows):
            return ""
        return self.env._(
            "Offers accepted and declined are told for quarters that are over and for sums of"
            " them, of groups with enough answers."
        )

    def contents_legend(self):
        """Say in words what the dot of an area or topic means."""
        return self.env._(
            "A dot (.) stands for areas and topics that are not told here. They are told of an"
            " employer or case worker for quarters, half-years, years, grant periods and whole"
            " times that are over, with enough persons in them and in what is left over."
        )

    def known_label(self, heading):
        """Return the name of the line that says of how many talks any area or topic is known."""
        if heading.rule == "talk_topic":
            return self.env._("Talks of which topics are known")
        return self.env._("Talks of which areas are known")

    def share(self, value, total):
        """Write a share of the whole in per cent."""
        if not total or value is None:
            return ""
        return self.env._("%s %%", formatLang(self.env, 100 * value / total, digits=0))

    def trait_tables(self, breakdown):
        """Return one table per trait: members of the breakdown down, categories across."""
        if breakdown == TOTAL or breakdown not in self.matrix.columns:
            return []
        tables = []
        for heading in self.matrix.headings():
            if RULES[heading.rule].trait:
                for area, rows in self._by_area(self.matrix.items(heading)):
                    table = self.breakdown(breakdown, rows)
                    title = f"{self.label(heading)}: {area}" if area else self.label(heading)
                    table.update(title=title, note="")
                    tables.append(table)
        return tables

    def _by_area(self, rows):
        """Return [(life area, its rows)]; of most traits there is one without a name."""
        areas = {}
        for row in rows:
            areas.setdefault(row.item // AREA, []).append(row)
        return [(rows[0].text("group", self.lang), rows) for rows in areas.values()]

    def breakdown(self, breakdown, rows=None):
        """Return one table: members of the breakdown down, main figures across."""
        rows = self.matrix.main_rows() if rows is None else rows
        body = [
            {
                "label": self.column_label(breakdown, column),
                "values": [self.cell(row, breakdown, column.key) for row in rows],
            }
            for column in self.matrix.columns[breakdown]
        ]
        return {
            "title": self.breakdown_title(breakdown),
            "units": [(self.units[unit], len(group)) for unit, group in by_unit(rows)],
            "heads": [row.text("short", self.lang) or self.label(row) for row in rows],
            "rows": body,
            "total": [self.cell(row) for row in rows],
            "note": self.env._(
                "Persons and families are counted once in every row and once in the total,"
                " so the rows may sum up to more than the total."
            ),
        }

    def definitions(self):
        """Return (name, definition) of every figure shown."""
        rows = [row for row in self.matrix.rows if not row.item]
        return [(self.label(row), row.text("definition", self.lang)) for row in rows]

    # ------------------------------------------------------------
    # Graphs
    # ------------------------------------------------------------
    def months_chart(self, width=WIDE):
        """Draw talks (or persons) by month, if there are several months."""
        row = self._whole()
        columns = self.matrix.columns.get(MONTH, [])
        if not row or len(columns) < 2:
            return ""
        form = "MMM" if len({column.key[:4] for column in columns}) == 1 else "MMM yy"
        bars = [
            (self.month(column.key, form), self.matrix.value(row, MONTH, column.key))
            for column in columns
        ]
        return column_chart(self.months_title(), bars, width, number=self.number)

    def office_share(self):
        """Return how many of the talks were at office hours, in all and by month.

        The way from going to people to their coming (county standard 3.1, 3.3). Nothing for
        figures that were stored without it.
        """
        talks, office = self.matrix.by_rule("talk"), self.matrix.by_rule("office_talk")
        if not (talks and office and self.matrix.value(talks)):
            return None
        columns = self.matrix.columns.get(MONTH, [])
        months = columns if len(columns) > 1 else []
        bars = []
        for column in months:
            all_talks = self.matrix.value(talks, MONTH, column.key)
            held = self.matrix.value(office, MONTH, column.key)
            label = self.month(column.key, "MMM yy")
            bars.append((label, round(100 * held / all_talks) if all_talks else 0))
        title = self.env._("Share of office hours in all talks, in per cent")
        return {
            "title": title,
            "rows": [self._share_row(talks, office, MONTH, column) for column in months],
            "total": self._share_row(talks, office, TOTAL, None),
            "chart": column_chart(title, bars, number=self.number) if bars else "",
            "narrow": column_chart(title, bars, NARROW, number=self.number) if bars else "",
        }

    def _share_row(self, talks, office, breakdown, column):
        key = column.key if column else ""
        whole = self.matrix.value(talks, breakdown, key)
        part = self.matrix.value(office, breakdown, key)
        return {
            "label": self.month(key) if column else self.env._("Total"),
            "talks": self.number(whole),
            "office": self.number(part),
            "share": self.share(part, whole),
        }

    def months_title(self):
        """Return what the graph of the months shows."""
        if self.matrix.by_rule("talk"):
            return self.env._("Talks by month")
        return self.env._("Persons counselled by month")

    def areas_chart(self, width=WIDE):
        """Draw the areas most talked about."""
        heading = next((h for h in self.matrix.headings() if h.rule == "talk_area"), None)
        if not heading:
            return ""
        bars = [(self.label(row), self.matrix.value(row)) for row in self.matrix.items(heading)]
        bars = sorted((bar for bar in bars if bar[1]), key=lambda bar: -bar[1])[:TOP_AREAS]
        return bar_chart(self.label(heading), bars, width, number=self.number) if bars else ""
