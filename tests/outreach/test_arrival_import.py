import base64
import io
from datetime import timedelta

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .outreach_common import OutreachCommon

HEAD = ["Gemeinde", "Umzugstag", "Personen", "Sprachen", "Straße", "Name", "Zimmer"]


@tagged("post_install", "-at_install")
class TestArrivalImport(OutreachCommon):
    """A list of moves as a file: entered as by hand, and never twice."""

    def _import(self, user, *rows, head=HEAD):
        lines = [";".join(map(str, row)) for row in (head, *rows)]
        return self._import_bytes(user, "\n".join(lines).encode())

    def _import_bytes(self, user, content):
        self.env.flush_all()
        dialog = self._as(user)["integration.arrival.import"].create(
            {"file": base64.b64encode(content)}
        )
        answer = dialog.action_import()
        self.assertFalse(dialog.file)
        return answer["params"]["message"]

    def _row(self, days_ago=3, persons=2, street="Lindenstraße 4", name=""):
        day = (self.today - timedelta(days=days_ago)).strftime("%d.%m.%Y")
        return ["aheim", day, persons, "ar, Klingonisch", street, name, "12"]

    def _all(self):
        return self.env["integration.arrival"].search([])

    def test_rows_are_entered_as_by_hand(self):
        for user, source in ((self.worker_a, "import"), (self.accommodation, "accommodation")):
            before = self._all()
            self._import(user, self._row(name=f"Family {source}"), self._row(persons=3))
            new = self._all() - before
            self.assertEqual(sorted(new.mapped("person_count")), [2, 3])
            self.assertEqual(set(new.mapped("source")), {source})
            self.assertEqual(new.company_id, self.company_a)
            self.assertEqual(new.language_ids.mapped("code"), ["ar"])
            new._as_system().unlink()

    def test_the_same_file_twice_makes_nothing_twice(self):
        rows = [
            self._row(),
            # Two single men into the same house on the same day
            self._row(persons=1, street="Keplerstraße 2"),
            self._row(persons=1, street="Keplerstraße 2"),
        ]
        for user in (self.worker_a, self.accommodation):
            before = self._all()
            self.assertIn("3", self._import(user, *rows))
            new = self._all() - before
            self.assertEqual(len(new), 3)
            self._import(user, *rows)
            self.assertEqual(self._all() - before, new)
            new._as_system().unlink()

    def test_a_workbook_says_the_same(self):
        book = Workbook()
        book.active.append(HEAD)
        book.active.append(["Aheim", self.today, 4, "Arabisch", "Lindenstraße 4", "", ""])
        content = io.BytesIO()
        book.save(content)
        before = self._all()
        self._import_bytes(self.worker_a, content.getvalue())
        new = self._all() - before
        self.assertEqual((new.person_count, new.date_move), (4, self.today))

    def test_all_rows_or_none(self):
        before = self._all()
        for wrong in (
            ["Nowhere", *self._row()[1:]],
            ["Bheim", *self._row()[1:]],
            self._row(persons=-3),
            self._row(persons="many"),
            self._row(days_ago=4000),
            self._row(days_ago=-4000),
            ["Aheim", "03/04/2026", *self._row()[2:]],
        ):
            # What is refused is taken back as a whole, as with any request
            refused = self.assertRaisesRegex(UserError, "Nothing was entered.*\nRow 3: ")
            with self.subTest(wrong), refused, self.env.cr.savepoint():
                self._import(self.worker_a, self._row(), wrong)
        self.assertEqual(self._all(), before)

    def test_what_is_no_such_file_is_refused(self):
        for content in (b"", b"\x00\x01", b"Gemeinde;Personen\nAheim;3", b"Gemeinde"):
            with self.subTest(content), self.assertRaises(UserError):
                self._import_bytes(self.worker_a, content)

    def test_nobody_else_imports(self):
        for user in (self.dpo_a, self.admin_a, self.county_user, self.reporting_a):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._import(user, self._row())
