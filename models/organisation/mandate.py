from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today

MODES = [
    ("own", "Own staff of the municipality"),
    ("commissioned", "Agency commissioned by the municipality"),
    ("delegated", "Delegated to the county, which commissions an agency"),
]


class IntegrationMandate(models.Model):
    """Who does the work in a municipality, from when to when, and by whose order.

    The three modes are those of the county standard (1.2). Who may apply for the grant
    and who is commissioned changes over the years: hence dated rows, never code.
    """

    _name = "integration.mandate"
    _inherit = ["integration.master.guard"]
    _description = "Mandate"
    _order = "municipality_id, date_start desc, id desc"
    _rec_names_search = ["municipality_id.name", "company_id.name"]
    # The rules look at a row before it is written, not at what becomes of it.
    _fixed_fields = frozenset({"company_id", "municipality_id"})

    municipality_id = fields.Many2one(
        "integration.municipality", required=True, index=True, ondelete="restrict"
    )
    county_id = fields.Many2one(
        related="municipality_id.county_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_company_id(),
        domain="[('integration_employer_type', '!=', False)]",
        help="Only the employer directs the case workers (county standard 3.2.1).",
    )
    mode = fields.Selection(MODES, required=True, default="own")
    principal = fields.Char(help="By whose order the work is done: municipality or county.")
    date_start = fields.Date(string="From", required=True)
    date_end = fields.Date(string="Until", help="Last day; empty while the mandate runs.")
    fte = fields.Float(
        string="Funded Positions", digits=(6, 2), help="Funded full-time equivalents."
    )

    _fte_positive = models.Constraint(
        "CHECK(fte IS NULL OR fte >= 0)", "Funded positions cannot be negative."
    )
    # Two loads at the same moment see nothing of each other; the check below would pass twice.
    _same_start = models.UniqueIndex(
        "(company_id, municipality_id, date_start)",
        "This employer has a mandate for this municipality from that day already.",
    )

    @api.model
    def _default_company_id(self):
        company = self.env.company
        if company.integration_employer_type in ("municipality", "association", "agency"):
            return company
        return self.env["res.company"]

    @api.depends("municipality_id", "company_id", "date_start")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for mandate in self:
            # sudo: res.company - an employer's name is public
            employer = mandate.company_id.sudo().name
            if not (mandate.municipality_id and mandate.date_start):
                mandate.display_name = employer or ""
                continue
            mandate.display_name = self.env._(
                "%(municipality)s: %(employer)s, from %(date)s",
                municipality=mandate.municipality_id.name,
                employer=employer,
                date=format_date(self.env, mandate.date_start),
            )

    @api.constrains("date_start", "date_end", "municipality_id", "company_id")
    def _check_dates(self):
        for mandate in self:
            if mandate.date_end and mandate.date_end < mandate.date_start:
                raise UserError(
                    self.env._("A mandate cannot end before it starts: %s", mandate.display_name)
                )
            # sudo: integration.mandate - an overlap counts no matter who may see the other row
            other = self.sudo().search(mandate._overlap_domain(), limit=1)
            if other:
                raise UserError(
                    self.env._(
                        "%(employer)s has a mandate for %(municipality)s in that time already:"
                        " %(mandate)s",
                        employer=other.company_id.name,
                        municipality=other.municipality_id.name,
                        mandate=other.with_env(self.env).display_name,
                    )
                )

    @api.constrains("company_id")
    def _check_employer(self):
        for company in self.company_id.sudo():  # sudo: res.company - only its kind and name
            if not company.integration_employer_type:
                raise UserError(
                    self.env._(
                        "“%s” is not set up as an employer: choose its kind in the employer"
                        " settings first.",
                        company.name,
                    )
                )

    # ------------------------------------------------------------
    # What its dates ever were
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self._record_times()

    def _after_write(self, change):
        super()._after_write(change)
        if {"date_start", "date_end"} & change.names:
            self._record_times()

    def _record_times(self):
        """Note that the mandates were said to run from then to then.

        Figures for the grant period are printed for whoever keeps mandates, and moving a date by
        a day and printing again must tell nothing of that day. So what was once a grant period is
        one for ever, and a new one counts from the day on which it was entered.
        """
        today = local_today(self.env).isoformat()
        for mandate in self:
            # sudo: res.company - what no request reads or writes, of an employer who may be others'
            company = mandate.company_id.sudo()
            known = company.integration_grant_times or []
            start, end = mandate.date_start.isoformat(), mandate.date_end
            time = [start, end.isoformat() if end else None]
            if time not in [row[:2] for row in known]:
                company.integration_grant_times = [*known, [*time, today]]

    def _overlap_domain(self):
        """Return the domain of other mandates of this employer here at the same time."""
        self.ensure_one()
        domain = Domain(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("municipality_id", "=", self.municipality_id.id),
            ]
        )
        domain &= Domain("date_end", "=", False) | Domain("date_end", ">=", self.date_start)
        if self.date_end:
            domain &= Domain("date_start", "<=", self.date_end)
        return domain

    @api.model
    def _find(self, company, municipality, date):
        """Return the mandate of ``company`` for ``municipality`` on ``date``, or none."""
        return self.search(
            Domain("company_id", "=", company.id)
            & Domain("municipality_id", "=", municipality.id)
            & Domain("date_start", "<=", date)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", date)),
            limit=1,
        )
