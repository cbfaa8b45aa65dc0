from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today


class IntegrationCase(models.Model):
    """The course of a case: opening, handing over, pausing, closing, reopening.

    What contacts, plans, consents and access entries do at each of these steps stands in
    their own rooms, in extensions of the methods here.
    """

    _inherit = "integration.case"

    may_undo_close = fields.Boolean(compute="_compute_may_undo_close")

    @api.depends("state", "date_end")
    def _compute_may_undo_close(self):
        today = local_today(self.env)
        for case in self:
            case.may_undo_close = case.state == "closed" and case.date_end == today

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_close(self):
        """Open the dialog that closes the case."""
        return self._dialog("integration_case_close_action")

    def action_reopen(self):
        """Open the dialog that starts a new episode after a closed case."""
        return self._dialog("integration_case_reopen_action")

    def action_pause(self):
        """Open the dialog that pauses the case."""
        return self._dialog("integration_case_pause_action")

    def action_resume(self):
        """End the pause today, and say whose case of the household stays paused.

        :raises UserError: a case is not paused
        """
        for case in self:
            if case.state != "paused":
                raise UserError(self.env._("File %s: the case is not paused.", case.file_number))
        self._as_system().write({"state": "open", "pause_until": local_today(self.env)})
        return self._tell_paused((self._of_household() - self)._filtered_access("write"))

    def action_undo_close(self):
        """Clear an end that was entered today by mistake (any later: a new episode).

        :raises UserError: the case is not closed, or was closed on another day
        """
        for case in self:
            if not case.may_undo_close:
                raise UserError(
                    self.env._(
                        "File %s: only an end of today can be undone. Reopen the case instead.",
                        case.file_number,
                    )
                )
        self._check_none_open(self.client_id.ids)
        self._undo_close()

    def _undo_close(self):
        """Let the cases go on as if they had not been closed."""
        today = local_today(self.env)
        # A pause that was ended before ended on its day; one that lies ahead was going on.
        paused = self.filtered(lambda case: case.pause_until and case.pause_until > today)
        for cases, state in ((paused, "paused"), (self - paused, "open")):
            cases._as_system().write(
                {"state": state, "date_end": False, "closure_reason_id": False}
            )

    def _dialog(self, xml_id, **context):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"integration_management.{xml_id}")
        return dict(
            action, context={"default_case_id": self.id, "integration_show_name": True, **context}
        )

    # ------------------------------------------------------------
    # Opening and handing over
    # ------------------------------------------------------------

    def _open(self):
        """Write who is responsible for a newly created case."""
        self.ensure_one()
        # sudo: integration.case.assignment - written by the case alone
        assignments, opened = self.env["integration.case.assignment"].sudo(), self.sudo()
        assignments._assign(opened, self.user_id, self.date_start)
        self._leave_family_case()

    def _leave_family_case(self):
        """End the accompaniment in the family's case when a member gets a case of her own."""
        self.ensure_one()
        if self.client_id.family_case_id:
            self.client_id.family_case_id = False

    def _accompany(self, clients):
        """Accompany ``clients``, who have no case of their own, in this case of the family."""
        self.ensure_one()
        clients.family_case_id = self

    def _before_reassigned(self, user):
        """Refuse to make ``user`` responsible for the cases in ``self``, if need be."""
        if self:
            self._check_may_reassign()

    def _check_may_reassign(self):
        """Reassignment is the lead's decision (county standard 3.2.1: the employer directs)."""
        if not self.env.su and not self.env.user.has_group("integration_management.group_lead"):
            raise AccessError(
                self.env._(
                    "Only the team lead can hand a case to another worker. Please ask for it."
                )
            )

    def _hand_to(self, user):
        """Make ``user`` responsible from today."""
        # sudo: integration.case.assignment - written by the case alone
        assignments = self.env["integration.case.assignment"].sudo()
        # sudo: integration.case - as above
        for case in self.sudo():
            assignments._assign(case, user)

    def _correct_first_day(self):
        """Let the first responsibility begin with the corrected start of the case."""
        # sudo: integration.case.assignment - written by the case alone
        for case in self.sudo():
            rows = case.assignment_ids.sorted("date_from")
            before = rows.filtered(lambda row, c=case: row.date_to and row.date_to < c.date_start)
            before.unlink()
            (rows - before)[:1].date_from = case.date_start

    def _municipality_on(self, day):
        """Return where the case was on a day: what is entered late counts there, not here."""
        self.ensure_one()
        # sudo: integration.case.assignment - a place, of a case that the user works in
        case = self._origin.sudo()
        held = day and case.assignment_ids._held_on(case, day)
        return (held and held.municipality_id or self.municipality_id).with_env(self.env)

    def _episodes(self):
        """Return the case with the earlier episodes of the client: they are one file."""
        self.ensure_one()
        episodes = self
        while episodes[-1:].previous_case_id:
            episodes += episodes[-1:].previous_case_id
        return episodes

    def _record_moves(self, places):
        """Let the responsibility in another municipality begin today; the time before stays.

        :param places: {case: municipality before}
        """
        for case, before in places.items():
            if case.municipality_id != before:
                # sudo: integration.case.assignment - written by the case alone
                self.env["integration.case.assignment"].sudo()._assign(case.sudo(), case.user_id)

    # ------------------------------------------------------------
    # Pausing (county standard 3.2.3: a temporary break)
    # ------------------------------------------------------------

    def _pause(self, reason, until):
        """Pause the cases until a day: no contact is due meanwhile.

        Plan and responsibility go on, the case counts on; anyone who meets the client anyway
        documents the talk as ever.

        :raises UserError: a case is not open, or the day does not lie ahead
        """
        today = local_today(self.env)
        for case in self:
            if case.state != "open":
                raise UserError(
                    self.env._("File %s: only an open case can be paused.", case.file_number)
                )
            if until <= today:
                raise UserError(
                    self.env._(
                        "File %(number)s: the pause must end after today, not on %(date)s.",
                        number=case.file_number,
                        date=format_date(self.env, until),
                    )
                )
        self._as_system().write(
            {"state": "paused", "pause_reason": reason, "date_paused": today, "pause_until": until}
        )

    def _cron_end_pauses(self):
        """Open the cases whose pause is over; one query and one write, whatever their number."""
        over = Domain("pause_until", "<=", local_today(self.env))
        self.search(Domain("state", "=", "paused") & over)._as_system().write({"state": "open"})

    # ------------------------------------------------------------
    # Closing and reopening
    # ------------------------------------------------------------

    def _close(self, reason, date_end):
        """Close the cases for ``reason`` on ``date_end``.

        :raises UserError: a case is closed already, or something was documented later
        """
        for case in self:
            case._check_can_close(date_end)
            if not reason.active:
                raise UserError(
                    self.env._(
                        "File %(number)s: “%(reason)s” is archived and no longer a reason. "
                        "Choose another one.",
                        number=case.file_number,
                        reason=reason.name,
                    )
                )
        self._as_system().write(
            {"state": "closed", "date_end": date_end, "closure_reason_id": reason.id}
        )
        self._planned().unlink()

    def _check_can_close(self, date_end):
        """Refuse an end that the case has already, or cannot have."""
        self.ensure_one()
        if self.state == "closed":
            raise UserError(
                self.env._(
                    "File %(number)s: the case was closed on %(date)s already.",
                    number=self.file_number,
                    date=format_date(self.env, self.date_end),
                )
            )
        if not self.date_start <= date_end <= local_today(self.env):
            raise UserError(
                self.env._(
                    "File %(number)s: the end must lie between the start (%(start)s) and today.",
                    number=self.file_number,
                    start=format_date(self.env, self.date_start),
                )
            )

    def _reopen(self, reason, date_start):
        """Start a new episode for the client and return it.

        :raises UserError: see ``_check_can_reopen()``
        """
        self._check_can_reopen(reason, date_start)
        case = self._as_system().create(
            {
                "client_id": self.client_id.id,
                "municipality_id": self.municipality_id.id,
                "user_id": self.env.uid,
                "date_start": date_start,
                "episode": self.episode + 1,
            }
        )
        case = case.with_env(self.env)
        # sudo: integration.case - the words of the reason are behind a field of its own
        stored = case.sudo()._as_system()
        stored.write({"previous_case_id": self.id, "reopening_reason": reason})
        # The family begins again together; who stayed in the closed case would be in none.
        case._accompany(self.member_ids)
        return case

    def _check_can_reopen(self, reason, date_start):
        """Refuse a new episode that has no reason, or does not follow the last one.

        :raises UserError: naming the file by its number
        """
        self.ensure_one()
        if self.state != "closed":
            raise UserError(self.env._("File %s: the case is not closed.", self.file_number))
        self._check_none_open(self.client_id.ids)
        # sudo: integration.case - whether there is one, also a colleague's
        if self.sudo().search_count([("previous_case_id", "=", self.id)], limit=1):
            raise UserError(
                self.env._(
                    "File %s: another episode followed this one. Reopen the last one instead.",
                    self.file_number,
                )
            )
        if not (reason or "").strip():
            raise UserError(self.env._("File %s: say why the work begins again.", self.file_number))
        if date_start < self.date_end:
            self._refuse_start_before(self.date_end)

    def _refuse_start_before(self, last):
        """Refuse a start before ``last``, the end of the episode before."""
        raise ValidationError(
            self.env._(
                "File %(number)s: the new episode cannot start before the end of the "
                "last (%(date)s).",
                number=self.file_number,
                date=format_date(self.env, last),
            )
        )

    # ------------------------------------------------------------
    # The others of the household
    # ------------------------------------------------------------

    def _of_household(self):
        """Return the other cases that go on in the households of these, as far as readable."""
        households = self._origin.household_id
        if not households:
            return self.browse()
        return self.search(
            [
                ("household_id", "in", households.ids),
                ("id", "not in", self._origin.ids),
                ("state", "!=", "closed"),
            ]
        )

    def _check_of_household(self, others):
        """Refuse to treat cases of other households along with these.

        :raises UserError: naming no file, for they may be anybody's
        """
        if others - self._of_household():
            raise UserError(
                self.env._(
                    "File %s: only open cases of the same household are offered here. Please "
                    "close the dialog and open it anew.",
                    ", ".join(self.mapped("file_number")),
                )
            )

    # ------------------------------------------------------------
    # Looking for a case
    # ------------------------------------------------------------

    @api.model
    def _find_by_number(self, file_number):
        """Return the latest case of the own employer with this number, as superuser.

        For dialogs that first check that the user may ask; the number itself is neutral.

        :raises UserError: there is none
        """
        # sudo: integration.case - the employer is the user's own
        case = self.sudo().search(
            [
                ("file_number", "=", (file_number or "").strip()),
                ("company_id", "in", self.env.companies.ids),
            ],
            order="id desc",
            limit=1,
        )
        if not case:
            raise UserError(
                self.env._(
                    "There is no case with the file number %s. Please check the number.",
                    file_number,
                )
            )
        return case

    @api.model
    def _check_none_open(self, client_ids):
        """Refuse a second open case; before the database does, whose log shows the whole row."""
        clients = self.env["integration.client"].browse(filter(None, client_ids))
        # sudo: integration.case - whether there is one, also a colleague's
        taken = self.sudo().search([("client_id", "in", clients.ids), ("state", "!=", "closed")])
        twice = clients.filtered(lambda client: clients.ids.count(client.id) > 1)
        for client in taken.client_id | twice:
            raise ValidationError(
                client._about_file(
                    self.env._(
                        "the client has an open case already. Continue that one or close it."
                    )
                )
            )

    @api.model
    def _check_none_closed(self, client_ids):
        """Refuse to begin anew beside a closed case: episodes of one file follow each other."""
        clients = self.env["integration.client"].browse(filter(None, client_ids))
        # sudo: integration.case - whether there is one, also a colleague's
        closed = self.sudo().search([("client_id", "in", clients.ids), ("state", "=", "closed")])
        for client in closed.client_id:
            raise ValidationError(
                client._about_file(
                    self.env._(
                        "the client had a case before. Open that one and choose “Reopen”: the "
                        "new episode belongs to the same file."
                    )
                )
            )
