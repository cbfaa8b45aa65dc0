import csv
import io

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.figures.output.csv import figures_csv
from odoo.addons.integration_management.figures.registry import RULES

from .figures_common import DAYS, FiguresCommon

BOM = b"\xef\xbb\xbf"


@tagged("post_install", "-at_install")
class TestReportCsv(FiguresCommon, HttpCase):
    """The list for other programs: every number once, as a number."""

    clients_per_worker = 2

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._as(cls.lead_a)["integration.report"].create(
            {"date_from": cls._day(DAYS), "date_to": cls.today}
        )

    def _rows(self, lang="en_US", delimiter=","):
        report = self.report.with_context(lang=lang)
        content = figures_csv(report, report._matrix())
        self.assertTrue(content.startswith(BOM))
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))

    def test_every_number(self):
        matrix = self.report._matrix()
        _head, *lines = self._rows()
        expected = [
            str(
                (matrix.known if row.is_heading else matrix.value)(row, breakdown, column.key)
            ).replace("None", ".")
            for row in matrix.rows
            if not row.is_heading or RULES[row.rule].content
            for breakdown, columns in matrix.columns.items()
            for column in columns
        ]
        self.assertCountEqual([line[-1] for line in lines], expected)
        self.assertTrue(all(line[-1].isdigit() for line in lines if not line[7]))
        self.assertEqual({line[-1] for line in lines if line[7]} - {"."}, set())
        total = next(line for line in lines if line[4] == "talk" and line[5] == lines[0][5])
        self.assertEqual(int(total[-1]), matrix.value(matrix.by_rule("talk")))

    def test_german_spreadsheet(self):
        self.env["res.lang"]._activate_lang("de_DE")
        head, *lines = self._rows("de_DE", ";")
        self.assertEqual({len(line) for line in lines}, {len(head)})

    def test_no_formula(self):
        for name in ("=1+1", "+49 7541", "-", "@SUM(A1)", "\t=1", '=HYPERLINK("x";"y")'):
            self.worker_a.name = name
            self.report.action_compute()
            _head, *lines = self._rows()
            names = {line[6] for line in lines}
            self.assertIn(f"'{name}".strip(), {found.strip() for found in names}, name)
            for line in lines:
                for cell in line[:-1]:
                    self.assertFalse(cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell)

    @mute_logger("odoo.http")
    def test_download(self):
        self.env.flush_all()
        self.authenticate(self.lead_a.login, self.lead_a.login)
        response = self.url_open(f"/integration/report/{self.report.id}/csv")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(BOM))
        self.assertIn(
            f"_{self.today}_{self.report.id}.csv", response.headers["Content-Disposition"]
        )
        for user in (self.worker_a, self.lead_b, self.county_user):
            self.authenticate(user.login, user.login)
            response = self.url_open(f"/integration/report/{self.report.id}/csv")
            self.assertEqual(response.status_code, 404, user.login)
