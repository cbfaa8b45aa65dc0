import json
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import hmac

from ...tools import local_today, plain_name
from ..consent.client import DESCRIPTION
from . import cells
from .cells import CellError, plain


class IntegrationImportRow(models.Model):
    """What a row says, and what would become of it."""

    _inherit = "integration.import.row"

    @api.model
    def _judge(self, batch, targets, rows):
        """Return the values of the preview: one verdict per row.

        :param targets: {column: field}
        :param rows: [(number in the file, {column: words})]
        """
        tables, known = self._choices(), self._known_persons(batch.company_id)
        mandates = self._mandates(batch.company_id)
        before = {
            row.row_hash: row.batch_id.display_name
            for row in self.search(
                [
                    ("user_id", "=", self.env.uid),
                    ("company_id", "=", batch.company_id.id),
                    ("verdict", "in", ("entered", "waiting")),
                ]
            )
        }
        # sudo: ir.config_parameter - a key of this database, so that nobody tries names on hashes
        env, first, vals_list = self.env(su=True), {}, []
        for number, line in rows:
            said = {field: line[column] for column, field in targets.items() if line.get(column)}
            digest = hmac(env, "integration_import_row", json.dumps(said, sort_keys=True))
            vals = {
                "batch_id": batch.id,
                "company_id": batch.company_id.id,
                "user_id": batch.user_id.id,
                "number": number,
                "row_hash": digest,
            }
            vals_list.append(vals)
            data, wrong = self._understood(said, targets, tables)
            if wrong:
                vals.update(verdict="unread", message="; ".join(wrong))
                continue
            vals.update(label=data["name"], says=data, household_key=data.pop("household", None))
            numbers = self._persons_like(known, data)
            refused = self._why_refused(batch, data, mandates)
            if digest in first:
                text = self.env._("Says the same as row %s.", first[digest])
                vals.update(verdict="same", message=text)
            elif digest in before:
                text = self.env._("Was entered by %s.", before[digest])
                vals.update(verdict="before", message=text)
            elif numbers:
                text = self.env._("There is a person of this name: %s.", ", ".join(numbers))
                vals.update(verdict="known", message=" ".join(filter(None, (text, refused))))
            else:
                message = refused or self._what_waits(data)
                vals.update(verdict="new", take=not refused, message=message)
            first.setdefault(digest, number)
        return vals_list

    def _what_waits(self, data):
        """Return what the file does not allow yet, in words, or nothing."""
        if "consent_date" in data:
            return False
        waits = self.env._("No consent with its paper: only the card is entered, and no case.")
        return waits

    # ------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------

    @api.model
    def _understood(self, said, targets, tables):
        """Return (values, what is wrong in words) of the cells of one row."""
        columns = {field: column for column, field in targets.items()}
        data, wrong = {}, []
        for field, text in said.items():
            try:
                data[field] = self._meaning(field, text, tables)
            except CellError as error:
                wrong.append(self._cell_refused(columns[field], error.args[0]))
        parts = [data.pop(part, "") for part in ("first_name", "last_name")]
        data["name"] = data.get("name") or " ".join(filter(None, parts))
        if not plain_name(data["name"]):
            wrong.append(self.env._("the name is missing"))
        today = fields.Date.to_string(local_today(self.env))
        wrong += [
            self._cell_refused(columns[day], "ahead")
            for day in cells.DAYS
            if data.get(day, "") > today
        ]
        # A consent is never made up: the day and the paper are both said, or there is none.
        paper = data.pop("consent_paper", False)
        if not (data.get("consent_date") and paper):
            for field in ("consent_date", "guardian", "case_start", "municipality", *DESCRIPTION):
                data.pop({"nationality_ids": "nationalities"}.get(field, field), None)
        return data, wrong

    @api.model
    def _meaning(self, field, text, tables):
        """Return what a cell says, as json can keep it.

        :raises CellError: it says nothing that is known
        """
        if field in cells.DAYS:
            return cells.day(text).isoformat()
        if field in ("interpreter_needed", "consent_paper"):
            return cells.yes(text)
        if field == "gender":
            return cells.choice(text, cells.GENDERS)
        if field == "household_role":
            return cells.choice(text, cells.ROLES)
        if field == "municipality":
            return self._looked_up(tables[field], text)
        if field in ("languages", "nationalities"):
            return [self._looked_up(tables[field], part) for part in cells.several(text)]
        return text

    @staticmethod
    def _looked_up(table, text):
        if plain(text) not in table:
            raise CellError("unknown")
        return table[plain(text)]

    def _cell_refused(self, column, reason):
        """Return in words what is wrong in a column; never what the cell says."""
        texts = {
            "day": self.env._("“%s” is no day; write 31.12.2020 or 2020-12-31", column),
            "ahead": self.env._("“%s” lies in the future", column),
            "yes": self.env._("“%s” is neither yes nor no", column),
            "choice": self.env._("“%s” is none of the words that can be chosen", column),
            "unknown": self.env._("“%s” names something that is not in the lists", column),
        }
        return texts[reason]

    @api.model
    def _choices(self):
        """Return {field: {plain words: id}} of what cells name."""
        names = {
            "languages": ("integration.language", "code"),
            "nationalities": ("res.country", "code"),
            "municipality": ("integration.municipality", "ags"),
        }
        tables = {}
        for field, (model, code) in names.items():
            table = tables[field] = {}
            for lang in ("en_US", self.env.lang or "en_US"):
                for record in self.env[model].with_context(lang=lang).search(Domain.TRUE):
                    for word in (record.name, record[code]):
                        if word:
                            table.setdefault(plain(word), record.id)
        return tables

    # ------------------------------------------------------------
    # Known already
    # ------------------------------------------------------------

    @api.model
    def _known_persons(self, company):
        """Return {name: [(file number, day of birth)]} of whom the user may know of.

        These are the cards of the employer, if it shows them to colleagues, and the own files.
        Looking through the cards is logged like any search in them.
        """
        known = defaultdict(dict)
        own = [("company_id", "=", company.id)]
        for card in self.env["integration.client.card"].search_read(own, ["file_number", "name"]):
            known[self._name_key(card["name"])][card["file_number"]] = None
        clients = self.env["integration.client"].search(own)
        # sudo: integration.client - of files that the search has found as the user; no file is
        # opened by comparing them, and what is told is a number
        for client in clients.sudo():
            born = client.birthdate and client.birthdate.isoformat()
            known[self._name_key(client.name)][client.file_number] = born
        return known

    @staticmethod
    def _name_key(name):
        """Return the words of a name as they are compared, in whatever order."""
        return " ".join(sorted(plain(plain_name(name).replace(",", " ")).split()))

    def _persons_like(self, known, data):
        """Return the file numbers of those of the same name whose day of birth may be the same."""
        born = data.get("birthdate")
        persons = known.get(self._name_key(data["name"]), {})
        return sorted(n for n, day in persons.items() if not (born and day and born != day))
