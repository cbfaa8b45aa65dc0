from odoo import api, models
from odoo.exceptions import UserError

# Rows that fit on one page, and the size of the letters for that: more rows, smaller letters
SIZES = ((12, 11.5), (16, 10.5), (21, 9.5), (27, 9), (34, 8.5), (42, 8))
SMALLEST = 7.5
# Signs that fit in one line of a column
LINE = 48


class IntegrationAgreementPaper(models.AbstractModel):
    """The agreement sheet: one page, drawn from frozen words alone."""

    _name = "report.integration_management.integration_agreement_paper"
    _inherit = ["integration.paper"]
    _description = "Agreement Sheet in Two Languages"

    @api.model
    def _get_report_values(self, docids, data=None):
        sheets = self._opened("integration.agreement.sheet", docids)
        for sheet in sheets:
            if sheet.form == "screen" and sheet.date_signed:
                raise UserError(
                    sheet._about_file(
                        self.env._("this sheet was signed on the screen; print the stored paper.")
                    )
                )
        return {
            "doc_ids": sheets.ids,
            "doc_model": sheets._name,
            "docs": sheets,
            "pages": [self._sheet_page(sheet) for sheet in sheets],
        }

    @api.model
    def _sheet_page(self, sheet):
        """Return the page of ``sheet``, to sign by hand or as it was read out."""
        page = self._page(sheet._frozen_words())
        if sheet.form == "read_out" and sheet.date_signed:
            page["read_out"] = f"{sheet.interpreter} · {self._day(sheet.date_signed)}"
        elif sheet.interpreter:
            page["interpreter"] = sheet.interpreter
        return page

    @api.model
    def _page(self, words, marks=()):
        """Return what the template draws.

        :param dict words: of a sheet, see ``_words()`` of the model
        :param marks: codes of wordings that stand in front of everything, such as “draft”
        """
        columns = [self._column(column) for column in words["columns"]]
        version = words["version"]
        goals = [
            self._goal(str(number), goal, columns, words["translations"])
            for number, goal in enumerate(version["goals"])
        ]
        return {
            "columns": columns,
            "version": version,
            "goals": goals,
            "lacks": words["lacks"],
            "marks": marks,
            "size": self._size(goals, len(columns)),
            "read_out": None,
            "interpreter": None,
        }

    @api.model
    def _column(self, column):
        """Return a frozen column with the style in which it is drawn."""
        return {
            **column,
            **self._styles(column["code"], column["direction"]),
            "text": column["text"],
        }

    @api.model
    def _goal(self, key, goal, columns, translations):
        """Return a goal with its steps, column by column."""
        return {
            "number": int(key) + 1,
            "seen": goal.get("seen"),
            "until": goal["until"],
            "areas": [self._area(goal, column) for column in columns],
            "texts": self._texts(key, goal["text"], columns, translations),
            "steps": [
                {
                    **step,
                    "texts": self._texts(f"{key}.{place}", step["text"], columns, translations),
                }
                for place, step in enumerate(goal["steps"])
            ],
        }

    @api.model
    def _area(self, goal, column):
        """Return the name of the area: in German as it was named, else the wording."""
        name = goal["area_name"]
        if column["code"] == self._german().code:
            return name
        return column["text"].get(f"area.{goal['area']}", name)

    @api.model
    def _texts(self, key, text, columns, translations):
        """Return the German words, then their translation or the mark that there is none."""
        texts = [{"text": text, "missing": False}]
        for column in columns[1:]:
            said = translations.get(key)
            missing = column["text"]["agreement.not_translated"]
            texts.append({"text": said or missing, "missing": not said})
        return texts

    @api.model
    def _size(self, goals, columns):
        """Return the size of the letters, in points, with which the sheet keeps to one page."""
        fit = LINE if columns > 1 else 2 * LINE
        items = [item for goal in goals for item in (goal, *goal["steps"])]
        lines = [max(len(each["text"]) for each in item["texts"]) // fit for item in items]
        rows = len(items) + sum(lines)
        return next((size for most, size in SIZES if rows <= most), SMALLEST)
