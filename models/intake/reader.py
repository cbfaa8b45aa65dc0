"""Reads tables of other systems: csv and xlsx into words, in plain Python.

Nothing is executed and nothing is guessed: of a formula counts the value it had when the file was
saved, and a cell is what it says.
"""

import base64
import csv
import io
import zipfile
import zlib
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 20 * 1024 * 1024
# What a workbook may grow to: a small file can hold a great deal of nothing.
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_SIGNS = 20_000, 100, 2000
SEPARATORS = ";,\t|"
# What the libraries raise for a workbook that is none: cut off, locked, packed in a way of its own
BROKEN = (
    *(zipfile.BadZipFile, InvalidFileException, zlib.error, SyntaxError, EOFError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, OSError),
)
# A cell that begins so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnreadableError(Exception):
    """The file as a whole cannot be read; ``args[0]`` is one of the reasons."""


def read_table(content):
    """Return (columns, rows) of a file: rows are (number in the file, {column: words}).

    Empty rows are left out, and the others keep their number.

    :raises UnreadableError: "large", "empty", "workbook", "columns", "twice", "rows"
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError("large")
    lines = _read_xlsx(content) if content.startswith(b"PK\x03\x04") else _read_csv(content)
    columns, rows = None, []
    for number, line in enumerate(lines, 1):
        cells = [_words(cell) for cell in line[:MOST_COLUMNS]]
        if not any(cells):
            continue
        if columns is None:
            columns = cells
            named = [column for column in columns if column]
            if len(named) != len({column.casefold() for column in named}):
                raise UnreadableError("twice")
            continue
        if len(rows) >= MOST_ROWS:
            raise UnreadableError("rows")
        rows.append((number, {c: cell for c, cell in zip(columns, cells, strict=False) if c}))
    if not columns or not rows:
        raise UnreadableError("empty")
    return [column for column in columns if column], rows


def unpacked(value):
    """Return the content of a file as it comes from a form, in base64.

    :raises UnreadableError: "workbook", for what was cut off on its way
    """
    try:
        return base64.b64decode(value or b"")
    except ValueError as error:
        raise UnreadableError("workbook") from error


def decoded(content):
    """Return the words of a csv file, whatever system wrote them.

    UTF-8 is recognised by itself; anything else is the Western code page of Windows, which
    Latin-1 is a part of as far as letters go.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator(text):
    """Return what separates the columns: what the first line has most of, outside quotes."""
    lines = text.lstrip("\n").splitlines()
    bare = "".join(lines[:1] and lines[0].split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def escaped(value):
    """Return a value for a cell that no spreadsheet takes for a formula."""
    text = "" if value is None or value is False else str(value)
    return f"'{text}" if text.startswith(FORMULA) or text.startswith("'") else text


def _read_csv(content):
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise UnreadableError("workbook")
    csv.field_size_limit(MOST_BYTES)
    return csv.reader(io.StringIO(text), delimiter=separator(text))


def _read_xlsx(content):
    """Yield the lines of a workbook. What in it is broken shows while they are read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise UnreadableError("large")
            for part in packed.infolist():
                with packed.open(part) as stream:
                    # Workbooks have no document type; what has one wants to be expanded.
                    if b"<!DOCTYPE" in stream.read(2000):
                        raise UnreadableError("workbook")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
    except BROKEN as error:
        raise UnreadableError("workbook") from error


def _words(cell):
    """Return the words of one cell; a day as YYYY-MM-DD."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).replace("\x00", "").split())[:MOST_SIGNS]
    # What was escaped when it was exported
    if text.startswith("'") and text[1:].startswith((*FORMULA, "'")):
        return text[1:]
    return text
