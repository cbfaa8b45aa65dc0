from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today

# What a full-time week has, and so what the load is measured by
FULL_HOURS = 39.0
MOST_HOURS = 60.0
LEAD = "integration_management.group_lead"


class IntegrationWorker(models.Model):
    """A case worker at an employer: weekly hours, absence, and the load of her cases.

    County standard 3.3: how many cases somebody can accompany depends on their phase, on the
    persons in them and on her hours. Numbers alone; nothing of a file is told.
    """

    _name = "integration.worker"
    _description = "Case Worker of an Employer"
    _inherit = ["integration.door", "integration.plausible"]
    _order = "user_id, id"
    _check_company_auto = True
    _fixed_fields = frozenset({"company_id", "user_id"})

    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    hours = fields.Float(
        string="Hours per Week",
        default=FULL_HOURS,
        groups=LEAD,
        help="What of them is for this work; the load is reckoned by it.",
    )
    date_away_from = fields.Date(string="Away From")
    date_away_until = fields.Date(
        string="Away Until", help="The last day; empty: until further notice."
    )
    is_away = fields.Boolean(string="Away", compute="_compute_is_away", search="_search_is_away")
    case_count = fields.Integer(string="Open Cases", compute="_compute_load", groups=LEAD)
    person_count = fields.Integer(string="Persons", compute="_compute_load", groups=LEAD)
    load = fields.Float(
        string="Case Load",
        compute="_compute_load",
        groups=LEAD,
        digits=(16, 2),
        help="Open cases, each with the weight of its phase and of the persons in it.",
    )
    load_full = fields.Float(
        string="Load of a Full Week",
        compute="_compute_load",
        groups=LEAD,
        digits=(16, 2),
        help="What the load would be at 39 hours; so workers can be compared.",
    )

    _once = models.Constraint(
        "UNIQUE(company_id, user_id)", "This case worker is in the list of the employer already."
    )
    _hours_possible = models.Constraint(
        f"CHECK(hours > 0 AND hours <= {MOST_HOURS})", "Hours per week are between 1 and 60."
    )

    @api.depends("date_away_from", "date_away_until")
    def _compute_is_away(self):
        today = local_today(self.env)
        for worker in self:
            begun = worker.date_away_from and worker.date_away_from <= today
            over = worker.date_away_until and worker.date_away_until < today
            worker.is_away = bool(begun and not over)

    def _search_is_away(self, operator, value):
        if operator != "in":
            return NotImplemented
        away = self._away_between(local_today(self.env), local_today(self.env))
        return Domain.OR(away if wanted else ~away for wanted in value)

    @api.model
    def _away_between(self, first, last):
        """Return the domain of those who are away on any day between two."""
        return Domain("date_away_from", "<=", last) & (
            Domain("date_away_until", "=", False) | Domain("date_away_until", ">=", first)
        )

    @api.depends("user_id", "hours")
    def _compute_load(self):
        # sudo: integration.case - numbers per worker alone, which a lead may know of the whole team
        cases = self.env["integration.case"].sudo()
        # sudo: integration.client - how many there are in these cases
        persons = self.env["integration.client"].sudo()
        running = Domain("state", "=", "open") & Domain("user_id", "in", self.user_id.ids)
        own = cases._read_group(running, ["user_id", "company_id", "stage_id"], ["__count"])
        path = "family_case_id."
        family = persons._read_group(
            Domain("family_case_id", "any", running),
            [f"{path}user_id", f"{path}company_id", f"{path}stage_id"],
            ["__count"],
        )
        for worker in self:
            key = (worker.user_id.id, worker.company_id.id)
            mine = [(s, n) for u, c, s, n in own if (u.id, c.id) == key]
            theirs = [(s, n) for u, c, s, n in family if (u.id, c.id) == key]
            worker.case_count = sum(number for _stage, number in mine)
            worker.person_count = worker.case_count + sum(number for _stage, number in theirs)
            worker.load = sum(stage.load_weight * number for stage, number in mine) + sum(
                stage.load_weight * stage.load_weight_person * number for stage, number in theirs
            )
            worker.load_full = worker.load * FULL_HOURS / (worker.hours or FULL_HOURS)

    @api.depends("user_id")
    def _compute_display_name(self):
        for worker in self:
            worker.display_name = worker.user_id.display_name or self.env._("New case worker")

    @api.constrains("date_away_from", "date_away_until")
    def _check_away(self):
        for worker in self.filtered("date_away_until"):
            if not worker.date_away_from or worker.date_away_until < worker.date_away_from:
                raise UserError(
                    self.env._(
                        "%(user)s: an absence that ends on %(day)s begins before or on that day. "
                        "Enter its first day.",
                        user=worker.user_id.name,
                        day=format_date(self.env, worker.date_away_until),
                    )
                )

    # ------------------------------------------------------------
    # The list of a team
    # ------------------------------------------------------------

    @api.model
    def action_open_team(self):
        """Open the team of the own employers, with a row for every case worker of them."""
        self.check_access("create")
        self._enter(self.env.companies)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "integration_management.integration_worker_action"
        )

    @api.model
    def action_open_mine(self):
        """Open the own row, to enter an absence."""
        self._enter(self.env.company, self.env.user)
        mine = Domain("user_id", "=", self.env.uid) & Domain("company_id", "=", self.env.company.id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Absence"),
            "res_model": self._name,
            "res_id": self.search(mine).id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _enter(self, companies, users=None):
        """Make the rows that are missing of the case workers of ``companies``."""
        group = self.env.ref("integration_management.group_caseworker")
        # sudo: res.groups - who has the role, which every colleague may know
        workers = group.sudo().all_user_ids.filtered("active")
        if users:
            workers &= users
        # sudo: integration.worker - nobody chooses whose rows are made, nor what stands in them
        rows = self.sudo()
        known = {(row.company_id, row.user_id) for row in rows.search([])}
        rows._as_system().create(
            [
                {"company_id": company.id, "user_id": user.id}
                for company in companies.filtered("integration_employer_type")
                for user in workers
                if company in user.company_ids and (company, user) not in known
            ]
        )
