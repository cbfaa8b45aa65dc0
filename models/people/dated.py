from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...tools import local_today


class IntegrationDated(models.AbstractModel):
    """Base of everything about a client that holds from a day to a day."""

    _name = "integration.dated"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "History of a Client"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    # Further fields within which periods must not overlap, e.g. one level per language.
    _dated_keys = ()

    client_id = fields.Many2one(
        "integration.client", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="client_id.company_id", store=True, precompute=True, index=True
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: local_today(self.env)
    )
    date_to = fields.Date(string="Until", help="Last day; empty while it holds.")

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self._follow_each_other()

    def _after_write(self, change):
        super()._after_write(change)
        if {"date_from", "date_to", *self._dated_keys} & change.names:
            self._follow_each_other()

    def _follow_each_other(self):
        """Let no two requests enter the same period of one client at once."""
        # sudo: integration.client - only the turn of those whose entry was written just now
        self.sudo().client_id._take_turns()

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for entry in self:
            if entry.date_to and entry.date_to < entry.date_from:
                raise ValidationError(
                    self.env._(
                        "File %(number)s, %(model)s: the end (%(end)s) lies before the start "
                        "(%(start)s).",
                        number=entry.client_id.file_number,
                        model=self._kind_of_entry(),
                        end=format_date(self.env, entry.date_to),
                        start=format_date(self.env, entry.date_from),
                    )
                )

    @api.constrains(lambda self: ("client_id", "date_from", "date_to", *self._dated_keys))
    def _check_overlap(self):
        for entry in self:
            others = self.search(entry._overlap_domain(), limit=1)
            if others:
                raise ValidationError(
                    self.env._(
                        "File %(number)s, %(model)s: the period from %(start)s overlaps another "
                        "entry. End the earlier entry first.",
                        number=entry.client_id.file_number,
                        model=self._kind_of_entry(),
                        start=format_date(self.env, entry.date_from),
                    )
                )

    @api.model
    def _kind_of_entry(self):
        """Return what the entries are, in the reader's language."""
        return self.env["ir.model"]._get(self._name).name

    @api.depends("client_id.file_number", "date_from")
    def _compute_display_name(self):
        for entry in self:
            day = format_date(self.env, entry.date_from)
            entry.display_name = f"{entry.client_id.file_number or ''} {day}"

    def _overlap_domain(self):
        """Return the domain of entries of the same client that share a day with this one."""
        self.ensure_one()
        domain = [
            ("id", "!=", self.id),
            ("client_id", "=", self.client_id.id),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", self.date_from),
        ]
        if self.date_to:
            domain.append(("date_from", "<=", self.date_to))
        domain += [(key, "=", self[key].id) for key in self._dated_keys]
        return domain

    def _valid_on(self, day):
        """Return the entry among ``self`` that holds on ``day``, the latest if several."""
        valid = self.filtered(
            lambda entry: (
                entry.date_from
                and entry.date_from <= day
                and (not entry.date_to or entry.date_to >= day)
            )
        )
        return valid.sorted("date_from")[-1:]
