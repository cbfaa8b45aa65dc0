"""Rows beside the files: classifications, figures, dialogs, the log; each with its situation."""

from odoo.fields import Command

from ..concern.walls_concern import concerns_raised
from ..network.walls_network import network_rows, network_situation
from ..office.walls_office import office_rows
from ..outreach.walls_outreach import arrivals_entered
from ..safety.walls_safety import out_without_the_file
from .walls_registry import dialog_models, file_models, master_models
from .walls_world import WallsWorld

# Shared rows beside the classifications
SHARED = (
    "integration.day.tile",
    "integration.indicator",
    "integration.paper.text",
    "integration.consent.notice",
    "integration.consent.notice.line",
    "integration.goal.template.step",
    "integration.letter.template.line",
)
FILES = ("integration.case", "integration.plan", "integration.course.enrolment")
PUBLIC_FACTS = ("integration.county", "integration.municipality", "integration.indicator")


class WallsRows(WallsWorld):
    """The world with a row of every other model of the module, for everybody's eyes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rows_by_role = {}
        cls.file_names = frozenset(file_models(cls.env))
        cls.dialog_names = frozenset(dialog_models(cls.env))
        cls.far_office = cls.env["res.company"].create(
            {"name": "Far County Office", "integration_employer_type": "county"}
        )
        cls.far_county = cls.env["integration.county"].create(
            {"name": "Far", "ags": "08998", "company_id": cls.far_office.id}
        )
        cls.far_town = cls.env["integration.municipality"].create(
            {"name": "Farheim", "ags": "08998001", "county_id": cls.far_county.id}
        )
        cls.master = {}
        for name in [*master_models(cls.env), *SHARED]:
            cls.master[name] = cls._master_rows(name)
        cls.figures = cls._figures()
        # What is decided on is of all employers of a county together
        cls.decision = cls.env["integration.figures.decision"].create(
            {"calendar_year": 2000, "number": 1, "rule": "trait_sex", "area": 0, "tables": []}
        )
        cls.log = cls._log_rows()
        # Each employer has enough persons for a number of exceptions to be told
        offices = cls.company_county | cls.far_office
        (cls.company_a | cls.company_b | offices).integration_small_number = 3
        cls.env["integration.guard.rail.count"]._count_until(cls.today)
        cls.exceptions = [
            row
            for name in (
                "integration.disclosure.exception",
                "integration.withdrawal.count",
                "integration.guard.rail.count",
                "integration.interpreter.count",
                "integration.concern.count",
            )
            for row in cls.env[name].search([])
        ]
        cls.role_changes = cls.env["integration.role.change"].search([])
        cls.staff = cls.env["integration.worker"].create(
            [
                {"company_id": user.company_id.id, "user_id": user.id}
                for user in (cls.worker_a, cls.colleague_a, cls.worker_b)
            ]
        )
        theirs = cls.kits["colleague"]["integration.case"]
        cls.lost = out_without_the_file(theirs, cls.users["worker"])
        cls.arrivals = arrivals_entered(cls) | concerns_raised(cls)
        cls.office = office_rows(cls)
        cls.network = network_rows(cls)
        cls.dialogs = {
            role: cls._dialogs(user, cls.kits["mine" if role == "worker" else "team"])
            for role, user in cls.users.items()
        }
        # Somebody's of employer B, with secrets in every field
        cls.dialogs["other"] = cls._dialogs(cls.worker_b, cls.kits["other"])
        for name, records in cls.dialogs["other"].items():
            cls._plant_in(records, cls.kits["other"], name)
        cls.env.flush_all()
        cls.env.invalidate_all()

    # ------------------------------------------------------------
    # Building
    # ------------------------------------------------------------

    @classmethod
    def _master_rows(cls, name):
        """Return rows of a classification: a shared one and one per employer."""
        model = cls.env[name]
        if name == "integration.county":
            return cls.county | cls.far_county
        if name == "integration.municipality":
            return cls.town_a | cls.far_town
        if name == "integration.mandate":
            return (
                cls.mandate_a
                | cls.mandate_b
                | model.create(
                    {
                        "company_id": cls.company_b.id,
                        "municipality_id": cls.far_town.id,
                        "mode": "delegated",
                        "date_start": cls.start,
                    }
                )
            )
        if name in (
            *("integration.day.tile", "integration.indicator", "integration.paper.text"),
            *("integration.concern.answer", "integration.concern.kind"),
        ):
            return model.search([], limit=1)
        companies = [False, *(cls.company_a | cls.company_b | cls.company_county).ids]
        if name == "integration.consent.notice":
            return model.create(
                [dict(cls._required(model), company_id=company_id) for company_id in companies]
            )
        if name == "integration.consent.notice.line":
            notices = cls.master["integration.consent.notice"]
            return model.create(
                [dict(cls._required(model), notice_id=notice.id) for notice in notices]
            )
        if name == "integration.goal.template.step":
            entries = cls.master["integration.goal.template"]
            return model.create(
                [dict(cls._required(model), template_id=entry.id) for entry in entries]
            )
        if name == "integration.letter.template.line":
            entries = cls.master["integration.letter.template"]
            return model.create(
                [dict(cls._required(model), template_id=entry.id) for entry in entries]
            )
        return model.create(
            [
                dict(
                    cls._required(model),
                    name="Row",
                    code=f"walls{company_id}",
                    company_id=company_id,
                )
                for company_id in companies
            ]
        )

    @classmethod
    def _figures(cls):
        """Return one report per role that may print any, and one of employer B."""
        reports = {}
        users = {**cls.users, "other": cls.lead_b}
        for role in ("worker", "lead", "reporting", "admin", "county", "other"):
            env = cls._as(users[role])
            reports[role] = env["integration.report"].create(
                {
                    "profile": "state",
                    "date_from": cls.start,
                    "date_to": cls.today,
                    "scope": "worker" if role == "worker" else "all",
                    "breakdown": "total",
                    "user_id": users[role].id if role == "worker" else False,
                }
            )
        for report in reports.values():
            report.sudo().fact_ids = [Command.create({"measure": "talk_channel", "groups": []})]
        return reports

    @classmethod
    def _log_rows(cls):
        return cls.env["integration.access.log"].create(
            [
                {
                    "user_id": cls.colleague_a.id,
                    "company_id": company.id,
                    "kind": "open",
                    "date_hour": "2026-01-01 10:00:00",
                }
                for company in cls.company_a | cls.company_b
            ]
        )

    # ------------------------------------------------------------
    # Situations: what a row is for a user
    # ------------------------------------------------------------

    def file_situation(self, role, kit):
        """Return own, team, employer or other."""
        user = self.users[role]
        if kit.company != user.company_id:
            return "other"
        if kit.owner == user:
            return "own"
        return "team" if kit.tag == "team" else "employer"

    def master_situation(self, role, row):
        employer = self.users[role].company_id
        if row._name == "integration.mandate" and row.county_id.company_id == employer:
            return "county"
        company = (
            row.county_id.company_id
            if row._name == "integration.municipality"
            else row.company_id
            if "company_id" in row
            else row.env["res.company"]
        )
        if company == employer:
            return "own"
        return "other" if company and row._name not in PUBLIC_FACTS else "shared"

    def figures_situation(self, role, printed_by, report):
        employer = self.users[role].company_id
        if report.company_id != employer:
            return "other"
        if role == printed_by:
            return "own"
        return "wider" if report.sudo().scope_company_ids - employer else "employer"

    def number_situation(self, role, row):
        """Numbers are told to the employer, those of the guard rails to its county as well."""
        employer = self.users[role].company_id
        if row.company_id == employer:
            return "employer"
        county = "county_company_id" in row and row.county_company_id == employer
        return "county" if county else "other"

    def arrival_situation(self, role, arrival):
        """Arrivals and concerns are the employer's, and of whoever entered them from outside."""
        if arrival.create_uid == self.users[role]:
            return "own"
        return "employer" if arrival.company_id == self.users[role].company_id else "other"

    def office_situation(self, role, row):
        """Office hours are the employer's; the county reads rooms, which municipalities provide."""
        employer = self.users[role].company_id
        if row.company_id == employer:
            return "employer"
        rooms = row._name == "integration.office.room"
        return (
            "county" if rooms and row.municipality_id.county_id.company_id == employer else "other"
        )

    def _office_rows(self, role):
        for row in self.office:
            unnamed = ":unnamed" if row._name == "integration.office.visitor" else ""
            yield f"{row._name}{unnamed}", self.office_situation(role, row), row

    def _files_of(self, dialog):
        """Yield what of files a dialog refers to, also a line by the dialog it is part of."""
        for name, field in dialog._fields.items():
            if field.comodel_name in FILES:
                yield dialog[name]
            elif field.type == "many2one" and field.comodel_name in self.file_names:
                yield dialog[name]
            elif field.type == "many2one" and field.comodel_name in self.dialog_names:
                yield from self._files_of(dialog[name])

    def dialog_situation(self, role, opened_by, dialog):
        """A dialog is lost with the file it was opened on."""
        employer = self.users[role].company_id
        lost = any(file.company_id - employer for file in self._files_of(dialog.sudo()))
        return "own" if opened_by == role and not lost else "other"

    def everything(self, role):
        """Return (key, situation, records) of every row of the world, as the system sees them.

        No test changes whose a row is, so that is asked once.
        """
        if role not in self._rows_by_role:
            self._rows_by_role[role] = list(self._rows(role))
        return self._rows_by_role[role]

    def _rows(self, role):
        for kit in self.kits.values():
            for key, records in kit.items():
                yield key, self.file_situation(role, kit), records
        for name, rows in self.master.items():
            for row in rows:
                yield name, self.master_situation(role, row), row
        for printed_by, report in self.figures.items():
            situation = self.figures_situation(role, printed_by, report)
            yield "integration.report", situation, report
            yield "integration.report.line", situation, report.sudo().line_ids
            yield "integration.report.fact", situation, report.sudo().fact_ids
            yield "integration.figures.decision", situation, self.decision
        for row in [*self.log, *self.exceptions, *self.role_changes]:
            yield row._name, self.number_situation(role, row), row
        for key, arrivals in self.arrivals.items():
            for arrival in arrivals:
                yield key, self.arrival_situation(role, arrival), arrival
        yield from self._office_rows(role)
        yield from self._of_the_employer(role)
        for opened_by, dialogs in self.dialogs.items():
            for name, rows in dialogs.items():
                yield name, self.dialog_situation(role, opened_by, rows), rows

    def _of_the_employer(self, role):
        """Yield rows that lie in no file, of the county's network and of the staff."""
        user = self.users[role]
        for row in self.network:
            yield row._name, network_situation(user, row), row
        for key, row in (
            *((row._name, row) for row in self.staff),
            ("integration.house.visit:lost", self.lost),
        ):
            mine = row.user_id == user
            yield key, "own" if mine else self.number_situation(role, row), row
