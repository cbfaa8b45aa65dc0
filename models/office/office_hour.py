from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import local_today
from .holiday import holiday_name

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
INTERVALS = [
    ("1", "Every week"),
    ("2", "Every second week"),
    ("3", "Every third week"),
    ("4", "Every fourth week"),
]
SLOTS = [
    ("0", "Without appointment"),
    ("15", "15 minutes"),
    ("20", "20 minutes"),
    ("30", "30 minutes"),
    ("45", "45 minutes"),
    ("60", "60 minutes"),
]


def clock(hours):
    """Return a time as clocks show it in Germany."""
    minutes = round((hours or 0) * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def times_refusal(env, begins, ends):
    """Return in words why these times are none of office hours, or nothing."""
    if not (0 <= begins < 24 and 0 < ends <= 24):
        return env._("times lie between 00:00 and 24:00.")
    if ends <= begins:
        return env._(
            "it ends at %(end)s and begins at %(begin)s. Enter an end after the begin.",
            begin=clock(begins),
            end=clock(ends),
        )
    return ""


class IntegrationOfficeHour(models.Model):
    """Office hours that take place every week or every few: where, when, and by whom.

    What takes place on single days are its sessions (county standard 3.3: regular hours in each
    municipality).
    """

    _name = "integration.office.hour"
    _inherit = ["integration.secured"]
    _description = "Office Hours"
    _order = "municipality_id, weekday, time_from, id"
    _check_company_auto = True
    _fixed_fields = frozenset({"company_id"})

    active = fields.Boolean(default=True)
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
    # When
    weekday = fields.Selection(WEEKDAYS, required=True, default="1")
    interval = fields.Selection(
        INTERVALS,
        string="How Often",
        required=True,
        default="1",
        help="Counted from the first day.",
    )
    time_from = fields.Float(string="From", required=True, default=14.0)
    time_to = fields.Float(string="Until", required=True, default=16.0)
    date_from = fields.Date(
        string="First Day", required=True, default=lambda self: local_today(self.env)
    )
    date_to = fields.Date(string="Last Day", help="Empty: until further notice.")
    # Who
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    cover_id = fields.Many2one("res.users", check_company=True, help="Who stands in as a rule.")
    language_ids = fields.Many2many(
        "integration.language",
        "integration_office_hour_language_rel",
        string="Languages",
        check_company=True,
        context={"active_test": False},
    )
    interpreter_ids = fields.Many2many(
        "integration.language",
        "integration_office_hour_interpreter_rel",
        string="Interpreter Present For",
        check_company=True,
        context={"active_test": False},
    )
    # How
    slot_minutes = fields.Selection(
        SLOTS,
        string="Bookable Times",
        required=True,
        default="0",
        help="How long a time is that a worker gives to a client; the others wait in turn.",
    )
    is_public = fields.Boolean(
        string="On the Notice",
        default=True,
        help="Shown on the printed notice, and on the web page where the employer publishes one.",
    )
    session_ids = fields.One2many("integration.office.session", "hour_id", string="Sessions")
    session_count = fields.Integer(compute="_compute_session_count", string="Sessions Ahead")

    @api.depends("session_ids.date", "session_ids.state")
    def _compute_session_count(self):
        counts = dict(
            self.env["integration.office.session"]._read_group(
                [
                    ("hour_id", "in", self.ids),
                    ("date", ">=", local_today(self.env)),
                    ("state", "=", "planned"),
                ],
                ["hour_id"],
                ["__count"],
            )
        )
        for hour in self:
            hour.session_count = counts.get(hour._origin, 0)

    @api.depends("municipality_id", "weekday", "time_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        weekdays = dict(self._fields["weekday"]._description_selection(self.env))
        for hour in self:
            hour.display_name = self.env._(
                "%(municipality)s, %(weekday)s %(time)s",
                municipality=hour.municipality_id.name or "…",
                weekday=weekdays.get(hour.weekday, "…"),
                time=clock(hour.time_from),
            )

    @api.onchange("municipality_id")
    def _onchange_municipality_id(self):
        if self.room_id.municipality_id != self.municipality_id:
            self.room_id = False

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("time_from", "time_to")
    def _check_times(self):
        for hour in self:
            refusal = times_refusal(self.env, hour.time_from, hour.time_to)
            if refusal:
                words = f"{hour.display_name}: {refusal}"
                raise ValidationError(words)

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for hour in self:
            if hour.date_to and hour.date_to < hour.date_from:
                raise ValidationError(
                    self.env._(
                        "%s: the last day lies before the first one. Correct one of them.",
                        hour.display_name,
                    )
                )

    @api.constrains("room_id", "municipality_id")
    def _check_room(self):
        for hour in self:
            if hour.room_id and hour.room_id.municipality_id != hour.municipality_id:
                raise ValidationError(
                    self.env._(
                        "%s: the room lies in another municipality. Choose one that lies here.",
                        hour.display_name,
                    )
                )

    @api.constrains("user_id", "cover_id")
    def _check_cover(self):
        for hour in self:
            if hour.cover_id == hour.user_id:
                raise ValidationError(
                    self.env._("%s: nobody stands in for herself.", hour.display_name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: integration.office.session - whether there is any
        if self.sudo().session_ids:
            raise UserError(
                self.env._("Office hours with sessions stay. Enter a last day, or archive them.")
            )

    # ------------------------------------------------------------
    # On which days
    # ------------------------------------------------------------

    def _days(self, first, last):
        """Return the days from ``first`` to ``last`` on which it takes place; never a holiday."""
        self.ensure_one()
        step = timedelta(weeks=int(self.interval))
        day = self.date_from + timedelta(days=(int(self.weekday) - self.date_from.weekday()) % 7)
        if day < first:
            day += step * -(-(first - day).days // step.days)
        last = min(last, self.date_to or last)
        days = []
        while day <= last:
            if not holiday_name(day):
                days.append(day)
            day += step
        return days
