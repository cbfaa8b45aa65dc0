from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today
from .office_hour import SLOTS, clock

STATES = [("planned", "As Planned"), ("cancelled", "Called off")]
REASONS = [
    ("worker", "The worker cannot come, and nobody stands in"),
    ("room", "The room is not available"),
    ("other", "Another reason"),
]
# What follows from the pattern, and is handed on to each session
TAKEN_OVER = (
    *("municipality_id", "room_id", "time_from", "time_to", "user_id", "language_ids"),
    *("interpreter_ids", "slot_minutes", "is_public"),
)


class IntegrationOfficeSession(models.Model):
    """Office hours on one day. Who came is a list of its own; what was said are contacts.

    One that is not cancelled has taken place once its day has come.
    """

    _name = "integration.office.session"
    _inherit = ["integration.secured"]
    _description = "Session of Office Hours"
    _order = "date, time_from, id"
    _check_company_auto = True
    _days_ahead = {"date": 731, "pattern_date": 731, "start": 732, "stop": 733}
    _fixed_fields = frozenset({"company_id", "hour_id"})
    _system_fields = frozenset(
        {"state", "cancel_reason", "cancel_words", "pattern_date", "is_changed"}
    )

    hour_id = fields.Many2one(
        "integration.office.hour",
        string="Of",
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Empty: once, outside of what takes place regularly.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    # Where
    municipality_id = fields.Many2one(
        "integration.municipality", required=True, index=True, ondelete="restrict"
    )
    room_id = fields.Many2one(
        "integration.office.room",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('municipality_id', '=', municipality_id)]",
    )
    # When, by the clocks in Germany
    date = fields.Date(string="Day", required=True, index=True)
    time_from = fields.Float(string="From", required=True, default=14.0)
    time_to = fields.Float(string="Until", required=True, default=16.0)
    # The day that the pattern has meant: a session that is moved is not made once more
    pattern_date = fields.Date(readonly=True, copy=False, export_string_translation=False)
    is_changed = fields.Boolean(
        string="Changed by Hand",
        readonly=True,
        copy=False,
        help="It follows its regular hours no more.",
    )
    # Who
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    is_covered = fields.Boolean(compute="_compute_is_covered", string="By Somebody Else")
    language_ids = fields.Many2many(
        "integration.language",
        "integration_office_session_language_rel",
        string="Languages",
        check_company=True,
        context={"active_test": False},
    )
    interpreter_ids = fields.Many2many(
        "integration.language",
        "integration_office_session_interpreter_rel",
        string="Interpreter Present For",
        check_company=True,
        context={"active_test": False},
    )
    slot_minutes = fields.Selection(SLOTS, string="Bookable Times", required=True, default="0")
    is_public = fields.Boolean(string="On the Notice", default=True)
    # What became of it
    state = fields.Selection(
        STATES, required=True, readonly=True, default="planned", copy=False, index=True
    )
    cancel_reason = fields.Selection(REASONS, string="Reason", readonly=True, copy=False)
    cancel_words = fields.Char(string="What Happened", readonly=True, copy=False)
    visitor_ids = fields.One2many("integration.office.visitor", "session_id", string="Visitors")
    contact_ids = fields.One2many("integration.contact", "session_id", string="Talks")
    appointment_ids = fields.One2many(
        "integration.appointment", "session_id", string="Booked Appointments"
    )
    free_slots = fields.Char(compute="_compute_free_slots", string="Free Times")
    waiting_count = fields.Integer(compute="_compute_counts", string="Waiting")
    visitor_count = fields.Integer(compute="_compute_counts", string="Visitors You May See")

    _pattern_uniq = models.UniqueIndex(
        "(hour_id, pattern_date) WHERE hour_id IS NOT NULL AND pattern_date IS NOT NULL",
        "These office hours have a session on that day already.",
    )
    _user_date_idx = models.Index("(user_id, date) WHERE state = 'planned'")

    @api.depends("user_id", "hour_id.user_id")
    def _compute_is_covered(self):
        for session in self:
            usual = session.hour_id.user_id
            session.is_covered = bool(usual) and session.user_id != usual

    @api.depends("visitor_ids.state")
    @api.depends_context("uid")
    def _compute_counts(self):
        """Count whom the reader may see: who came to a colleague's file is not told."""
        groups = self.env["integration.office.visitor"]
        counted = {}
        if groups.has_access("read"):
            rows = groups._unseen()._read_group(
                [("session_id", "in", self.ids)], ["session_id", "state"], ["__count"]
            )
            counted = {(session.id, state): count for session, state, count in rows}
        states = [state for state, _label in groups._fields["state"].selection]
        for session in self:
            key = session._origin.id
            session.waiting_count = counted.get((key, "waiting"), 0)
            session.visitor_count = sum(counted.get((key, state), 0) for state in states)

    @api.depends("municipality_id", "date", "time_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for session in self:
            session.display_name = self.env._(
                "%(municipality)s, %(day)s %(time)s",
                municipality=session.municipality_id.name or "…",
                day=format_date(self.env, session.date) or "…",
                time=clock(session.time_from),
            )

    @api.depends("slot_minutes", "time_from", "time_to", "appointment_ids")
    def _compute_free_slots(self):
        for session in self:
            session.free_slots = ", ".join(clock(begin) for begin in session._free_slots())

    @api.onchange("municipality_id")
    def _onchange_municipality_id(self):
        if self.room_id.municipality_id != self.municipality_id:
            self.room_id = False

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        """Take over from the regular hours what is not said otherwise."""
        vals_list = super()._prepare_create(vals_list)
        return [self._from_hour(vals) for vals in vals_list]

    @api.model
    def _from_hour(self, vals):
        hour = self.env["integration.office.hour"].browse(vals.get("hour_id") or [])
        if not hour:
            return vals
        hour.check_access("read")
        given = {"company_id": hour.company_id.id}
        for name in TAKEN_OVER:
            value = hour[name]
            if isinstance(value, models.BaseModel):
                many = hour._fields[name].type == "many2many"
                value = [fields.Command.set(value.ids)] if many else value.id
            given[name] = value
        return {**given, **vals}

    def _before_write(self, change):
        super()._before_write(change)
        if not self._is_system() and set(TAKEN_OVER) & change.names | {"date"} & change.names:
            change.vals["is_changed"] = True

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "cancelled":
            return locked | frozenset(self._fields)
        return locked | {"date", "municipality_id"} if self._anybody_came() else locked

    def _anybody_came(self):
        # sudo: integration.office.visitor - whether anybody is on the list, as its numbers tell
        visitors = self.env["integration.office.visitor"].sudo()
        return bool(visitors.search_count(Domain("session_id", "in", self.ids), limit=1))

    def _locked_message(self, names):
        if self.state != "cancelled":
            return self.env._(
                "%s: somebody is on its list already. Enter another session.", self.display_name
            )
        return self.env._(
            "%s is cancelled. Let it take place after all, or enter another one.", self.display_name
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_untouched(self):
        if not self._is_system():
            raise UserError(self.env._("A session stays. Cancel it, and say why."))

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("room_id", "municipality_id")
    def _check_room(self):
        for session in self:
            if session.room_id and session.room_id.municipality_id != session.municipality_id:
                raise ValidationError(
                    self.env._(
                        "%s: the room lies in another municipality. Choose one that lies here.",
                        session.display_name,
                    )
                )

    @api.constrains("date", "time_from", "time_to")
    def _check_booked(self):
        """Keep a session where those who were given a time expect it."""
        for session in self:
            first, last = round(session.time_from * 60), round(session.time_to * 60)
            if any(
                booked.date != session.date
                or round(booked.time * 60) < first
                or round(booked.time * 60) + booked.duration > last
                for booked in session._booked()
            ):
                raise ValidationError(
                    self.env._(
                        "%s: times of it are given away. Cancel it, so that those people are told, "
                        "and enter another session.",
                        session.display_name,
                    )
                )

    @api.constrains("date", "municipality_id", "company_id")
    def _check_documented(self):
        """Keep a session where and when it was, once somebody came."""
        for session in self:
            other_day = Domain("date", "!=", session.date)
            if session._talks().filtered_domain(other_day):
                raise ValidationError(
                    self.env._(
                        "%s: talks of that day are documented. Enter another session.",
                        session.display_name,
                    )
                )

    def _talks(self):
        """Return, as superuser, all contacts documented at them.

        By a search, not by the field: what it holds would be told to whoever reads it next.
        """
        # sudo: integration.contact - of whosever file; whether there are any, and their days
        contacts = self.env["integration.contact"].sudo()
        return contacts.search(Domain("session_id", "in", self.ids))

    # ------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------

    def action_waiting_list(self):
        """Open the list of the day: who waits, who is with the worker, who is done."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_office_visitor_action"
        )
        return dict(
            action,
            name=self.display_name,
            domain=[("session_id", "=", self.id)],
            context={"default_session_id": self.id, "integration_show_name": True},
        )

    def action_book(self):
        """Open the dialog of an appointment in these office hours, with the first free time."""
        self.ensure_one()
        self.check_access("read")
        free = self._free_slots()
        if self.state == "cancelled" or not free:
            raise UserError(
                self.env._(
                    "%s: no time is left to be given. Whoever comes waits in turn.",
                    self.display_name,
                )
            )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_appointment_action_new"
        )
        context = {
            "integration_show_name": True,
            "default_session_id": self.id,
            "default_date": self.date,
            "default_time": free[0],
            "default_duration": int(self.slot_minutes),
            "default_place_kind": "elsewhere",
        }
        return dict(action, context=context)

    def _place_lines(self):
        """Return where to go, by lines; the municipality once, also if the address names it."""
        lines = self.room_id._lines() if self.room_id else []
        town = self.municipality_id.name
        return lines if lines and town and town in lines[-1] else [*lines, town]

    def action_restore(self):
        """Let it take place after all; who had booked is not asked to come by itself."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "cancelled":
            self._as_system().write(
                {"state": "planned", "cancel_reason": False, "cancel_words": False}
            )
        return True

    @api.model
    def _today_domain(self):
        return Domain("date", "=", local_today(self.env)) & Domain("state", "=", "planned")
