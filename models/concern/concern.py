import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import entry_day, plain_name
from ..outreach.arrival import READERS, TEAM

MUNICIPALITY = "integration_management.group_municipality"
STATES = [
    ("new", "New"),
    ("read", "Taken Over"),
    ("answered", "Answered"),
    ("withdrawn", "Taken Back"),
    ("lapsed", "Time Is Over"),
]
# Who brings something up
PARTIES = [
    ("municipality", "Municipality"),
    ("school", "School or day care"),
    ("neighbour", "Neighbours"),
    ("landlord", "Landlord"),
    ("authority", "Authority"),
    ("other", "Another third party"),
]
# In these somebody waits for an answer.
WAITING = ("new", "read")
# What was said, and by whom; it stays as she put it, and goes with the answer.
WORDS = ("text", "teller")
RAISED = frozenset({*WORDS, "date", "party", "kind_id"})
# What is told on the telephone is entered within days.
OLDEST_DAYS = 14
# As file numbers and those of households are written, with whatever dash
FILE_NUMBER = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-/._]\s*\d{5}(?!\d)")


class IntegrationConcern(models.Model):
    """What a third party brings up: municipality, school, neighbour, authority (standard 3.2.1).

    Third parties direct nothing and learn of no file. So a concern has words, a kind and a fixed
    answer, and neither a direction nor a person: whom it means is for the worker to know. It goes
    to the employer with the mandate for the municipality, the same whoever is meant, and its
    words go with the answer. What is counted stays.
    """

    _name = "integration.concern"
    _inherit = ["integration.secured"]
    _description = "Concern of a Third Party"
    _order = "date desc, id desc"
    _rec_names_search = ["kind_id.name"]
    _check_company_auto = True
    _days_ahead = {"date": 0}
    _fixed_fields = frozenset({"municipality_id"})
    _system_fields = frozenset(
        {"company_id", "source", "state", "answer_id", "answer_text", "date_answered"}
        | {"date_cleared"}
    )

    company_id = fields.Many2one(
        "res.company", string="Employer", readonly=True, index=True, ondelete="restrict"
    )
    source = fields.Selection(
        [("hand", "Recorded by the employer"), ("municipality", "Raised by the municipality")],
        default="hand",
        required=True,
        readonly=True,
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        required=True,
        index=True,
        ondelete="restrict",
        # sudo: res.users - the user's own municipality
        default=lambda self: self.env.user.sudo().integration_municipality_id,
    )
    date = fields.Date(string="Day", required=True, default=lambda self: entry_day(self.env))
    party = fields.Selection(PARTIES, string="Raised By", required=True, default="municipality")
    kind_id = fields.Many2one(
        "integration.concern.kind", string="About", required=True, index=True, ondelete="restrict"
    )
    # What goes with the answer
    text = fields.Text(
        string="The Concern",
        help="What happened where and when. It is cleared with the answer. Nobody is directed by "
        "it: the case workers decide themselves whether and how they take it up.",
    )
    teller = fields.Char(
        string="Answer Goes To",
        copy=False,
        groups=READERS,
        help="Name or telephone of who waits for the answer. It is cleared with the answer.",
    )
    # What becomes of it
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        index=True,
        check_company=True,
        copy=False,
        default=lambda self: self._default_user_id(),
        groups=READERS,
        help="Who answers. What a municipality raises goes to whoever has most open cases there.",
    )
    state = fields.Selection(
        STATES, default="new", required=True, readonly=True, index=True, copy=False, groups=READERS
    )
    answer_id = fields.Many2one(
        "integration.concern.answer",
        string="Fixed Text",
        readonly=True,
        ondelete="restrict",
        copy=False,
        groups=READERS,
    )
    answer_text = fields.Text(string="Answer", readonly=True, copy=False)
    date_answered = fields.Date(string="Answered On", readonly=True, copy=False)
    date_cleared = fields.Date(string="Cleared On", readonly=True, copy=False)
    told = fields.Selection(
        [
            ("received", "Received"),
            ("answered", "Answered"),
            ("withdrawn", "Taken Back"),
            ("lapsed", "Time Is Over"),
        ],
        string="What Is Told",
        compute="_compute_told",
        compute_sudo=True,
        help="Who raised it does not see when somebody reads it, nor who.",
    )
    employer_hint = fields.Char(compute="_compute_employer_hint", string="Goes To")
    # When and by whom the row was touched would tell who is at work, and when.
    write_uid = fields.Many2one(
        "res.users", string="Last Updated by", readonly=True, copy=False, groups=READERS
    )
    write_date = fields.Datetime(
        string="Last Updated on", readonly=True, copy=False, groups=READERS
    )

    _company_known = models.Constraint(
        "CHECK(company_id IS NOT NULL)", "A concern belongs to the employer with the mandate."
    )

    @api.model
    def _default_user_id(self):
        """Return the case worker who records it herself."""
        worker = self.env.user.has_group("integration_management.group_caseworker")
        return self.env.user if worker and not self.env.su else self.env["res.users"]

    @api.depends("state")
    def _compute_told(self):
        for concern in self:
            concern.told = "received" if concern.state in WAITING else concern.state

    @api.depends("municipality_id")
    def _compute_employer_hint(self):
        """Say before saving who will get the concern; employers are no secret."""
        for concern in self:
            company, today = concern._employer(), entry_day(self.env)
            if company or not concern.municipality_id:
                concern.employer_hint = company.name or False
            else:
                concern.employer_hint = self.env["integration.arrival"]._no_mandate(
                    concern.municipality_id, today
                )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # By number and day alone: the kind may tell of somebody
        for concern in self:
            concern.display_name = (
                self.env._(
                    "Concern %(number)s of %(day)s",
                    number=concern._origin.id,
                    day=format_date(self.env, concern.date),
                )
                if concern._origin
                else self.env._("New concern")
            )

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    def _employer(self):
        """Return, as superuser, who has the mandate now: former ones answer for nobody."""
        self.ensure_one()
        today = entry_day(self.env)
        return self.env["integration.arrival"]._employer(self.municipality_id, today)

    @api.model
    def _is_for_municipality(self):
        """Return whether the user speaks for a municipality, and works for no employer."""
        user = self.env.user
        return not self.env.su and user.has_group(MUNICIPALITY) and not user.has_groups(TEAM)

    @api.model
    def _placed(self, vals):
        """Return municipality, employer and source of a new concern with these values.

        Nothing here depends on who is meant: words are not read.

        :raises UserError: nobody, or somebody else, has the mandate
        """
        outside = self._is_for_municipality()
        town = self.env["integration.municipality"].browse(vals.get("municipality_id"))
        if outside:
            town = self._own_municipality(town)
        if not town.exists():
            raise ValidationError(self.env._("Choose the municipality."))
        arrivals, today = self.env["integration.arrival"], entry_day(self.env)
        company = arrivals._employer(town, today)
        if not company:
            raise UserError(arrivals._no_mandate(town, today))
        if not (self.env.su or outside or company in self.env.companies):
            raise UserError(
                self.env._(
                    "%(municipality)s lies with %(employer)s, who answers its concerns. Have it "
                    "raised there.",
                    municipality=town.name,
                    employer=company.name,
                )
            )
        placed = {"municipality_id": town.id, "company_id": company.id}
        if outside:
            placed["source"] = "municipality"
        return placed

    @api.model
    def _own_municipality(self, chosen):
        """Return the municipality for which the user speaks.

        :raises UserError: none was set, or another one was chosen
        """
        # sudo: res.users - the user's own municipality
        own = self.env.user.sudo().integration_municipality_id.sudo(False)
        if not own:
            raise UserError(
                self.env._(
                    "It is not set for which municipality you speak. The administration of the "
                    "employer does so in “Users and Roles”."
                )
            )
        if chosen and chosen != own:
            raise UserError(self.env._("You raise concerns of %s alone. Choose it.", own.name))
        return own

    def _is_of_my_team(self):
        """Return whether the user is a worker or lead of the employer of all these concerns."""
        return self.env.user.has_groups(TEAM) and self.company_id <= self.env.companies

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            vals.update(self._placed({**self.default_get(["municipality_id"]), **vals}))
            if vals.get("user_id") and not self._is_trusted() and self.env.user.has_groups(TEAM):
                self._check_passed_on(vals["user_id"])
            self._check_words({name: vals.get(name) for name in WORDS})
        return vals_list

    def _created(self):
        super()._created()
        arrivals = self.env["integration.arrival"]
        # sudo: integration.concern - who is to read it, which whoever raised it does not see
        for concern in self.sudo()._as_system():
            if concern.source == "municipality":
                worker = arrivals._propose_worker(concern.company_id, concern.municipality_id)
                concern.user_id = worker.id
            elif concern.user_id == self.env.user:
                # Whoever writes down what she was told has read it.
                concern.state = "read"

    def _before_write(self, change):
        super()._before_write(change)
        if not self._is_system():
            self._check_words({name: change.vals[name] for name in WORDS if name in change.vals})
        if "user_id" in change.names and not self._is_trusted():
            self._check_passed_on(change.vals["user_id"])

    def _after_write(self, change):
        super()._after_write(change)
        if self._is_system():
            return
        if RAISED & change.names and self._is_for_municipality():
            # What has changed is to be read anew.
            # sudo: integration.concern - the mark of her own concern, which she does not see
            self.sudo()._as_system().state = "new"
        elif "user_id" in change.names:
            for concern in self:
                concern._as_system().state = "read" if concern.user_id == self.env.user else "new"

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.date_cleared:
            return locked | frozenset(self._fields)
        raised = self.source == "municipality" and self.create_uid != self.env.user
        return locked | RAISED if raised else locked

    def _locked_message(self, names):
        if self.date_cleared:
            return self.env._(
                "%s is answered or over, and its words are cleared. Raise a new one.",
                self.display_name,
            )
        return self.env._("%s stays as the municipality has put it.", self.display_name)

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _check_passed_on(self, user_id):
        """Let a worker give a concern back; leads pass it on to others."""
        lead = self.env.user.has_group("integration_management.group_lead")
        if not lead and user_id not in (False, self.env.uid):
            raise UserError(
                self.env._(
                    "The team lead passes concerns on to colleagues. Empty “Case Worker”, and "
                    "everybody of the team can take it over."
                )
            )

    @api.model
    def _check_words(self, words):
        """Refuse a concern without words, and file numbers in any.

        Such a number is known by how it is written: whether it is anybody's is not asked.
        """
        said = {name: plain_name(word) for name, word in words.items() if isinstance(word, str)}
        if "text" in words and not said.get("text"):
            raise ValidationError(self.env._("Please fill in: The Concern."))
        if any(FILE_NUMBER.search(word) for word in said.values()):
            raise ValidationError(
                self.env._(
                    "A concern bears no file number, of whomever it may be. Leave it out and say "
                    "what happened; the answer is the same whether somebody is accompanied or not."
                )
            )

    @api.constrains("date")
    def _check_date(self):
        oldest = entry_day(self.env) - timedelta(days=OLDEST_DAYS)
        for concern in self:
            if concern.date < oldest:
                raise ValidationError(
                    self.env._(
                        "%(concern)s: it is entered within two weeks. Enter a day from %(day)s on, "
                        "when it was last brought up.",
                        concern=concern.display_name,
                        day=format_date(self.env, oldest),
                    )
                )
