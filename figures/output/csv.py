"""The official figures as one flat list for other programs: a line per number."""

import csv
import io

from ..breakdowns import BREAKDOWNS
from ..registry import RULES
from .view import FiguresView

# A spreadsheet takes a text that begins so for a formula, and would run it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def figures_csv(report, matrix) -> bytes:
    """Return the list with numbers as numbers.

    The mark at the beginning (BOM) makes a German spreadsheet read it as UTF-8, and the
    semicolon as columns; where the decimal sign is a point, the comma separates.
    """
    env = report.env
    view = FiguresView(report, matrix)
    output = io.StringIO()
    comma = env["res.lang"]._lang_get(view.lang).decimal_point == ","
    writer = csv.writer(output, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow(
        [
            env._("From"),
            env._("Until"),
            env._("Figure"),
            env._("Part"),
            env._("Code"),
            env._("Breakdown"),
            env._("For"),
            env._("Remark"),
            env._("Number"),
        ]
    )
    titles = {row.code: view.label(row) for row in matrix.rows if not row.item}
    for row in matrix.rows:
        for breakdown in BREAKDOWNS if matrix.has_numbers(row) else ():
            for column in matrix.columns.get(breakdown, ()):
                place = (breakdown, column.key)
                value = matrix.known(row, *place) if row.is_heading else matrix.value(row, *place)
                writer.writerow(
                    [
                        report.date_from.isoformat(),
                        report.date_to.isoformat(),
                        _text(titles.get(row.code, "")),
                        _text(_part(view, row)),
                        _text(row.code),
                        _text(view.breakdown_title(breakdown)),
                        _text(view.column_label(breakdown, column)),
                        _remark(env, row) if value is None else _late(view, row),
                        "." if value is None else value,
                    ]
                )
    return output.getvalue().encode("utf-8-sig")


def _part(view, row) -> str:
    """Return what of a list a row is about."""
    if row.is_heading:
        return view.known_label(row)
    return view.part_label(row) if row.item else ""


def _remark(env, row) -> str:
    """Say why a number is a dot."""
    if RULES[row.rule].answer:
        return env._("not told for this time or part, or about too few arrivals")
    if RULES[row.rule].content:
        return env._("not told for this time or part, or about too few persons")
    return env._("not printed: small, or near a small number")


def _late(view, row) -> str:
    """Say where something that came late is not counted yet."""
    rule = RULES[row.rule]
    return view.late_legend() if rule.content or rule.answer or rule.trait else ""


def _text(text) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
