"""Reader of county presets: plain rows in, or every broken line named with its number."""

import csv
import io
from typing import NamedTuple

from odoo.exceptions import UserError

HEADER = ["county", "county_ags", "municipality", "ags", "mode", "principal", "employer"]
MODES = ("own", "commissioned", "delegated")
MAX_BYTES = 1024 * 1024
MAX_ERRORS = 20


class PresetRow(NamedTuple):
    """One line of a preset: a municipality and, if it has one, its mandate."""

    line: int
    county: str
    county_ags: str
    municipality: str
    ags: str
    mode: str
    principal: str
    employer: str


def read_preset(content: bytes, env) -> list[PresetRow]:
    """Return the rows of a preset file.

    :raises UserError: if anything is wrong with the file, listing the broken lines
    """
    records = _split(_decode(content, env), env)
    rows, errors, seen = [], [], {}
    for line, cells in records:
        row_errors = _cell_errors(cells, env)
        if not row_errors:
            row = PresetRow(line, *cells)
            row_errors = _value_errors(row, env) + _conflicts(row, seen, env)
            rows.append(row)
        errors += [env._("Line %(line)s: %(error)s", line=line, error=e) for e in row_errors]
    if errors:
        _fail(errors, env)
    if not rows:
        raise UserError(env._("The file holds no municipality."))
    return rows


def _decode(content, env):
    """Return the text of the file, which must be UTF-8 and of a sane size."""
    if len(content) > MAX_BYTES:
        raise UserError(env._("The file is larger than 1 MB: this cannot be a county preset."))
    if not content.strip():
        raise UserError(env._("The file is empty."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UserError(
            env._("Line %s: the file is not in UTF-8. Save it as “CSV UTF-8”.", line)
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise UserError(env._("Line %s: this is not a text file.", line))
    return text


def _split(text, env):
    """Return (line number, stripped cells) of each line below a correct header."""
    # Excel writes semicolons in German, commas in English.
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = []
    start = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                records.append((start, stripped))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UserError(
            env._("Line %s: a quotation mark is missing or misplaced.", start)
        ) from error
    line, header = records[0] if records else (1, [])
    if [cell.lower() for cell in header] != HEADER:
        raise UserError(
            env._(
                "Line %(line)s: the first line must name the columns %(columns)s.",
                line=line,
                columns=", ".join(HEADER),
            )
        )
    return records[1:]


def _cell_errors(cells, env):
    """Return what is wrong with the shape of a line."""
    if len(cells) != len(HEADER):
        return [
            env._(
                "%(count)s columns instead of %(expected)s.", count=len(cells), expected=len(HEADER)
            )
        ]
    return []


def _value_errors(row, env):
    """Return what is wrong with the values of a single line."""
    errors = []
    if not row.county or not row.municipality:
        errors.append(env._("the name of the county or municipality is missing."))
    if not _is_key(row.county_ags, 5):
        errors.append(env._("the county key “%s” must have five digits.", row.county_ags))
    if not _is_key(row.ags, 8):
        errors.append(env._("the municipality key “%s” must have eight digits.", row.ags))
    elif not row.ags.startswith(row.county_ags):
        errors.append(
            env._(
                "the municipality key %(ags)s does not belong to county %(county)s.",
                ags=row.ags,
                county=row.county_ags,
            )
        )
    if row.mode and row.mode not in MODES:
        errors.append(
            env._(
                "unknown mode “%(mode)s”; possible are %(modes)s or nothing.",
                mode=row.mode,
                modes=", ".join(MODES),
            )
        )
    if row.mode and not row.employer:
        errors.append(env._("a mode without an employer."))
    if not row.mode and (row.employer or row.principal):
        errors.append(env._("an employer or principal without a mode."))
    return errors


def _conflicts(row, seen, env):
    """Return how a line contradicts or repeats an earlier one; note it in ``seen``."""
    errors = []
    county = seen.setdefault(("county", row.county_ags), row)
    if county.county != row.county:
        errors.append(env._("another name for the county of line %s.", county.line))
    for key in (("municipality", row.ags), ("name", row.county, row.municipality)):
        other = seen.setdefault(key, row)
        if (other.county_ags, other.ags, other.municipality) != (
            row.county_ags,
            row.ags,
            row.municipality,
        ):
            errors.append(
                env._("the municipality of line %s with another county, key or name.", other.line)
            )
            return errors
    # One municipality may have several employers, but each of them once.
    other = seen.setdefault(("employer", row.ags, row.employer), row)
    if other is not row:
        errors.append(env._("the municipality and employer of line %s again.", other.line))
    return errors


def _is_key(value, length):
    return len(value) == length and value.isascii() and value.isdigit()


def _fail(errors, env):
    """Raise one message with the first errors and the number of the others."""
    shown = errors[:MAX_ERRORS]
    if len(errors) > MAX_ERRORS:
        shown.append(env._("… and %s more.", len(errors) - MAX_ERRORS))
    raise UserError("\n".join([env._("Nothing was loaded. The file has errors:"), *shown]))
