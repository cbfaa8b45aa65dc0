from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import local_today

MOST_DAYS = 366


class IntegrationCase(models.Model):
    """A rhythm of a case's own: always by need (county standard 3.3), for a reason and a time."""

    _inherit = "integration.case"

    own_rhythm_days = fields.Integer(
        string="Own Rhythm (days)",
        copy=False,
        help="Days after the last talk, in place of the rhythm of the phase; 0: that of the phase.",
    )
    own_rhythm_reason = fields.Char(string="Reason for the Own Rhythm", copy=False)
    own_rhythm_until = fields.Date(
        copy=False, help="From the day after, the rhythm of the phase holds again."
    )
    last_attempt_date = fields.Date(
        string="Last Attempt",
        compute="_compute_attempts",
        help="Since the last talk: a visit or call that reached nobody breaks no silence.",
    )
    attempt_count = fields.Integer(
        string="Attempts Since the Last Talk", compute="_compute_attempts"
    )

    @api.depends("own_rhythm_days", "own_rhythm_until")
    def _compute_next_contact_date(self):
        return super()._compute_next_contact_date()

    def _rhythm(self):
        own = self.own_rhythm_days
        until = self.own_rhythm_until
        if own and until and until >= local_today(self.env):
            return timedelta(days=own)
        return super()._rhythm()

    @api.depends("contact_ids.reached", "contact_ids.cancelled")
    def _compute_present(self):
        return super()._compute_present()

    def _sought(self):
        attempts = ("integration.contact", self._unreached(), "case_id")
        return {**super()._sought(), "attempts": attempts}

    def _unreached(self):
        """Return the domain of the contacts of these cases that reached nobody."""
        of_cases = Domain("case_id", "in", self.ids)
        return of_cases & Domain("reached", "=", False) & Domain("cancelled", "=", False)

    @api.depends_context("uid")
    @api.depends("contact_ids.reached", "contact_ids.cancelled", "contact_ids.date")
    def _compute_attempts(self):
        """Count the contacts after the last talk that reached nobody, in one query for all."""
        attempts, groups = {}, ()
        if cases := self._with_any("attempts"):
            # Whoever reads the answer has opened the file, and is logged for it
            contacts = self.env["integration.contact"]._unseen()
            groups = contacts._read_group(cases._unreached(), ["case_id", "date:day"], ["__count"])
        for case, day, count in groups:
            attempts.setdefault(case.id, []).append((fields.Date.to_date(day), count))
        for case in self:
            since = case.last_talk_date
            found = [
                (day, count)
                for day, count in attempts.get(case._origin.id, ())
                if not since or day >= since
            ]
            case.last_attempt_date = max((day for day, _count in found), default=False)
            case.attempt_count = sum(count for _day, count in found)

    @api.constrains("own_rhythm_days", "own_rhythm_reason", "own_rhythm_until")
    def _check_own_rhythm(self):
        for case in self:
            days = case.own_rhythm_days
            if not 0 <= days <= MOST_DAYS:
                raise ValidationError(
                    case._about_file(
                        self.env._("the own rhythm must lie between 1 and %s days.", MOST_DAYS)
                    )
                )
            furthest = local_today(self.env) + timedelta(days=MOST_DAYS)
            if days and case.own_rhythm_until and case.own_rhythm_until > furthest:
                raise ValidationError(
                    case._about_file(self.env._("a rhythm of its own ends within a year."))
                )
            if days and not (case.own_rhythm_reason and case.own_rhythm_until):
                raise ValidationError(
                    case._about_file(
                        self.env._("say why this case has a rhythm of its own, and until when.")
                    )
                )

    @api.onchange("own_rhythm_days")
    def _onchange_own_rhythm_days(self):
        """Propose half a year; without a rhythm of its own there is neither reason nor end."""
        if not self.own_rhythm_days:
            self.own_rhythm_reason = self.own_rhythm_until = False
        elif not self.own_rhythm_until:
            self.own_rhythm_until = local_today(self.env) + timedelta(days=182)

    @api.model
    def _cron_refresh_silence(self):
        """Let the rhythm of the phase hold again where the own one ended, then go on as usual."""
        ended = self.search(
            [
                ("state", "=", "open"),
                ("own_rhythm_days", ">", 0),
                ("own_rhythm_until", "<", local_today(self.env)),
                ("own_rhythm_until", ">=", local_today(self.env) - timedelta(days=31)),
            ]
        )
        self.env.add_to_compute(self._fields["next_contact_date"], ended)
        return super()._cron_refresh_silence()
