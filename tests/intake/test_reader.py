import io
import zipfile
from datetime import date, datetime

from openpyxl import Workbook

from odoo.tests import BaseCase, tagged

from ...models.intake.cells import CellError, choice, day, target, yes
from ...models.intake.reader import UnreadableError, escaped, read_table, unpacked


@tagged("post_install", "-at_install")
class TestReader(BaseCase):
    """Whatever system wrote the file: its cells are read for what they say."""

    def _rows(self, content):
        return [row for _number, row in read_table(content)[1]]

    def _book(self, *lines):
        book = Workbook()
        for line in lines:
            book.active.append(line)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def test_csv_of_any_kind(self):
        text = "Nachname;Ort\nMüller;Überlingen\n"
        for content in (
            text.encode(),
            text.encode("utf-8-sig"),
            text.encode("latin-1"),
            text.encode("utf-16"),
            text.replace(";", ",").encode(),
            text.replace(";", "\t").replace("\n", "\r\n").encode("cp1252"),
            ("\n;\n" + text).encode(),
        ):
            with self.subTest(content[:20]):
                self.assertEqual(self._rows(content), [{"Nachname": "Müller", "Ort": "Überlingen"}])

    def test_a_row_keeps_its_number_in_the_file(self):
        _columns, rows = read_table(b"Name\nA\n\nB\n")
        self.assertEqual([number for number, _row in rows], [2, 4])

    def test_words_with_separators_and_breaks(self):
        rows = self._rows(b'Name;Ort\n"Muster; Eva";"a\nb"\n')
        self.assertEqual(rows, [{"Name": "Muster; Eva", "Ort": "a b"}])

    def test_workbook(self):
        content = self._book(
            ["Name", "Geburtsdatum", "Telefon", "Satz"],
            ["Eva", datetime(1990, 2, 3), 7541123.0, "=1+1"],
        )
        self.assertEqual(
            self._rows(content),
            # The formula was never computed: it has no value, and is not executed here.
            [{"Name": "Eva", "Geburtsdatum": "1990-02-03", "Telefon": "7541123", "Satz": ""}],
        )

    def test_what_begins_like_a_formula_is_words_and_comes_back(self):
        for word in ("=cmd()", "+49 7541", "-", "@x", "'=a"):
            with self.subTest(word):
                self.assertTrue(escaped(word).startswith("'"))
                rows = self._rows(f"Name;Ort\n{word};x\n{escaped(word)};x\n".encode())
                self.assertEqual(rows[1]["Name"], word)
        self.assertEqual(self._rows(b"Name\n=1+1\n"), [{"Name": "=1+1"}])

    def test_what_cannot_be_read(self):
        for content, reason in (
            (b"", "empty"),
            (b"Name\n", "empty"),
            (b"Name;name\nA;B\n", "twice"),
            (b"PK\x03\x04 no book", "workbook"),
            (b"\xd0\xcf\x11\xe0\x00\x00", "workbook"),
            (b"Name\n" + b"A\n" * 20_001, "rows"),
            (b"A" * (20 * 1024 * 1024 + 1), "large"),
        ):
            with self.subTest(reason), self.assertRaises(UnreadableError) as caught:
                read_table(content)
            self.assertEqual(caught.exception.args[0], reason)

    def test_a_broken_workbook_is_said_to_be_none(self):
        """Cut off, locked, packed in a way of its own, or of other parts."""
        whole = self._book(["Name"], ["A"])
        sheet, book = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
        broken = {
            "cut off": self._with_part(whole, sheet, lambda part: part[: len(part) // 2]),
            "no sheet": self._with_part(whole, sheet, lambda part: b""),
            "no such cell": self._with_part(whole, sheet, lambda p: p.replace(b"A1", b"ZZZZZ1")),
            "another book": self._with_part(whole, book, lambda part: b"<a/>"),
            "cut off book": self._with_part(whole, book, lambda part: part[:100]),
            # Marks in the list of what is packed: locked, and by an unknown method
            "locked": self._with_mark(whole, 8, 1),
            "packed oddly": self._with_mark(whole, 10, 99),
        }
        for what, content in broken.items():
            with self.subTest(what), self.assertRaises(UnreadableError) as caught:
                read_table(content)
            self.assertEqual(caught.exception.args[0], "workbook")
        with self.assertRaises(UnreadableError):
            unpacked("cut")

    def _with_part(self, book, name, change):
        """Return a workbook with one of its parts changed."""
        content = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w") as new:
            for part in old.infolist():
                read = old.read(part)
                new.writestr(part.filename, change(read) if part.filename == name else read)
        return content.getvalue()

    def _with_mark(self, book, place, mark):
        """Return a workbook with one byte changed in each entry of its list."""
        first, *entries = book.split(b"PK\x01\x02")
        marked = [e[: place - 4] + bytes([mark]) + e[place - 3 :] for e in entries]
        return b"PK\x01\x02".join([first, *marked])

    def test_days(self):
        for text in ("1990-02-03", "3.2.1990", "03.02.1990", "1990-02-03 00:00:00", "32907"):
            with self.subTest(text):
                self.assertEqual(day(text), date(1990, 2, 3))
        for text in ("3.2.90", "02/03/1990", "31.2.1990", "soon", "1990", "123456"):
            with self.subTest(text), self.assertRaises(CellError):
                day(text)

    def test_choices_and_columns(self):
        self.assertTrue(yes("Ja"))
        self.assertFalse(yes("nein"))
        self.assertEqual(choice("männlich", {"male": "male mannlich"}), "male")
        with self.assertRaises(CellError):
            yes("perhaps")
        for column, field in (
            ("Geburtsdatum", "birthdate"), ("STRASSE", "street"), ("Straße", "street"),
            ("Consent signed on", "consent_date"), ("date_of_birth", "birthdate"),
            ("Something", None),
        ):  # fmt: skip
            with self.subTest(column):
                self.assertEqual(target(column), field)
