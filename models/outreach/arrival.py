from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today

ACCOMMODATION = "integration_management.group_accommodation"
# Who accompanies people and so knows the list; also the fields that others have no use for
TEAM = "integration_management.group_caseworker,integration_management.group_lead"
READERS = f"{TEAM},integration_management.group_dpo"
STATES = [
    ("new", "New"),
    ("open", "Being Visited"),
    ("later", "Later"),
    ("accepted", "Counselling Wanted"),
    ("declined", "Declined"),
    ("lapsed", "Time Is Over"),
]
# In these somebody has still to go there.
GOING_ON = ("new", "open", "later")
MOST_PERSONS = 99
# A move is announced and told of with some delay; anything else is a slip of the keyboard.
OLDEST_DAYS, AHEAD_DAYS = 365, 90


class IntegrationArrival(models.Model):
    """A move into follow-up accommodation: whom a worker visits to introduce herself (3.1).

    There is no client yet and no consent. So it holds no more than is needed to find the door,
    and that goes ``integration_arrival_days`` after the move, or with the answer. What is counted
    stays. The employer is the one with the mandate for the municipality on that day, whoever
    enters the row.
    """

    _name = "integration.arrival"
    _inherit = ["integration.secured"]
    _description = "Arrival"
    _order = "date_move desc, id desc"
    _check_company_auto = True
    _days_ahead = {"date_move": AHEAD_DAYS, "date_later": 365}
    _system_fields = frozenset({"company_id", "source", "state", "date_result", "date_cleared"})

    company_id = fields.Many2one(
        "res.company", string="Employer", readonly=True, index=True, ondelete="restrict"
    )
    source = fields.Selection(
        [
            ("hand", "Entered by the employer"),
            ("accommodation", "Entered by the accommodation"),
            ("import", "Imported"),
        ],
        default="hand",
        required=True,
        readonly=True,
    )
    municipality_id = fields.Many2one(
        "integration.municipality", required=True, index=True, ondelete="restrict"
    )
    date_move = fields.Date(
        string="Day of the Move", required=True, default=lambda self: local_today(self.env)
    )
    person_count = fields.Integer(string="Persons", required=True, default=1)
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        compute="_compute_user_id",
        compute_sudo=True,
        store=True,
        readonly=False,
        index=True,
        check_company=True,
        groups=READERS,
        help="Proposed: whoever has most open cases in the municipality.",
    )
    # What helps to find the door, and goes
    name = fields.Char(help="Only if it is needed to find the door. It is cleared.")
    street = fields.Char()
    zip = fields.Char(string="ZIP")
    city = fields.Char()
    language_ids = fields.Many2many(
        "integration.language",
        string="Languages",
        check_company=True,
        context={"active_test": False},
    )
    note = fields.Text(
        string="How to Find Them", help="Floor, bell, when somebody is there. It is cleared."
    )
    # What became of it
    state = fields.Selection(STATES, default="new", required=True, readonly=True, index=True)
    date_later = fields.Date(
        string="Come Back On", groups=READERS, help="From that day on it is on the list again."
    )
    date_result = fields.Date(string="Answered On", readonly=True, groups=READERS)
    date_cleared = fields.Date(string="Cleared On", readonly=True, groups=READERS)
    employer_hint = fields.Char(compute="_compute_employer_hint", string="Goes To")

    # By whom and when a row was touched is the team's, not of who entered it
    write_uid = fields.Many2one(
        "res.users", string="Last Updated by", readonly=True, copy=False, groups=READERS
    )
    write_date = fields.Datetime(
        string="Last Updated on", readonly=True, copy=False, groups=READERS
    )

    _company_known = models.Constraint(
        "CHECK(company_id IS NOT NULL)", "An arrival belongs to the employer with the mandate."
    )

    @api.depends("municipality_id", "date_move")
    def _compute_user_id(self):
        """Propose who knows the place; whoever was chosen by hand stays."""
        for arrival in self:
            company = self._employer(arrival.municipality_id, arrival.date_move)
            if not (arrival.user_id and company in arrival.user_id.company_ids):
                arrival.user_id = self._propose_worker(company, arrival.municipality_id)

    @api.depends("municipality_id", "date_move")
    def _compute_employer_hint(self):
        """Say before saving who will get the arrival; employers are no secret."""
        for arrival in self:
            company = self._employer(arrival.municipality_id, arrival.date_move)
            if company or not (arrival.municipality_id and arrival.date_move):
                arrival.employer_hint = company.name or False
            else:
                arrival.employer_hint = self._no_mandate(arrival.municipality_id, arrival.date_move)

    @api.depends("municipality_id", "date_move")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # Never by what somebody is called
        for arrival in self:
            day = arrival.date_move and format_date(self.env, arrival.date_move)
            arrival.display_name = self.env._(
                "Arrival in %(municipality)s, %(day)s",
                municipality=arrival.municipality_id.name or "…",
                day=day or "…",
            )

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    @api.model
    def _employer(self, municipality, day):
        """Return, as superuser, the employer with the mandate for ``municipality`` on ``day``.

        Of several the reader's own, else the one whose mandate began last.
        """
        # sudo: integration.mandate, res.company - who works where is public (county standard 1.2)
        mandates = self.env["integration.mandate"].sudo()
        if not (municipality and day):
            return mandates.company_id
        found = mandates.search(
            Domain("municipality_id", "=", municipality._origin.id or municipality.id)
            & Domain("date_start", "<=", day)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day)),
            order="date_start desc, id",
        )
        own = found.filtered(lambda mandate: mandate.company_id in self.env.companies)
        return (own or found)[:1].company_id

    def _no_mandate(self, municipality, day):
        return self.env._(
            "Nobody has a mandate for %(municipality)s on %(day)s. Choose another municipality or "
            "day, or have the mandate entered.",
            municipality=municipality.name,
            day=format_date(self.env, day),
        )

    @api.model
    def _propose_worker(self, company, municipality):
        """Return the active worker with most open cases of ``company`` in the municipality."""
        # sudo: integration.case - numbers alone, to propose somebody
        cases = self.env["integration.case"].sudo()
        groups = cases._read_group(
            [
                ("company_id", "in", company.ids),
                ("municipality_id", "in", municipality.ids),
                ("state", "=", "open"),
            ],
            ["user_id"],
            ["__count"],
            order="__count desc, user_id",
        )
        for user, _count in groups:
            works_here = user.active and company in user.company_ids
            if works_here and user.has_group("integration_management.group_caseworker"):
                return user
        return self.env["res.users"]

    def _is_from_accommodation(self, company):
        """Return whether the user enters it as accommodation staff, for whatever employer."""
        user = self.env.user
        mine = user.has_groups(TEAM) and company in self.env.companies
        return not self.env.su and user.has_group(ACCOMMODATION) and not mine

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            vals.update(self._placed({**self.default_get(["date_move"]), **vals}))
        return vals_list

    def _before_write(self, change):
        super()._before_write(change)
        if "user_id" in change.names:
            self._check_passed_on(change.vals["user_id"])
        if {"municipality_id", "date_move"} & change.names:
            for arrival in self:
                arrival._place_anew(change)

    def _check_passed_on(self, user_id):
        """Let a worker take an arrival or give it back; leads pass it on to others."""
        free = self._is_trusted() or self.env.user.has_group("integration_management.group_lead")
        if not free and user_id not in (False, self.env.uid):
            raise UserError(
                self.env._(
                    "The team lead passes arrivals on to colleagues. Empty “Case Worker”, and "
                    "everybody of the team can take it over."
                )
            )

    def _place_anew(self, change):
        """Let another municipality or day of the move bring its employer along.

        :raises UserError: of one that is being visited already
        """
        now = {"municipality_id": self.municipality_id.id, "date_move": self.date_move}
        placed = self._placed({**now, **change.vals})
        known = change.vals.get("company_id", placed["company_id"])
        if known != placed["company_id"]:
            raise UserError(self.env._("These arrivals lie with several employers: one at a time."))
        if placed["company_id"] != self.company_id.id and self.state != "new":
            raise UserError(
                self.env._(
                    "%s is being visited and stays with its employer. Choose a day of the move in "
                    "her mandate.",
                    self.display_name,
                )
            )
        change.vals.update(placed)

    @api.model
    def _placed(self, vals):
        """Return employer and source of an arrival with these values.

        :raises UserError: naming the municipality, if nobody, or somebody else, has its mandate
        """
        municipality = self.env["integration.municipality"].browse(vals.get("municipality_id"))
        day = fields.Date.to_date(vals.get("date_move"))
        if not (municipality.exists() and day):
            raise ValidationError(self.env._("Choose the municipality and the day of the move."))
        company = self._employer(municipality, day)
        if not company:
            raise UserError(self._no_mandate(municipality, day))
        by_accommodation = self._is_from_accommodation(company)
        if not (self.env.su or by_accommodation or company in self.env.companies):
            raise UserError(
                self.env._(
                    "%(municipality)s lies with %(employer)s, who keeps its arrivals. Tell her of "
                    "the move.",
                    municipality=municipality.name,
                    employer=company.name,
                )
            )
        placed = {"company_id": company.id}
        if by_accommodation:
            placed["source"] = "accommodation"
        return placed

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state not in GOING_ON:
            return locked | frozenset(self._fields)
        return locked if self.state == "new" else locked | {"municipality_id"}

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("person_count")
    def _check_person_count(self):
        for arrival in self:
            if not 1 <= arrival.person_count <= MOST_PERSONS:
                raise ValidationError(
                    self.env._(
                        "%(arrival)s: between 1 and %(most)s persons move together. Enter several "
                        "arrivals for more.",
                        arrival=arrival.display_name,
                        most=MOST_PERSONS,
                    )
                )

    @api.constrains("date_move")
    def _check_date_move(self):
        oldest = local_today(self.env) - timedelta(days=OLDEST_DAYS)
        for arrival in self:
            if arrival.date_move < oldest:
                raise ValidationError(
                    self.env._(
                        "%(arrival)s: an arrival is entered within a year. Enter a day of the move "
                        "from %(day)s on.",
                        arrival=arrival.display_name,
                        day=format_date(self.env, oldest),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_visited(self):
        """Let a slip be deleted, and nothing that was counted."""
        for arrival in self:
            # sudo: integration.arrival.visit - whether there is any; accommodation sees none
            if arrival.state not in GOING_ON or arrival.sudo().visit_ids:
                raise UserError(
                    self.env._(
                        "%s has been visited or answered and is counted. It stays; names in it are "
                        "cleared by themselves.",
                        arrival.display_name,
                    )
                )
