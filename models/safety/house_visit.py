from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ...tools import LOCAL_ZONE
from ..access.logged import LISTED

LONGEST = timedelta(hours=12)
USUAL = timedelta(hours=1)
# How long it stays known who was at whose door
KEPT_DAYS = 30
LISTED["integration.house.visit"] = frozenset(
    "date_out back_by companion_id date_back date_told".split()
)


class IntegrationHouseVisit(models.Model):
    """A worker on her way to a client: since when, until when, and whether she came back.

    Whoever does not check in is missed: those who can help are told (county standard 3.2.3).
    Nothing of the visit's content stands here; it is no contact, and counts as none.
    """

    _name = "integration.house.visit"
    _inherit = ["integration.in.file", "integration.secured", "integration.logged"]
    _description = "House Visit under Way"
    _order = "date_out desc, id desc"
    _rec_names_search = ["case_id.file_number"]
    _check_company_auto = True
    _fixed_fields = frozenset({"case_id"})
    _system_fields = frozenset({"user_id", "date_out", "date_back", "date_told"})

    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who Is Out",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    companion_id = fields.Many2one(
        "res.users",
        string="Together With",
        ondelete="restrict",
        domain="[('company_ids', 'in', company_id), ('share', '=', False), ('id', '!=', user_id)]",
    )
    needs_companion = fields.Boolean(compute="_compute_of_case")
    safety_warning = fields.Text(compute="_compute_of_case")
    date_out = fields.Datetime(
        string="Out Since", required=True, readonly=True, default=fields.Datetime.now
    )
    back_by = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now() + USUAL, help="At the latest."
    )
    date_back = fields.Datetime(string="Back Since", readonly=True, copy=False)
    date_told = fields.Datetime(string="Missed Since", readonly=True, copy=False)

    _out_idx = models.Index("(back_by) WHERE date_back IS NULL AND date_told IS NULL")
    _user_out_idx = models.Index("(user_id) WHERE date_back IS NULL")

    @api.depends("case_id.file_number", "date_out")
    def _compute_display_name(self):
        for visit in self:
            # sudo: integration.case - the neutral number
            number = visit.sudo().case_id.file_number or ""
            visit.display_name = self.env._("House visit, file %s", number)

    @api.depends("case_id")
    @api.depends_context("uid")
    def _compute_of_case(self):
        """Read as the user: the file may be lost to her while she is out."""
        for visit in self:
            case = visit.case_id._filtered_access("read")
            visit.needs_companion = case.two_person_rule
            visit.safety_warning = case.safety_warning

    @api.constrains("back_by", "date_out")
    def _check_back_by(self):
        for visit in self:
            if not visit.date_out < visit.back_by <= visit.date_out + LONGEST:
                visit._refuse(
                    self.env._(
                        "choose when to be back: after leaving, and within twelve hours of it."
                    )
                )

    @api.constrains("companion_id", "case_id")
    def _check_companion(self):
        for visit in self:
            if visit.companion_id == visit.user_id:
                visit._refuse(self.env._("nobody comes along with themselves. Choose a colleague."))
            # sudo: res.users - where somebody works, of the user that is chosen
            if visit.companion_id and visit.company_id not in visit.companion_id.sudo().company_ids:
                visit._refuse(self.env._("whoever comes along works at the same employer."))
            if visit.case_id.two_person_rule and not visit.companion_id:
                visit._refuse(
                    self.env._(
                        "here visits are made by two. Say who comes along, or meet elsewhere."
                    )
                )

    def _refuse(self, text):
        raise UserError(self._about_file(text))

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        now = fields.Datetime.now()
        return [dict(vals, user_id=self.env.uid, date_out=now) for vals in vals_list]

    def _created(self):
        super()._created()
        for visit in self:
            if visit.case_id.state == "closed":
                visit._refuse(self.env._("the case is closed. Reopen it, if the work goes on."))
        # Whoever goes on to the next door is well.
        mine = Domain("user_id", "=", self.env.uid) & Domain("date_back", "=", False)
        # sudo: integration.house.visit - her own, at whatever employer and of a file lost meanwhile
        (self.sudo().search(mine) - self)._end()

    def _locked_fields(self):
        if self.date_back or self.user_id != self.env.user:
            return super()._locked_fields() | {"companion_id", "back_by"}
        return super()._locked_fields()

    def _after_write(self, change):
        super()._after_write(change)
        if "back_by" in change.names and not self._is_system():
            # Who gives another hour is heard of.
            later = self.filtered(lambda visit: visit.back_by > fields.Datetime.now())
            later._as_system().write({"date_told": False})

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_out(self):
        """Close the dialog: the visit has been entered by saving it."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_back(self):
        """Say that one is back; nobody says it for somebody else.

        :raises UserError: it is somebody else's visit
        """
        for visit in self:
            if visit.user_id != self.env.user:
                visit._refuse(
                    self.env._(
                        "%s is out and checks in personally. Call, as a reminder.",
                        # sudo: res.users - the name of a colleague, which the visit shows
                        visit.user_id.sudo().name,
                    )
                )
        # sudo: integration.house.visit - her own, as was asked above; the file may be lost to her
        self.sudo().filtered(lambda visit: not visit.date_back)._end()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_longer(self):
        """Stay half an hour longer, counted from now if the time is over."""
        for visit in self:
            if visit.date_out + LONGEST <= fields.Datetime.now():
                visit._refuse(self.env._("twelve hours are over. Check in, and out again."))
            begin = max(visit.back_by, fields.Datetime.now())
            visit.back_by = min(begin + USUAL / 2, visit.date_out + LONGEST)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _end(self):
        self._as_system().write({"date_back": fields.Datetime.now()})

    def _time(self, moment):
        return format_datetime(self.env, moment, tz=LOCAL_ZONE, dt_format="HH:mm")

    @api.autovacuum
    def _gc_visits(self):
        """Forget who was at whose door, but for visits nobody has come back from."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("date_back", "<", limit)]).unlink()
