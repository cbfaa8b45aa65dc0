from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_today
from ..contact.contact import MINUTES_A_DAY
from .arrival import GOING_ON, MOST_PERSONS

USUAL_MINUTES = 15


class IntegrationArrivalVisit(models.Model):
    """One introduction at the door, or the attempt at one (county standard 3.1, 3.2.1).

    A talk is counted in the same save, as a talk without names: nobody has agreed to a file. The
    visit goes to the door of the arrival and bears no words of its own.
    """

    _name = "integration.arrival.visit"
    _inherit = ["integration.secured"]
    _description = "Introduction Visit"
    _order = "date desc, id desc"
    _check_company_auto = True
    _fixed_fields = frozenset({"arrival_id"})
    _system_fields = frozenset({"user_id", "contact_id", "is_in_file"})

    arrival_id = fields.Many2one(
        "integration.arrival", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="arrival_id.company_id",
        string="Employer",
        store=True,
        precompute=True,
        index=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Visited By",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        check_company=True,
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    result = fields.Selection(
        [("nobody", "Nobody there"), ("came", "Met somebody, no talk"), ("talked", "Talked")],
        required=True,
        default="nobody",
    )
    person_count = fields.Integer(
        string="Talked With",
        compute="_compute_talk",
        store=True,
        precompute=True,
        readonly=False,
        help="Number of persons in the talk. They are counted without names.",
    )
    duration = fields.Integer(
        string="Minutes", compute="_compute_talk", store=True, precompute=True, readonly=False
    )
    interpreter_used = fields.Boolean(string="With Interpreter")
    # The talk that is counted; what it says stands on the visit.
    contact_id = fields.Many2one(
        "integration.contact", copy=False, groups=fields.NO_ACCESS, check_company=True
    )
    is_in_file = fields.Boolean(
        readonly=True, copy=False, help="The talk stands in the file that was begun with it."
    )

    @api.depends("result")
    def _compute_talk(self):
        for visit in self:
            talked = visit.result == "talked"
            visit.person_count = (visit.person_count or 1) if talked else 0
            visit.duration = (visit.duration or USUAL_MINUTES) if talked else 0

    @api.depends("arrival_id.display_name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = self.env._(
                "Visit of %s", visit.date and format_date(self.env, visit.date)
            )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        arrivals = self.env["integration.arrival"].browse(
            [vals["arrival_id"] for vals in vals_list if vals.get("arrival_id")]
        )
        arrivals._begin_visiting()
        return vals_list

    def _created(self):
        super()._created()
        self._count_talks()

    def _locked_fields(self):
        locked = super()._locked_fields()
        over = self.arrival_id.state not in GOING_ON or self.user_id != self.env.user
        return locked | frozenset(self._fields) if over else locked

    def _locked_message(self, names):
        return self.env._(
            "%s: a visit is corrected by whoever went there, as long as nobody has answered.",
            self.display_name,
        )

    def _after_write(self, change):
        super()._after_write(change)
        if {"date", "result", "person_count", "duration", "interpreter_used"} & change.names:
            self._count_talks()

    @api.ondelete(at_uninstall=False)
    def _unlink_with_talk(self):
        """Cancel the talk of a visit that did not take place; contacts are not deleted."""
        for visit in self:
            if visit._locked_fields():
                raise UserError(visit._locked_message(frozenset()))
        # sudo: integration.arrival.visit - the field of its own talk, which no request reads
        self.sudo().contact_id.cancelled = True

    # ------------------------------------------------------------
    # The talk that is counted
    # ------------------------------------------------------------

    def _count_talks(self):
        """Let each talk be counted once, as this visit says; without one its talk is cancelled."""
        for visit in self:
            # sudo: integration.arrival.visit - the field of its own talk, which no request reads
            own = visit.sudo()
            if own.is_in_file:
                continue
            if visit.result != "talked":
                own.contact_id.cancelled = True
            elif own.contact_id:
                own.contact_id.write({**visit._talk_values(), "cancelled": False})
            else:
                # As the user: whoever may not hold talks records none.
                talk = self.env["integration.contact"].create(visit._talk_values())
                own._as_system().contact_id = talk.id

    def _talk_values(self):
        """Return the values of a talk without names, topics and words (county standard 2.2)."""
        self.ensure_one()
        return {
            "case_id": False,
            "user_id": self.user_id.id,
            "municipality_id": self.arrival_id.municipality_id.id,
            "date": self.date,
            "channel_id": self.env.ref("integration_management.channel_home_visit").id,
            "duration": self.duration,
            "unnamed_count": self.person_count,
            "interpreter_used": self.interpreter_used,
        }

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("date", "arrival_id")
    def _check_date(self):
        today = local_today(self.env)
        for visit in self:
            if visit.date > today:
                raise ValidationError(
                    self.env._(
                        "%s: a visit is entered after it took place; the day lies in the future.",
                        visit.display_name,
                    )
                )
            if visit.date < visit.arrival_id.date_move:
                raise ValidationError(
                    self.env._(
                        "%(visit)s: it lies before the move. Correct the day of the visit, or that "
                        "of the move (%(day)s).",
                        visit=visit.display_name,
                        day=format_date(self.env, visit.arrival_id.date_move),
                    )
                )

    @api.constrains("result", "person_count", "duration")
    def _check_talk(self):
        for visit in self:
            talked = visit.result == "talked"
            if talked and not 1 <= visit.person_count <= MOST_PERSONS:
                raise ValidationError(
                    self.env._(
                        "%s: say with how many persons the talk was; one at least.",
                        visit.display_name,
                    )
                )
            if not talked and (visit.person_count or visit.duration):
                raise ValidationError(
                    self.env._(
                        "%s: without a talk there are neither persons nor minutes.",
                        visit.display_name,
                    )
                )
            if not 0 <= visit.duration <= MINUTES_A_DAY:
                raise ValidationError(
                    self.env._(
                        "%s: the duration must lie between 0 minutes and 24 hours.",
                        visit.display_name,
                    )
                )
