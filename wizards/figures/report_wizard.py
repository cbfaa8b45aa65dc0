from odoo import api, fields, models
from odoo.fields import Domain

from ...figures.breakdowns import BREAKDOWN_SELECTION, BREAKDOWNS, EMPLOYER, MONTH, WORKER
from ...figures.period import Period, preset_dates
from ...figures.protection.request import is_printed, local_breakdowns
from ...figures.request import PROFILE_SELECTION, STATE, FiguresRequest
from ...figures.scope import check_mandates, permitted_scopes
from ...tools import local_today


class IntegrationReportWizard(models.TransientModel):
    """Asks for period and scope and shows the official figures with one click.

    It offers what the user's roles permit; the report itself decides.
    """

    _name = "integration.report.wizard"
    _inherit = ["integration.door"]
    _description = "Ask for Official Figures"

    profile = fields.Selection(
        PROFILE_SELECTION, string="Figures", required=True, default="state",
        help="State figures count the work, without personal traits. Local monitoring counts the"
        " persons by trait, what has changed by how it went on with them: whole periods that are"
        " over, small numbers hidden.",
    )  # fmt: skip
    preset = fields.Selection(
        [
            ("this_month", "This month"),
            ("last_month", "Last month"),
            ("this_quarter", "This quarter"),
            ("last_quarter", "Last quarter"),
            ("this_half", "This half-year"),
            ("last_half", "Last half-year"),
            ("this_year", "This year"),
            ("last_year", "Last year"),
            ("mandate", "Grant period of a mandate"),
            ("worker", "Whole time of a case worker"),
            ("free", "Any period"),
        ],
        string="Period",
        required=True,
        default=lambda self: self._default_preset(),
    )
    # A selection like the employer: a guessed id shall tell nothing about a foreign mandate.
    mandate = fields.Selection(
        selection="_selection_mandate",
        default=lambda self: next((key for key, _name in self._selection_mandate()), False),
    )
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_dates",
        store=True,
        precompute=True,
        readonly=False,
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        compute="_compute_dates",
        store=True,
        precompute=True,
        readonly=False,
    )
    scope = fields.Selection(
        selection="_selection_scope",
        string="Whose Work",
        required=True,
        default=lambda self: next((key for key, _name in self._selection_scope()), False),
    )
    own_only = fields.Boolean(compute="_compute_available")
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        default=lambda self: self.env.user,
        domain="[('id', 'in', available_user_ids)]",
        context={"active_test": False},
    )
    # A selection, for a coordinator may read no company but her own.
    employer = fields.Selection(
        selection="_selection_employer",
        default=lambda self: next((key for key, _name in self._selection_employer()), False),
    )
    municipality_id = fields.Many2one(
        "integration.municipality", domain="[('id', 'in', available_municipality_ids)]"
    )
    county_id = fields.Many2one(
        "integration.county",
        domain="[('id', 'in', available_county_ids)]",
        default=lambda self: self._permitted_counties()[:1],
    )
    breakdown = fields.Selection(
        BREAKDOWN_SELECTION, required=True, default=lambda self: self._default_breakdown()
    )
    available_breakdowns = fields.Json(
        compute="_compute_available_breakdowns", export_string_translation=False
    )
    available_user_ids = fields.Many2many(
        "res.users", compute="_compute_available", context={"active_test": False}
    )
    available_municipality_ids = fields.Many2many(
        "integration.municipality", compute="_compute_available"
    )
    available_county_ids = fields.Many2many("integration.county", compute="_compute_available")

    # ------------------------------------------------------------
    # What the roles permit
    # ------------------------------------------------------------
    @api.model
    def default_get(self, fields):
        """Say in a sentence why there is nothing to choose from, before anything is missing."""
        check_mandates(self.env)
        return super().default_get(fields)

    def _permitted(self):
        return permitted_scopes(self.env, self.env.companies)

    def _sees_others(self):
        """Return whether the user's roles permit more than her own work."""
        return any(scope.user_ids is None for scope in self._permitted())

    def _permitted_counties(self):
        ids = [scope.county_id for scope in self._permitted() if scope.county_id]
        return self.env["integration.county"].browse(ids)

    @api.model
    def _selection_scope(self):
        """Offer the widest scope first: it is the default."""
        permitted = self._permitted()
        kinds = []
        if self._permitted_counties():
            kinds.append(("county", self.env._("One county")))
        if self._sees_others():
            kinds += [
                ("all", self.env._("Everything I may see")),
                ("employer", self.env._("One employer")),
                ("municipality", self.env._("One municipality")),
                ("worker", self.env._("One case worker")),
            ]
        elif permitted:
            kinds += [
                ("worker", self.env._("My own work")),
                ("municipality", self.env._("My own work in one municipality")),
            ]
        return kinds

    @api.model
    def _selection_employer(self):
        ids = {i for s in self._permitted() if s.user_ids is None for i in s.company_ids}
        # sudo: names of employers with a mandate in the coordinator's county
        companies = self.env["res.company"].sudo().browse(sorted(ids))
        return [(str(company.id), company.name) for company in companies.sorted("name")]

    @api.model
    def _default_preset(self):
        """A worker looks at her month; anyone who reports looks back at the last quarter."""
        return "last_quarter" if self._sees_others() else "this_month"

    @api.model
    def _selection_mandate(self):
        """Offer the mandates the user may read of the employers she may count, latest first."""
        companies = {i for scope in self._permitted() for i in scope.company_ids}
        domain = [("company_id", "in", list(companies))]
        mandates = self.env["integration.mandate"].search(domain, order="date_start desc, id desc")
        return [(str(mandate.id), mandate.display_name) for mandate in mandates]

    @api.model
    def _default_breakdown(self):
        """Split by the level below: the county by employer, an employer by case worker."""
        if self._permitted_counties():
            return EMPLOYER
        return WORKER if self._sees_others() else MONTH

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------
    @api.depends("preset", "mandate", "user_id")
    def _compute_dates(self):
        """Fill in the period of the preset; what cannot be known stays as it is."""
        today = local_today(self.env)
        for wizard in self:
            dates = None
            if wizard.preset == "mandate":
                # Checked here: Odoo takes any value for a selection that a method lists.
                offered = wizard.mandate in dict(self._selection_mandate())
                mandate = self.env["integration.mandate"].browse(offered and int(wizard.mandate))
                dates = mandate and (mandate.date_start, mandate.date_end or today)
            elif wizard.preset == "worker":
                dates = wizard._working_time(today)
            elif wizard.preset and wizard.preset != "free":
                dates = preset_dates(wizard.preset, today)
            if dates:
                wizard.date_from, wizard.date_to = dates
            elif not wizard.date_from:
                wizard.date_from, wizard.date_to = preset_dates("this_year", today)

    @api.depends("profile", "scope", "user_id", "employer", "municipality_id", "county_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_available_breakdowns(self):
        """Offer no table that there never is: local monitoring follows one hierarchy."""
        for wizard in self:
            available = list(BREAKDOWNS)
            if wizard.profile != STATE and wizard.scope:
                available = local_breakdowns(self.env, wizard._figures_request())
            wizard.available_breakdowns = available

    def _figures_request(self):
        """Return what is asked for; which tables there are does not depend on the period."""
        return FiguresRequest(
            profile=self.profile, period=None, kind=self.scope, user=self.user_id,
            employer=self.env["res.company"].browse(int(self.employer or 0) or ()),
            municipality=self.municipality_id, county=self.county_id,
        )  # fmt: skip

    @api.onchange("profile")
    def _onchange_profile(self):
        """Propose the last period that there is, in place of one that would be refused."""
        today = local_today(self.env)
        if self.profile in (False, STATE) or not (self.date_from and self.date_to):
            return
        if not is_printed(self.profile, Period(self.date_from, self.date_to, today)):
            self.preset = next(
                preset
                for preset in ("last_quarter", "last_half")
                if is_printed(self.profile, Period(*preset_dates(preset, today), today))
            )

    @api.onchange("available_breakdowns")
    def _onchange_available_breakdowns(self):
        self.breakdown = self._chosen_breakdown()

    def _chosen_breakdown(self):
        """Return the breakdown, or the first one that there is instead."""
        available = self.available_breakdowns
        return self.breakdown if self.breakdown in available else available[:2][-1]

    def _working_time(self, today):
        """Return from when to when the worker was responsible or held talks, if ever."""
        if self.user_id.id not in self.available_user_ids.ids:
            return None
        domain = Domain("user_id", "=", self.user_id.id) & self._work_domain()
        # sudo: first and last day of somebody whose work the user may count
        env = self.sudo().env
        ((started, ended),) = env["integration.case.assignment"]._read_group(
            domain, [], ["date_from:min", "date_to:max"]
        )
        ((first, last),) = env["integration.contact"]._read_group(
            domain, [], ["date:min", "date:max"]
        )
        days = [day for day in (started, ended, first, last) if day]
        if not days:
            return None
        return min(days), today if self.user_id.active else max(days)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_available(self):
        permitted = self._permitted()
        companies = {i for scope in permitted for i in scope.company_ids}
        # sudo: places and former colleagues, ids only; what may be counted is checked later
        mandates = self.env["integration.mandate"].sudo().search([("company_id", "in", companies)])
        places = mandates.municipality_id
        limits = [scope.municipality_ids for scope in permitted]
        if limits and None not in limits:
            places = places.filtered(lambda m: any(m.id in ids for ids in limits))
        own_only = not self._sees_others()
        workers = self.env.user if own_only else self._workers()
        for wizard in self:
            wizard.own_only = own_only
            wizard.available_user_ids = workers
            wizard.available_municipality_ids = places
            wizard.available_county_ids = self._permitted_counties()

    def _workers(self):
        """Return case workers of the employers, former ones included.

        For a coordinator these are the ones who work in her county, and of employers without
        a mandate elsewhere everybody: who has no work yet is none of another county's.
        """
        group = self.env.ref("integration_management.group_caseworker")
        # sudo: users who have left and colleagues of other employers of the county
        users = self.env["res.users"].sudo().with_context(active_test=False)
        workers = users.search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", list(self._wholly()))]
        )
        # sudo: who was responsible or held talks, of files that the reader may not open
        env = self.sudo().env
        for model in ("integration.case.assignment", "integration.contact"):
            for (user,) in env[model]._read_group(self._work_domain(), ["user_id"]):
                workers |= user
        return workers

    def _work_domain(self):
        """Return the domain of the work that the user may count."""
        return Domain.OR(
            Domain("company_id", "in", scope.company_ids)
            & (
                Domain.TRUE
                if scope.municipality_ids is None
                else Domain("municipality_id", "in", scope.municipality_ids)
            )
            for scope in self._permitted()
        )

    def _wholly(self):
        """Return the ids of the employers all of whose mandates lie where the user may count."""
        # sudo: ids of employers and places, to be compared
        mandates = self.env["integration.mandate"].sudo()
        wholly = set()
        for scope in self._permitted():
            companies = set(scope.company_ids)
            if scope.municipality_ids is not None:
                elsewhere = mandates.search(
                    [
                        ("company_id", "in", list(companies)),
                        ("municipality_id", "not in", scope.municipality_ids),
                    ]
                )
                companies -= set(elsewhere.company_id.ids)
            wholly |= companies
        return wholly

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------
    def action_show(self):
        """Count and open the result."""
        self.ensure_one()
        report = self.env["integration.report"].create(self._prepare_report())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Official figures"),
            "res_model": "integration.report",
            "res_id": report.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def _prepare_report(self):
        """Return the request; only the field that belongs to the scope goes along."""
        values = {
            "profile": self.profile,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "scope": self.scope,
            "breakdown": self._chosen_breakdown(),
        }
        target = {
            "worker": ("user_id", self.user_id.id),
            "employer": ("employer_id", int(self.employer or 0) or False),
            "municipality": ("municipality_id", self.municipality_id.id),
            "county": ("county_id", self.county_id.id),
        }.get(self.scope)
        if target:
            values[target[0]] = target[1]
        return values
