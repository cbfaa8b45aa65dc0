from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...tools import local_today
from ..contact.contact import MINUTES_A_DAY


class IntegrationNetworkContact(models.Model):
    """Work with those who work on the spot, without any client: the exchange of the network.

    County standard 4. It is no talk, and no talk without names either: nobody was counselled. The
    figures count it apart.
    """

    _name = "integration.network.contact"
    _inherit = ["integration.nameless"]
    _description = "Network Contact"
    _order = "date desc, id desc"
    _check_company_auto = True
    _nameless_fields = frozenset({"partner_name", "note"})
    _system_fields = frozenset({"company_id", "user_id"})

    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    municipality_id = fields.Many2one(
        "integration.municipality",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_municipality_id(),
    )
    kind = fields.Selection(
        [
            ("exchange", "Exchange with a body"),
            ("round", "Round table, working group"),
            ("volunteers", "Volunteers, clubs, neighbourhood"),
            ("event", "Event, information evening"),
            ("project", "New offer or project"),
            ("other", "Something else"),
        ],
        required=True,
        default="exchange",
    )
    service_id = fields.Many2one(
        "integration.service",
        string="From the Directory",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "!=", "category")],
    )
    partner_name = fields.Char(
        string="With Whom",
        compute="_compute_partner_name",
        store=True,
        precompute=True,
        readonly=False,
        help="Body or function. No names of clients.",
    )
    duration = fields.Integer(string="Minutes", required=True, default=30)
    note = fields.Text(
        string="What It Was About",
        help="The team reads it: no names and no file numbers of clients.",
    )
    can_write = fields.Boolean(compute="_compute_can_write", export_string_translation=False)

    @api.model
    def _default_municipality_id(self):
        """Propose the place of the user's last network contact."""
        return self.search([("user_id", "=", self.env.uid)], limit=1).municipality_id

    @api.depends("service_id")
    def _compute_partner_name(self):
        for contact in self.filtered("service_id"):
            contact.partner_name = contact.service_id.name

    @api.model
    def _prepare_create(self, vals_list):
        # Nothing typed is no answer: then it is who was chosen.
        for vals in vals_list:
            if not vals.get("partner_name"):
                vals.pop("partner_name", None)
        return super()._prepare_create(vals_list)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_write(self):
        writable = self._origin._filtered_access("write") if self._origin.ids else self
        for contact in self:
            contact.can_write = not contact._origin or contact._origin in writable

    @api.depends("date", "municipality_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for contact in self:
            contact.display_name = self.env._(
                "Network contact in %(municipality)s, %(day)s",
                municipality=contact.municipality_id.name or "…",
                day=contact.date and format_date(self.env, contact.date) or "…",
            )

    @api.constrains("service_id", "partner_name")
    def _check_partner(self):
        for contact in self:
            if not (contact.partner_name or "").strip():
                contact._refuse_values(
                    self.env._("say with whom: from the directory, or in words.")
                )

    @api.constrains("date", "duration")
    def _check_values(self):
        today = local_today(self.env)
        for contact in self:
            if contact.date > today:
                contact._refuse_values(
                    self.env._("it lies ahead. Enter it once it has taken place.")
                )
            if not 1 <= contact.duration <= MINUTES_A_DAY:
                contact._refuse_values(
                    self.env._("it took between 1 minute and 24 hours. Correct the minutes.")
                )

    def _refuse_values(self, text):
        raise ValidationError(
            self.env._("%(record)s: %(text)s", record=self.display_name, text=text)
        )
