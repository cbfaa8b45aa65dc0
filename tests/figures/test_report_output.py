import io
import re
import subprocess
import unicodedata

from lxml import html
from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.figures.output.chart import bar_chart, nice_ceiling
from odoo.addons.integration_management.figures.output.xlsx import FIRST_ROW, figures_xlsx
from odoo.addons.integration_management.figures.registry import RULES

from ..common import MODULE
from .figures_common import DAYS, FiguresCommon


def words(text):
    """Return text with one blank between words, typographic forms undone."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


class ReportOutputCommon(FiguresCommon):
    clients_per_worker = 4

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A name that a spreadsheet would take for a formula, a page for markup
        cls.worker_a.name = '=1+1<b>&"A'
        cls.worker_a2.name, cls.colleague_a.name = "Former", "Colleague"
        cls.report = cls._as(cls.lead_a)["integration.report"].create(
            {"date_from": cls._day(DAYS), "date_to": cls.today, "breakdown": "worker"}
        )
        cls.matrix = cls.report._matrix()


@tagged("post_install", "-at_install")
class TestReportOutput(ReportOutputCommon):
    """Screen and spreadsheet show the numbers of the matrix, and nothing else."""

    def _body(self, breakdown="worker"):
        self.report.breakdown = breakdown
        return html.fromstring(str(self.report.body))

    def _breakdown(self, breakdown):
        """Return the table of a breakdown, or an empty list."""
        return self._body(breakdown).xpath("//table[contains(@class, 'o_figures_breakdown')]")

    def _cells(self, table):
        return [
            [words(cell.text_content()) for cell in row.xpath("./td")]
            for row in table.xpath("./tbody/tr")
        ]

    def test_screen_overview(self):
        table = self._body().xpath("//table[contains(@class, 'o_figures_overview')]")[0]
        shown = [row[-1].replace(",", "") for row in self._cells(table)]
        numbers = [self.matrix.value(row) for row in self.matrix.main_rows()]
        self.assertEqual(shown, ["." if number is None else str(number) for number in numbers])

    def test_screen_breakdowns(self):
        for breakdown in ("worker", "employer", "municipality", "month"):
            rows = self._cells(self._breakdown(breakdown)[0])
            columns = self.matrix.columns[breakdown]
            self.assertEqual(len(rows), len(columns) + 1)
            for cells, column in zip(rows, columns, strict=False):
                numbers = [
                    self.matrix.value(row, breakdown, column.key) for row in self.matrix.main_rows()
                ]
                self.assertEqual(
                    [cell.replace(",", "") for cell in cells[1:]],
                    ["." if number is None else str(number) for number in numbers],
                )
        self.assertFalse(self._breakdown("total"))

    def test_screen_lists(self):
        tables = self._body().xpath("//table[contains(@class, 'o_figures_list')]")
        # Of topics that are not told nothing is listed
        headings = [row for row in self.matrix.headings() if self.matrix.items(row)]
        for table, heading in zip(tables, headings, strict=True):
            shown = [row[-2].replace(",", "") for row in self._cells(table) if len(row) > 1]
            numbers = [self.matrix.value(row) for row in self.matrix.items(heading)]
            expected = ["." if number is None else str(number) for number in numbers]
            self.assertEqual(shown, expected, heading.code)

    def test_graph(self):
        """The bars of the graph bear the numbers of the matrix."""
        chart = self._body().xpath("//*[local-name()='svg']")[0]
        texts = [node.text for node in chart.xpath(".//*[local-name()='text']")]
        row = self.matrix.by_rule("talk")
        for column in self.matrix.columns["month"]:
            self.assertIn(str(self.matrix.value(row, "month", column.key)), texts)

    def test_markup_in_names(self):
        body = str(self.report.body)
        self.assertIn("=1+1&lt;b&gt;", body)
        self.assertNotIn("=1+1<b>", body)
        self.assertIn("&lt;script", bar_chart("<script>", [("<script>", 1)]))

    def test_scale_of_the_graph(self):
        for number, ceiling in ((0, 4), (3, 4), (5, 5), (7, 10), (31, 40), (99, 100), (101, 200)):
            self.assertEqual(nice_ceiling(number), ceiling)

    def test_workbook(self):
        book = load_workbook(io.BytesIO(figures_xlsx(self.report, self.matrix)))
        self.assertEqual(len(book.sheetnames), 7)
        overview = book.worksheets[0]
        start = FIRST_ROW + 2
        for line, row in enumerate(self.matrix.main_rows(), start):
            self._assert_number(overview.cell(line, 2), self.matrix.value(row))
        breakdowns = ("worker", "employer", "municipality", "month")
        for breakdown, sheet in zip(breakdowns, book.worksheets[1:5], strict=True):
            columns = self.matrix.columns[breakdown]
            for line, column in enumerate(columns, start):
                for position, row in enumerate(self.matrix.main_rows(), 2):
                    number = self.matrix.value(row, breakdown, column.key)
                    self._assert_number(sheet.cell(line, position), number)
            for position, row in enumerate(self.matrix.main_rows(), 2):
                total = sheet.cell(start + len(columns), position)
                self._assert_number(total, self.matrix.value(row))
        lists = book.worksheets[5]
        line = start
        months = self.matrix.columns["month"]
        for heading in self.matrix.headings():
            rows = [(row, self.matrix.value) for row in self.matrix.items(heading)]
            if RULES[heading.rule].content:
                rows.insert(0, (heading, self.matrix.known))
            for row, number in rows:
                line += 1
                shown = [lists.cell(line, position).value for position in range(2, len(months) + 3)]
                numbers = [number(row), *(number(row, "month", month.key) for month in months)]
                self.assertEqual(shown, ["." if n is None else n for n in numbers])
            line += 1

    def _assert_number(self, cell, number):
        """A number is one to the spreadsheet as well, and what is hidden is a dot."""
        self.assertEqual(cell.value, "." if number is None else number)
        self.assertEqual(cell.data_type, "s" if number is None else "n")

    def test_workbook_is_made_for_paper(self):
        """Every sheet says of when, of whom and when printed, and fits the width of A4."""
        book = load_workbook(io.BytesIO(figures_xlsx(self.report, self.matrix)))
        for sheet in book.worksheets:
            head = " ".join(str(sheet.cell(row, 1).value) for row in range(1, FIRST_ROW))
            for fact in (self.report.scope_label, self.report._period_label()):
                self.assertIn(fact, head, sheet.title)
            self.assertRegex(head, "Printed on: .")
            self.assertEqual(sheet.freeze_panes, f"B{FIRST_ROW + 2}")
            self.assertEqual(sheet.page_setup.orientation, "landscape")
            self.assertEqual(int(sheet.page_setup.paperSize), 9)
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertEqual(int(sheet.page_setup.fitToHeight), 0, "as long as it takes")
            self.assertTrue(sheet.print_title_rows)

    def test_workbook_formula(self):
        """A name that looks like a formula stays a name."""
        book = load_workbook(io.BytesIO(figures_xlsx(self.report, self.matrix)))
        kinds = {cell.data_type for sheet in book.worksheets for row in sheet for cell in row}
        self.assertNotIn("f", kinds)
        names = [cell.value for cell in book.worksheets[1]["A"]]
        self.assertIn(self.worker_a.name, names)

    def test_seal(self):
        """Beside the hash stand the lines and numbers it covers, and the records counted."""
        self.assertNotIn("Extent", str(self.report.body))
        self.report.action_submit()
        shown = dict(self.report._view()["seal"])
        seal = {key: re.sub(r"(?<=\d)[.,](?=\d)", "", value) for key, value in shown.items()}
        self.assertEqual(seal["Checksum"], self.report.checksum)
        numbers = sum(
            len(columns)
            for line in self.report.line_ids
            for columns in (line.figures or {}).values()
        )
        self.assertEqual(
            seal["Extent"], f"{len(self.report.line_ids)} lines with {numbers} numbers"
        )
        talks = self.matrix.value(self.matrix.by_rule("talk"))
        own = [("company_id", "=", self.company_a.id)]
        presences = self.env["integration.contact.person"].search_count(
            [*own, ("is_talk", "=", True), ("date", ">=", self.report.date_from)]
        )
        # Whatever a figure counts: new, continued or active on the last day of a month
        plans = self.env["integration.plan"].search([*own, ("date_agreed", "!=", False)])
        cases = self.env["integration.case"].search([*own, ("date_opened", "!=", False)])
        self.assertEqual(
            seal["Records counted"],
            f"{talks} talks, {presences} persons present in them, {len(plans.origin_id)} plans,"
            f" {len(cases)} cases",
        )
        body = str(self.report.body)
        book = load_workbook(io.BytesIO(figures_xlsx(self.report, self.matrix)))
        cells = [str(cell.value) for cell in book.worksheets[0]["A"]]
        for label, value in shown.items():
            self.assertIn(value, body)
            self.assertIn(f"{label}: {value}", cells)

    def test_changed_in_the_database(self):
        """A hash that nobody compares seals nothing: every output says that it does not fit."""
        self.report.action_submit()
        self.env.flush_all()
        self.assertNotIn("checksum does not fit", str(self.report.body))
        self.env.cr.execute(
            "UPDATE integration_report_line SET figures = jsonb_set(figures, '{total,0}', '99999')"
            " WHERE id = %s",
            [self.report.line_ids[0].id],
        )
        self.env.invalidate_all()
        self.assertIn("checksum does not fit", str(self.report.body))
        self.assertIn("checksum does not fit", str(self.report.difference))
        self.assertIn("checksum does not fit", dict(self.report._view()["facts"])["Attention"])
        book = load_workbook(io.BytesIO(figures_xlsx(self.report, self.report._matrix())))
        for sheet in book.worksheets:
            self.assertIn("checksum does not fit", sheet.cell(FIRST_ROW - 1, 1).value)

    def test_who_signs(self):
        """A worker's own report: she and the employer; without workers the employer alone."""
        own = self._as(self.colleague_a)["integration.report"].create(
            {
                "date_from": self._day(60),
                "date_to": self.today,
                "scope": "worker",
                "user_id": self.colleague_a.id,
            }
        )
        employer = "For the employer: Town A"
        self.assertEqual(own._view()["signatures"], ["Colleague", employer])
        self.assertEqual(self.report._view("month")["signatures"], [employer])

    def test_german(self):
        """The reader's language decides, also for figures counted by somebody else."""
        for lang in ("de_DE", "en_US"):
            self.env["res.lang"]._activate_lang(lang)
        self.env["integration.indicator"].search([("rule", "=", "talk")]).with_context(
            lang="de_DE"
        ).name = "Beratungsgespräche"
        report = self._as(self.lead_a)["integration.report"].create(
            {"date_from": self._day(60), "date_to": self.today}
        )
        german = report.with_context(lang="de_DE")
        self.assertIn("Beratungsgespräche", str(german.body))
        self.assertNotIn("Beratungsgespräche", str(report.with_context(lang="en_US").body))
        self.assertIn(self.today.strftime("%d.%m.%Y"), german._period_label())


@tagged("post_install", "-at_install")
class TestReportPaper(ReportOutputCommon, HttpCase):
    """The real thing: PDF by wkhtmltopdf, workbook by the browser's address."""

    def _pdf_text(self):
        with self.allow_pdf_render():
            content, kind = (
                self.env["ir.actions.report"]
                .with_user(self.lead_a)
                .with_context(force_report_rendering=True, allowed_company_ids=self.company_a.ids)
                ._render_qweb_pdf(f"{MODULE}.report_figures", self.report.ids)
            )
        self.assertEqual(kind, "pdf")
        result = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
        )
        return result.stdout.decode()

    def test_pdf(self):
        self.report.action_submit()
        text = self._pdf_text()
        pages = text.split("\f")
        flat = words(text)
        view = self.report._view()
        self.assertIn(view["period"], flat)
        self.assertIn(self.company_a.name, flat)
        self.assertRegex(flat, rf"Page 1 of {len(pages) - 1}")
        # Broken down by worker: everybody signs for herself, and the employer
        for name in (self.worker_a.name, "Former", "Colleague", "For the employer: Town A"):
            self.assertRegex(flat, rf"{re.escape(name)} Place, date Signature")
        self.assertEqual(flat.count("Place, date Signature"), 4)
        for label, value in view["seal"]:
            self.assertIn(f"{words(label)} {words(value)}", flat)
        for name, definition in view["definitions"]:
            self.assertIn(words(name)[:20], flat)
            self.assertIn(words(definition)[:25], flat)
        for group in view["overview"]:
            for row in group["rows"]:
                self.assertRegex(
                    flat, rf"{re.escape(words(row['label']))} {re.escape(row['value'])}(?!\w)"
                )
        for row in view["breakdown"]["rows"]:
            self.assertIn(words(" ".join([row["label"], *row["values"]])), flat)
        talks = self.matrix.by_rule("talk")
        for column in self.matrix.columns["month"]:
            # Drawn as SVG, still text on paper
            self.assertIn(str(self.matrix.value(talks, "month", column.key)), pages[0])

    def test_xlsx_download(self):
        self.env.flush_all()
        self.authenticate(self.lead_a.login, self.lead_a.login)
        response = self.url_open(f"/integration/report/{self.report.id}/xlsx")
        self.assertEqual(response.status_code, 200)
        self.assertIn("spreadsheetml", response.headers["Content-Type"])
        name = response.headers["Content-Disposition"]
        self.assertIn(f"_{self._day(DAYS)}_{self.today}", name)
        book = load_workbook(io.BytesIO(response.content))
        talks = book.worksheets[0].cell(FIRST_ROW + 2, 2).value
        self.assertEqual(talks, self.matrix.value(self.matrix.by_rule("talk")))

    @mute_logger("odoo.http")
    def test_unknown_report(self):
        self.authenticate(self.lead_a.login, self.lead_a.login)
        self.assertEqual(self.url_open("/integration/report/999999999/xlsx").status_code, 404)
