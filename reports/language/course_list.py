"""The list for the coordination office: what it says is what the register of disclosures names."""

import io

import xlsxwriter

from odoo.tools import format_date

from ...figures.output.xlsx import FORMATS

FIRST_ROW = 4
WIDTHS = {"identity": (28, 14, 34), "language": (36, 16, 26, 14), "residence": (40,)}


class CourseList:
    """Heads and rows of the list, for paper and workbook alike."""

    def __init__(self, enrolments):
        self.env = enrolments.env
        self.enrolments = enrolments.sorted(lambda e: (e.date_registered, e.id))
        named = self.enrolments.disclosure_id.kind_ids.mapped("code")
        self.codes = [code for code in WIDTHS if code in named]

    def heads(self):
        """Return the heads of the columns."""
        env = self.env
        heads = {
            "identity": [env._("Name"), env._("Date of Birth"), env._("Address")],
            "language": [env._("Course"), env._("Level"), env._("Proof"), env._("Need Since")],
            "residence": [env._("Residence Status")],
        }
        return [env._("File Number"), *(head for code in self.codes for head in heads[code])]

    def widths(self):
        """Return the widths of the columns, in characters."""
        return [14, *(width for code in self.codes for width in WIDTHS[code])]

    def rows(self):
        """Return the words of each row; empty where an entry does not name the kind."""
        return [self._row(enrolment) for enrolment in self.enrolments]

    def _row(self, enrolment):
        named = set(enrolment.disclosure_id.kind_ids.mapped("code"))
        row = [enrolment.client_id.file_number]
        for code in self.codes:
            cells = getattr(self, f"_{code}")(enrolment)
            row += cells if code in named else [""] * len(cells)
        return [cell or "" for cell in row]

    def _identity(self, enrolment):
        client = enrolment.client_id
        address = "" if client.protected_address else self._address(client)
        return [client.name, self._day(client.birthdate), address]

    def _address(self, client):
        town = " ".join(filter(None, (client.zip, client.city)))
        return ", ".join(filter(None, (client.street, town)))

    def _language(self, enrolment):
        """Return the course and the level as it was on the day of the registration."""
        day = enrolment.date_registered
        german = self.env.ref("integration_management.language_de", raise_if_not_found=False)
        levels = enrolment.client_id.language_level_ids
        level = levels.filtered(lambda entry: entry.language_id == german)._valid_on(day)
        words = self._words(level, "source")
        proof = ", ".join(
            filter(None, (words, level.certificate, self._day(level.certificate_date)))
        )
        return [
            enrolment.kind_id.name,
            self._words(level, "level"),
            proof,
            self._day(enrolment.date_need),
        ]

    def _residence(self, enrolment):
        entry = enrolment.client_id.residence_ids._valid_on(enrolment.date_registered)
        return [entry.status_id.name]

    def _words(self, record, name):
        if not record:
            return ""
        return dict(record._fields[name]._description_selection(self.env))[record[name]]

    def _day(self, day):
        return format_date(self.env, day) if day else ""


def course_list_xlsx(dialog, enrolments) -> bytes:
    """Return the list as a workbook; all words are text, a name that begins with “=” stays one."""
    env, words = dialog.env, CourseList(enrolments)
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as workbook:
        formats = {name: workbook.add_format(spec) for name, spec in FORMATS.items()}
        sheet = workbook.add_worksheet(env._("Registrations")[:31])
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, env._("Registration for language courses"), formats["title"])
        facts = ((env._("To"), dialog.office_id.name), (env._("From"), dialog.company_id.name))
        for line, (label, value) in enumerate(facts, start=1):
            sheet.write_string(line, 0, f"{label}: {value}", formats["fact"])
        for column, (head, width) in enumerate(zip(words.heads(), words.widths(), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(FIRST_ROW, column, head, formats["head_left"])
        for line, row in enumerate(words.rows(), start=FIRST_ROW + 1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, formats["wrap"])
        sheet.freeze_panes(FIRST_ROW + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return output.getvalue()
