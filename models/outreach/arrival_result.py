from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...tools import local_today
from .arrival import GOING_ON, READERS, TEAM


class IntegrationArrival(models.Model):
    """What becomes of an arrival: visited, asked again later, accepted or declined."""

    _inherit = "integration.arrival"

    visit_ids = fields.One2many(
        "integration.arrival.visit", "arrival_id", string="Visits", groups=READERS
    )
    # What the figures count; days of visits alone, so that they stay when the words go
    date_visited = fields.Date(
        string="First Visit",
        compute="_compute_first_days",
        compute_sudo=True,
        store=True,
        groups=READERS,
    )
    date_reached = fields.Date(
        string="First Met",
        compute="_compute_first_days",
        compute_sudo=True,
        store=True,
        groups=READERS,
    )
    visit_count = fields.Integer(
        string="Number of Visits",
        compute="_compute_first_days",
        compute_sudo=True,
        store=True,
        groups=READERS,
    )
    days_waited = fields.Integer(
        string="Days to the First Visit",
        compute="_compute_days_waited",
        compute_sudo=True,
        groups=READERS,
    )

    @api.depends("visit_ids.date", "visit_ids.result")
    def _compute_first_days(self):
        for arrival in self:
            visits = arrival.visit_ids
            met = visits.filtered(lambda visit: visit.result != "nobody")
            arrival.visit_count = len(visits)
            arrival.date_visited = min(visits.mapped("date"), default=False)
            arrival.date_reached = min(met.mapped("date"), default=False)

    @api.depends("date_move", "date_visited")
    def _compute_days_waited(self):
        """Count from the move to the first visit; as long as there was none, until today."""
        today = local_today(self.env)
        for arrival in self:
            until = arrival.date_visited or (today if arrival.state in GOING_ON else False)
            days = (until - arrival.date_move).days if until and arrival.date_move else 0
            arrival.days_waited = max(days, 0)

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def action_take_over(self):
        """Take the arrival on oneself: from now on it is no longer the accommodation's.

        :raises UserError: somebody was faster
        """
        self._begin_visiting()

    def action_visit_nobody(self):
        """Note that nobody was there today, by one tap at the door; a second tap adds nothing."""
        self.ensure_one()
        self._ensure_going_on()
        if not self._visits_today("nobody"):
            self.env["integration.arrival.visit"].create(
                {"arrival_id": self.id, "result": "nobody"}
            )

    def action_visit(self):
        """Open a new visit, a talk as is hoped."""
        self.ensure_one()
        self._ensure_going_on()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Visit"),
            "res_model": "integration.arrival.visit",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_arrival_id": self.id, "default_result": "talked"},
        }

    def action_accept(self):
        """Open the dialog for a new family, with everything that is known filled in.

        :raises UserError: answered already, or another employer is at work
        """
        self.ensure_one()
        self._ensure_going_on()
        if self.company_id != self.env.company:
            raise UserError(
                self.env._(
                    "%(arrival)s belongs to %(employer)s. Choose that employer alone at the top "
                    "right first.",
                    arrival=self.display_name,
                    employer=self.company_id.name,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "integration_management.integration_family_new_action"
        )
        return dict(action, context={"dialog_size": "extra-large", "default_arrival_id": self.id})

    def action_decline(self):
        """Note that no counselling is wanted; names, address and words go at once."""
        for arrival in self:
            arrival._answer("declined")

    # ------------------------------------------------------------
    # Behind the steps
    # ------------------------------------------------------------

    def _begin_visiting(self):
        """Let the user visit: new ones are hers from now on, and put off ones come back.

        Of two who do so in the same second the later is tried anew, and no longer sees the row.
        """
        self._ensure_going_on()
        for arrival in self:
            values = {"state": "open", "date_later": False}
            if not arrival.user_id:
                values["user_id"] = self.env.uid
            if arrival.state != "open" or not arrival.user_id:
                arrival._as_system().write(values)

    def _ensure_going_on(self):
        """Let nobody else decide meanwhile, and refuse what is answered already.

        :raises AccessError: accommodation staff, who may correct what they entered and no more
        :raises UserError: naming the day of the answer
        """
        self.check_access("write")
        if not (self.env.su or self._is_of_my_team()):
            raise AccessError(
                self.env._("The case workers of the employer note what becomes of an arrival.")
            )
        # sudo: integration.arrival - its turn alone; the right to write is checked above
        self.sudo()._take_turns()
        self.invalidate_recordset(["state"])
        for arrival in self:
            if arrival.state not in GOING_ON:
                raise UserError(
                    self.env._(
                        "%(arrival)s was answered on %(day)s already. Load the page anew.",
                        arrival=arrival.display_name,
                        day=format_date(self.env, arrival.date_result or local_today(self.env)),
                    )
                )

    def _visits_today(self, result):
        """Return the user's own visits of today with this result."""
        today = local_today(self.env)
        return self.visit_ids.filtered(
            lambda v: (v.date, v.result, v.user_id) == (today, result, self.env.user)
        )

    def _has_talk_today(self):
        return bool(self._visits_today("talked"))

    def _accept(self, day=None):
        """Note that counselling is wanted, as soon as the file is begun.

        :param day: of the talk that stands in that file, if there was one: it was a visit as well
        """
        self.ensure_one()
        if day:
            # Counted where it stands
            visits = self.env["integration.arrival.visit"]._as_system()
            visits.create(
                {
                    "arrival_id": self.id,
                    "date": day,
                    "result": "talked",
                    "person_count": self.person_count,
                    "is_in_file": True,
                }
            )
        self._answer("accepted")

    def _is_of_my_team(self):
        """Return whether the user is a worker or lead of the employer of all these arrivals."""
        return self.env.user.has_groups(TEAM) and self.company_id <= self.env.companies

    def _answer(self, state):
        """Note the answer of today, and clear what was needed to ask."""
        self.ensure_one()
        self._ensure_going_on()
        values = {"state": state, "date_result": local_today(self.env), "date_later": False}
        if not self.user_id:
            values["user_id"] = self.env.uid
        self._as_system().write(values)
        self._clear()

    def _after_write(self, change):
        super()._after_write(change)
        # Put off by the day itself; our own code says the state.
        if "date_later" in change.names and "state" not in change.names:
            for arrival in self:
                arrival._put_off()

    def _put_off(self):
        """Follow the day on which to come back; see ``_cron_keep()`` for the way back."""
        self._ensure_going_on()
        later = self.date_later
        if later and later > local_today(self.env):
            last = self._last_day()
            if later > last:
                raise UserError(
                    self.env._(
                        "%(arrival)s: name and address are cleared on %(day)s, and nobody finds "
                        "the door then. Choose an earlier day to come back.",
                        arrival=self.display_name,
                        day=format_date(self.env, last),
                    )
                )
            values = {"state": "later"}
            if not self.user_id:
                values["user_id"] = self.env.uid
            self._as_system().write(values)
        elif self.state == "later":
            self._as_system().write({"state": "open"})
