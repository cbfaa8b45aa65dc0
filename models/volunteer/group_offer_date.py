from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_today
from ..contact.contact import MINUTES_A_DAY

MOST_PARTICIPANTS = 500


class IntegrationGroupOfferDate(models.Model):
    """One date of a group offer, and how many came; nobody is named."""

    _name = "integration.group.offer.date"
    _inherit = ["integration.door"]
    _description = "Date of a Group Offer"
    _order = "date desc, id desc"
    _check_company_auto = True
    _system_fields = frozenset({"company_id", "municipality_id", "user_id"})
    _fixed_fields = frozenset({"offer_id"})
    _days_ahead = {"date": 730}

    offer_id = fields.Many2one(
        "integration.group.offer", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="offer_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    # Where it was on that day: an offer may move, and what was counted stays.
    municipality_id = fields.Many2one(
        "integration.municipality", readonly=True, index=True, ondelete="restrict"
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
    duration = fields.Integer(string="Minutes", default=90)
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        compute="_compute_state",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    participant_count = fields.Integer(
        string="Participants", help="How many came. Nobody is named."
    )

    @api.depends("date", "participant_count")
    def _compute_state(self):
        """Propose: what lies ahead is planned, and with participants it was held."""
        today = local_today(self.env)
        for day in self:
            if day.participant_count:
                day.state = "held"
            elif not day.state or (day.state == "held" and day.date and day.date > today):
                day.state = "planned"

    @api.depends("offer_id.name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for day in self:
            words = (day.offer_id.name, day.date and format_date(self.env, day.date))
            day.display_name = ", ".join(filter(None, words))

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            offer = self.env["integration.group.offer"]
            if isinstance(vals.get("offer_id"), int):  # anything else is for the ORM to refuse
                offer = offer.browse(vals["offer_id"])._filtered_access("read")
            vals["municipality_id"] = offer.municipality_id.id
        return vals_list

    @api.constrains("date", "state", "participant_count", "duration")
    def _check_values(self):
        today = local_today(self.env)
        for day in self:
            if not 0 <= day.participant_count <= MOST_PARTICIPANTS:
                day._refuse_values(
                    self.env._(
                        "between 0 and %s persons take part. Correct the number.", MOST_PARTICIPANTS
                    )
                )
            if day.state == "held" and day.date > today:
                day._refuse_values(self.env._("it lies ahead. Enter on that day how many came."))
            if day.participant_count and day.state != "held":
                day._refuse_values(
                    self.env._("somebody took part, so it was held. Correct one of them.")
                )
            if not 0 <= day.duration <= MINUTES_A_DAY:
                day._refuse_values(self.env._("it takes between 0 minutes and 24 hours."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        for day in self:
            if day.state == "held":
                raise UserError(
                    self.env._(
                        "%s has taken place and is counted. Correct the number, or cancel the "
                        "date, if it was entered by mistake.",
                        day.display_name,
                    )
                )

    def _refuse_values(self, text):
        raise ValidationError(
            self.env._("%(record)s: %(text)s", record=self.display_name, text=text)
        )
