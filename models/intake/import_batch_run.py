import re

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools import local_today
from .import_row import OPEN

# Entered in one go; if one of them is refused, each half of them is tried, down to a single row.
SLICE = 200
# What is entered at once, without the job: short enough for somebody who waits.
AT_ONCE = 200
# So many refusals are told in one message.
SHOWN = 10
# The number of a file in front of a refusal: it went with the row that was not entered.
OF_NO_FILE = re.compile(r"^\S+ [\w-]*\d{4}-\d+: ")


class IntegrationImportBatch(models.Model):
    """The import itself: as its author, through the same door as everybody, slice by slice."""

    _inherit = "integration.import.batch"

    def action_import(self):
        """Enter the rows that are ticked: a small file at once, a large one by a job.

        :raises UserError: nothing is ticked, a case would have no municipality, or a ticked row
            would be refused
        """
        for batch in self:
            batch._ensure_state("preview")
            batch._take_turns()
            if not batch.open_count:
                raise UserError(self.env._("No row is ticked that could be entered."))
            if batch.lacks_municipality:
                raise UserError(self._without_municipality())
            batch._check_ticked()
            # The file has done its work; its rows are what is entered.
            batch._as_system().write({"state": "running", "file": False})
            if batch.open_count <= AT_ONCE:
                while batch._import_slice():
                    pass
            else:
                # sudo: ir.cron - the job works in the name of the batch's author
                self.env.ref("integration_management.ir_cron_import").sudo()._trigger()

    def _check_ticked(self):
        """Refuse ticked rows that would be refused, while the file is there to be corrected.

        :raises UserError: the first rows and why
        """
        self.ensure_one()
        register = self.env["integration.import.row"]
        mandates = register._mandates(self.company_id)
        reasons = (
            (row, register._why_refused(self, row.says, mandates)) for row in self.row_ids._ticked()
        )
        refused = [f"{row.display_name}: {reason}" for row, reason in reasons if reason]
        if refused:
            raise UserError(
                self.env._(
                    "Some ticked rows would be refused. Untick them, or correct the file and "
                    "choose it again.\n%s",
                    "\n".join(refused[:SHOWN]) + ("\n…" if len(refused) > SHOWN else ""),
                )
            )

    @api.model
    def _cron_import(self):
        """Go on with the imports that are running, each in the name of its author."""
        cron = self.env["ir.cron"]
        for batch in self.search([("state", "=", "running")], order="id"):
            while left := batch._go_on():
                if not cron._commit_progress(SLICE, remaining=left):
                    return
            cron._commit_progress(SLICE, remaining=0)

    def _go_on(self):
        """Enter the next rows in the name of the author; return how many are left.

        Whoever may enter nobody any more enters nobody: the rest is told as refused.
        """
        self.ensure_one()
        context = {"allowed_company_ids": self.company_id.ids, "lang": self.user_id.lang}
        own = self.with_env(self.env(user=self.user_id.id, su=False, context=context))
        try:
            return own._import_slice()
        except AccessError:
            rest = self.row_ids._ticked()
            text = self.env._("Refused: the right to enter people has ended.")
            rest._as_system().write({"verdict": "failed", "message": text})
            self._finish()
            return 0

    def _import_slice(self):
        """Enter the next rows; return how many are left after them."""
        self.ensure_one()
        self._take_turns()
        to_enter = [("batch_id", "=", self.id), ("take", "=", True), ("verdict", "in", OPEN)]
        register = self.env["integration.import.row"]
        rows = register.search(to_enter, limit=SLICE)
        self._enter_halves(rows)
        left = register.search_count(to_enter)
        if not left:
            self._finish()
        return left

    def _enter_halves(self, rows):
        """Enter ``rows``, each whole or not at all, in as few goes as there are refusals."""
        if rows and not self._try_to_enter(rows) and len(rows) > 1:
            middle = len(rows) // 2
            self._enter_halves(rows[:middle])
            self._enter_halves(rows[middle:])

    def _try_to_enter(self, rows):
        """Enter ``rows`` all or none of them; return whether that came about.

        What a row lacks is told in it if it was tried alone.
        """
        try:
            with self.env.cr.savepoint():
                made = self._enter(rows)
                self.env.flush_all()
        except (UserError, IntegrityError) as error:
            if len(rows) == 1:
                text = str(error) if isinstance(error, UserError) else self.env._("Refused.")
                text = OF_NO_FILE.sub("", text)
                # sudo: integration.import.row - rows are written by the import alone; own batch
                rows.sudo()._as_system().write({"verdict": "failed", "message": text})
            return False
        rows._keep_made(made)
        # A later slice is as fast as the first: nothing of this one is looked through again.
        self.env.invalidate_all()
        return True

    def _enter(self, rows):
        """Create what ``rows`` say, in as few steps as the models allow; return what was made."""
        said = {row: row.says for row in rows}
        clients = self.env["integration.client"].create([self._card(said[row]) for row in rows])
        of_row = dict(zip(rows, clients, strict=True))
        made = {row: {"client_id": of_row[row].id, "verdict": "waiting"} for row in rows}
        self._enter_households(rows, said, of_row, made)
        agreed = rows.filtered(lambda row: "consent_date" in said[row])
        if agreed:
            consents = self.env["integration.consent"].create(
                [self._consent_of(said[row], of_row[row]) for row in agreed]
            )
            for row, consent in zip(agreed, consents, strict=True):
                self._describe(said[row], of_row[row])
                made[row].update(verdict="entered", message=False, made={"consent": consent.id})
            with_case = agreed.filtered(lambda row: "case_start" in said[row])
            cases = self.env["integration.case"].create(
                [self._case_of(said[row], of_row[row]) for row in with_case]
            )
            for row, case in zip(with_case, cases, strict=True):
                made[row]["made"]["case"] = case.id
        return made

    def _card(self, data):
        """Return the values of a client's card; more is not entered before a consent."""
        card = {
            name: data[name]
            for name in (
                *("name", "birthdate", "gender", "interpreter_needed"),
                *("phone", "email", "street", "zip", "city"),
            )
            if data.get(name)
        }
        return dict(
            card,
            company_id=self.company_id.id,
            language_ids=[Command.set(data.get("languages", []))],
        )

    def _enter_households(self, rows, said, of_row, made):
        """Let those live together whose rows name the same household, over slices as well."""
        keyed = rows.filtered("household_key")
        before = self.env["integration.import.row"].search(
            [
                ("batch_id", "=", self.id),
                ("household_key", "in", keyed.mapped("household_key")),
                ("household_id", "!=", False),
            ]
        )
        households = {row.household_key: row.household_id for row in before}
        for row in keyed:
            if row.household_key not in households:
                households[row.household_key] = self.env["integration.household"].create(
                    {"company_id": self.company_id.id}
                )
            made[row]["household_id"] = households[row.household_key].id
        self.env["integration.household.member"].create(
            [
                {
                    "household_id": made[row]["household_id"],
                    "client_id": of_row[row].id,
                    "role": said[row].get("household_role", "adult"),
                    "date_from": said[row].get("case_start") or local_today(self.env),
                }
                for row in keyed
            ]
        )

    def _consent_of(self, data, client):
        return {
            "client_id": client.id,
            "purpose": "file",
            "decision": "given",
            "form": "paper",
            "date": data["consent_date"],
            "guardian_name": data.get("guardian"),
        }

    def _describe(self, data, client):
        """Write what is entered only with a consent."""
        vals = {}
        if data.get("nationalities"):
            vals["nationality_ids"] = [Command.set(data["nationalities"])]
        if data.get("date_arrival_country"):
            vals["date_arrival_country"] = data["date_arrival_country"]
        if vals:
            client.write(vals)

    def _case_of(self, data, client):
        municipality = data.get("municipality") or self.municipality_id.id
        if not municipality:
            raise UserError(self._without_municipality())
        return {
            "client_id": client.id,
            "municipality_id": municipality,
            "date_start": data["case_start"],
        }

    def _without_municipality(self):
        return self.env._(
            "The case has no municipality. Choose one for the import, or add a column."
        )

    def _finish(self):
        """Clear what the rows that were not entered say as well."""
        # sudo: integration.import.row - rows are written by the import alone; own batch
        rows = self.row_ids.sudo()
        rows._as_system().write({"says": False, "label": False, "household_key": False})
        unticked = rows.filtered(lambda row: row.verdict in OPEN)
        unticked._as_system().write({"verdict": "left"})
        self._as_system().write({"state": "done", "date_done": fields.Datetime.now()})
