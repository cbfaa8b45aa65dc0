from datetime import timedelta

from odoo import api, fields, models

from ...tools import local_today


class IntegrationCase(models.Model):
    """When a case was last spoken with, and when the next contact is due (county standard 3.3).

    Stored, for kanban, filters and groupings.
    """

    _inherit = "integration.case"
    _order = "next_contact_date, id desc"

    last_talk_date = fields.Date(string="Last Talk", compute="_compute_last_talk_date", store=True)
    next_contact_date = fields.Date(
        string="Contact Due",
        compute="_compute_next_contact_date",
        store=True,
        help="Last talk (or start) plus the rhythm of the phase (county standard 3.3); empty "
        "while the case is paused or the client has refused or withdrawn the consent.",
    )
    silence_state = fields.Selection(
        [("on_time", "On time"), ("due", "Due"), ("silent", "Silent"), ("paused", "Paused")],
        string="Silence",
        compute="_compute_silence_state",
        store=True,
    )
    days_silent = fields.Integer(
        string="Days Since the Last Talk",
        compute="_compute_days_silent",
        help="Since the start of the case if there was no talk yet.",
    )

    # The worker's kanban: her open cases by phase, the most urgent first.
    _user_state_idx = models.Index("(user_id, state, stage_id, next_contact_date)")
    _company_state_idx = models.Index("(company_id, state, next_contact_date)")

    @api.depends("presence_ids.date", "presence_ids.is_talk")
    def _compute_last_talk_date(self):
        dates = dict(
            self.env["integration.contact.person"]._read_group(
                [("case_id", "in", self.ids), ("is_talk", "=", True)], ["case_id"], ["date:max"]
            )
        )
        for case in self:
            case.last_talk_date = dates.get(case._origin)

    @api.depends("last_talk_date", "date_start", "stage_id.rhythm_days", "state", "pause_until")
    def _compute_next_contact_date(self):
        for case in self:
            case.next_contact_date = case._is_sought_out() and (
                case._rhythm_begins() + case._rhythm()
            )

    def _rhythm(self):
        """Return after how long the next contact is due, by the phase."""
        self.ensure_one()
        return timedelta(days=self.stage_id.rhythm_days)

    def _is_sought_out(self):
        """Return whether a next contact is due at all."""
        self.ensure_one()
        return self.state == "open" and bool(self.date_start)

    def _rhythm_begins(self):
        """Return the day from which the rhythm of the phase counts."""
        begun = [self.last_talk_date, self.date_start, self.pause_until]
        return max(day for day in begun if day)

    @api.depends("next_contact_date", "state")
    def _compute_silence_state(self):
        today = local_today(self.env)
        for case in self:
            due = case.next_contact_date
            if case.state != "open" or not due:
                case.silence_state = "paused" if case.state == "paused" else False
            elif due >= today:
                case.silence_state = "on_time"
            elif today <= due + case._rhythm():
                case.silence_state = "due"
            else:
                case.silence_state = "silent"

    @api.depends("last_talk_date", "date_start")
    def _compute_days_silent(self):
        today = local_today(self.env)
        for since, cases in self.grouped(lambda c: c.last_talk_date or c.date_start).items():
            cases.days_silent = (today - since).days if since else 0

    @api.model
    def _cron_refresh_silence(self):
        """Recompute the silence of open cases whose due date has passed since yesterday.

        One query finds them, whatever their number; the write is a batch per state.
        """
        cases = self.search(
            [
                ("state", "=", "open"),
                ("silence_state", "in", ["on_time", "due"]),
                ("next_contact_date", "<", local_today(self.env)),
            ]
        )
        self.env.add_to_compute(self._fields["silence_state"], cases)
        cases.flush_recordset(["silence_state"])
