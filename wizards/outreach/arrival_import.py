from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.intake import cells
from ...models.intake.reader import UnreadableError, read_table, unpacked
from ...models.mixins.once import once

# Small, plain letters; the first one is that of the documented format
HEADERS = {
    "municipality": "municipality|gemeinde|kommune",
    "date_move": "day of the move|umzugstag|umzug|umzug am|einzug|einzug am|datum|move",
    "person_count": "persons|personen|anzahl|anzahl personen|personenzahl",
    "languages": "languages|sprachen|sprache|language",
    "street": "street|strasse|adresse|anschrift|address",
    "zip": "zip|plz|postleitzahl",
    "city": "city|ort|stadt",
    "name": "name|familie|family",
    "note": "note|hinweis|hinweise|bemerkung",
}
NEEDED = {"municipality", "date_move", "person_count"}
MOST_ROWS, MOST_TOLD = 500, 10


class IntegrationArrivalImport(models.TransientModel):
    """A list of moves, as the accommodation keeps it: all rows are entered, or none.

    Each row is entered in the user's own name, so the same is refused as by hand. What is on the
    list already is left out: the same file twice makes nothing twice.
    """

    _name = "integration.arrival.import"
    _inherit = ["integration.once"]
    _description = "Import of Arrivals"

    # In the row itself: a document on the disk would outlive what is cleared here.
    file = fields.Binary(string="File (csv or xlsx)", attachment=False)
    # Shown while it is chosen and kept nowhere: a file may be named after whom it is about.
    file_name = fields.Char(store=False, export_string_translation=False)

    @once
    def action_import(self):
        """Enter the rows of the file, and say how many there were.

        :raises UserError: which rows cannot be entered, and why; nothing is entered then
        """
        self.ensure_one()
        self.env["integration.arrival"].check_access("create")
        columns, rows = self._read_file()
        entered, known, problems = self._enter(columns, rows)
        if problems:
            raise UserError(
                self.env._(
                    "Nothing was entered. Correct these rows of the file and import it again:\n%s",
                    "\n".join(problems[:MOST_TOLD]),
                )
            )
        self._as_system().file = False
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(entered)s arrivals were entered, %(known)s were on the list already.",
                    entered=entered,
                    known=known,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _read_file(self):
        """Return ({field: column}, rows) of the file.

        :raises UserError: why it cannot be read, and what can be done
        """
        try:
            content = unpacked(self.with_context(bin_size=False).file)
            if not content:
                raise UserError(self.env._("Choose the file first."))
            names, rows = read_table(content)
        except UnreadableError as error:
            words = self.env["integration.import.batch"]._unreadable(error.args[0])
            raise UserError(words) from None
        columns = {}
        for name in names:
            for field, headers in HEADERS.items():
                if cells.plain(name) in headers.split("|"):
                    columns.setdefault(field, name)
        if NEEDED - columns.keys():
            raise UserError(
                self.env._(
                    "The first row names the columns. These are missing: %s.",
                    ", ".join(HEADERS[name].split("|")[0] for name in sorted(NEEDED - {*columns})),
                )
            )
        if len(rows) > MOST_ROWS:
            raise UserError(self.env._("The file has more than %s rows. Divide it.", MOST_ROWS))
        return columns, rows

    def _enter(self, columns, rows):
        """Enter the rows; return how many were new, how many known, and what is wrong."""
        arrivals = self.env["integration.arrival"]
        entered, known, problems = 0, 0, []
        # A row of the list stands for one row of the file, whichever was there first.
        taken = arrivals
        for number, line in rows:
            row = {field: line.get(column, "") for field, column in columns.items()}
            try:
                with self.env.cr.savepoint():
                    vals = self._values(row)
                    same = arrivals.new(vals)._the_same().sudo(False)
                    if same - taken:
                        taken |= (same - taken)[:1]
                        known += 1
                        continue
                    taken |= self._enter_one(dict(vals, is_another=bool(same)))
                    entered += 1
            except UserError as error:
                problems.append(
                    self.env._("Row %(number)s: %(problem)s", number=number, problem=error.args[0])
                )
        return entered, known, problems

    def _enter_one(self, vals):
        """Enter one arrival as the user; of the team's own it is noted that it was imported."""
        arrival = self.env["integration.arrival"].create(vals)
        # sudo: integration.arrival - where the row came from, which decides on who sees it
        if arrival.sudo().source == "hand":
            arrival._as_system().source = "import"
        return arrival

    def _values(self, row):
        """Return the values that a row says.

        :raises UserError: a cell that means nothing
        """
        towns = self.env["integration.municipality"]
        town = towns.search([("name", "=ilike", row["municipality"])], limit=2)
        if len(town) != 1:
            raise UserError(
                self.env._("There is no municipality “%s”.", row["municipality"][:60] or "–")
            )
        try:
            day = cells.day(row["date_move"])
        except cells.CellError:
            raise UserError(
                self.env._("Enter the day of the move as 31.12.2026 or 2026-12-31.")
            ) from None
        if not row["person_count"].isdecimal():
            raise UserError(self.env._("Enter the number of persons in digits."))
        return {
            "municipality_id": town.id,
            "date_move": day,
            "person_count": int(row["person_count"][:6]),
            "language_ids": [Command.set(self._languages(row.get("languages", "")).ids)],
            **{name: row.get(name) or False for name in ("street", "zip", "city", "name", "note")},
        }

    def _languages(self, text):
        """Return the languages that a cell names; what is no language is left out.

        A name that nobody knows is no reason to leave a family waiting.
        """
        found = self.env["integration.language"]
        for word in cells.several(text):
            found |= found.search(
                ["|", ("name", "=ilike", word), ("code", "=ilike", word)], limit=1
            )
        return found
