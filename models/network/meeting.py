from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_today

COUNTY = "integration_management.group_county"
STATES = [
    ("planned", "Planned"),
    ("held", "Held"),
    ("closed", "Minutes Finished"),
    ("cancelled", "Cancelled"),
]
# Of these nothing changes any more, but that a decision was carried out.
OVER = ("closed", "cancelled")
AHEAD_DAYS = 730


class IntegrationMeeting(models.Model):
    """A meeting of the county's network: all its workers are invited, whoever employs them.

    The coordinator organises it, hears guests on their subject and shares what is new (county
    standard 4). It knows no client: workers of all employers read it, each of whom is a controller
    of her own. So its words hold neither names nor file numbers (``nameless.py``).
    """

    _name = "integration.meeting"
    _inherit = ["integration.nameless"]
    _description = "Network Meeting"
    _order = "date desc, id desc"
    _nameless_fields = frozenset({"name", "place", "note", "minutes"})
    _days_ahead = {"date": AHEAD_DAYS}
    _system_fields = frozenset({"company_id", "state", "start", "stop"})
    _fixed_fields = frozenset({"county_id"})

    county_id = fields.Many2one(
        "integration.county",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_county_id(),
        help="Whose workers are invited and read this.",
    )
    company_id = fields.Many2one(
        related="county_id.company_id",
        string="County Office",
        store=True,
        precompute=True,
        index=True,
        help="Its coordinators organise the meeting.",
    )
    name = fields.Char(
        string="Title", required=True, default=lambda self: self.env._("Network meeting")
    )
    state = fields.Selection(
        STATES, default="planned", required=True, readonly=True, index=True, copy=False
    )
    # When and where
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    time = fields.Float(string="From", required=True, default=9)
    time_end = fields.Float(string="Until", required=True, default=12)
    place = fields.Char(help="Building and room.")
    municipality_id = fields.Many2one(
        "integration.municipality",
        required=True,
        ondelete="restrict",
        domain="[('county_id', '=', county_id)]",
        help="Where it takes place; the figures count it there.",
    )
    # What is said
    note = fields.Text(
        string="Invitation",
        help="What is new, what to prepare. All workers of the county read it: no names and no "
        "file numbers of clients.",
    )
    minutes = fields.Text(
        string="Minutes of the Meeting",
        help="What concerned no topic of its own. All workers of the county read it: no names and "
        "no file numbers of clients.",
    )
    can_write = fields.Boolean(compute="_compute_can_write", export_string_translation=False)

    @api.model
    def _default_county_id(self):
        counties = self.env["integration.county"]
        return counties.search([("company_id", "in", self.env.companies.ids)], limit=1)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_write(self):
        """Tell views who keeps the meeting, so that no typing is lost."""
        writable = self._origin._filtered_access("write") if self._origin.ids else self
        for meeting in self:
            meeting.can_write = not meeting._origin or meeting._origin in writable

    @api.depends("name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for meeting in self:
            day = meeting.date and format_date(self.env, meeting.date)
            meeting.display_name = ", ".join(filter(None, [meeting.name, day]))

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | frozenset(self._fields) if self.state in OVER else locked

    def _locked_message(self, names):
        if self.state == "cancelled":
            return self.env._("%s was cancelled and stays as it is.", self.display_name)
        return self.env._(
            "%s: the minutes are finished. Reopen them first, and say so at the next meeting.",
            self.display_name,
        )

    def _refuse_values(self, text):
        raise ValidationError(
            self.env._("%(meeting)s: %(text)s", meeting=self.display_name, text=text)
        )

    @api.constrains("municipality_id", "county_id")
    def _check_place(self):
        for meeting in self:
            if meeting.municipality_id.county_id != meeting.county_id:
                meeting._refuse_values(
                    self.env._("it takes place in the county. Choose one of its municipalities.")
                )

    @api.constrains("county_id")
    def _check_office(self):
        for meeting in self:
            if not meeting.county_id.company_id:
                meeting._refuse_values(
                    self.env._(
                        "the county has no office that could invite. Enter one in the county."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_meeting(self):
        raise UserError(self.env._("Workers were invited: cancel the meeting instead."))
