from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import local_today
from .case import INTERNAL, INTERNAL_FIELDS


class IntegrationCase(models.Model):
    """The course of a case: opening, handing over, closing, reopening, and who may do it."""

    _inherit = "integration.case"

    may_undo_close = fields.Boolean(compute="_compute_may_undo_close")

    @api.depends("state", "date_end")
    def _compute_may_undo_close(self):
        today = local_today(self.env)
        for case in self:
            case.may_undo_close = case.state == "closed" and case.date_end == today

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_new_contact(self):
        """Open the dialog that documents a contact, with this case filled in."""
        return self._dialog("integration_contact_quick_action")

    def action_close(self):
        """Open the dialog that closes the case."""
        return self._dialog("integration_case_close_action")

    def action_reopen(self):
        """Open the dialog that starts a new episode after a closed case."""
        return self._dialog("integration_case_reopen_action")

    def action_record_consent(self):
        """Open a new event of the consent ledger for the client of the case."""
        return self._dialog("integration_consent_action_new", default_client_id=self.client_id.id)

    def action_new_plan(self):
        """Open the agreed or drafted plan of the case, or a new draft."""
        self.ensure_one()
        plan = self.plan_ids.filtered(lambda p: p.state != "ended")[:1]
        if not plan:
            plan = self.env["integration.plan"].create({"case_id": self.id})
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_plan_action"
        )
        return dict(action, res_id=plan.id, views=[(False, "form")], view_mode="form")

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
        self._set_internal({"state": "open", "date_end": False, "closure_reason_id": False})

    def _dialog(self, xml_id, **context):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"integration_management.{xml_id}")
        return dict(
            action, context={"default_case_id": self.id, "integration_show_name": True, **context}
        )

    # ------------------------------------------------------------
    # Opening and handing over
    # ------------------------------------------------------------

    def _open_access(self):
        """Write who is responsible and who may read, for newly created cases."""
        for case in self:
            # sudo: integration.case.access - written by the case alone, as the assignment below
            case.client_id.sudo().access_ids.filtered(lambda entry: not entry.case_id)._end()
            self.env["integration.case.access"]._grant_case(case, case.user_id)
            # sudo: integration.case.assignment - nobody else has a right to it
            assignments, opened = self.env["integration.case.assignment"].sudo(), case.sudo()
            assignments._assign(opened, case.user_id, case.date_start)
            case._leave_family_case()
            if case.client_id.consent_state == "given":
                case._set_internal(
                    {"date_opened": max(case.date_start, case._consent_since() or case.date_start)}
                )

    def _consent_since(self):
        """Return since when the consent that holds has been there: it may follow the start."""
        since = False
        # sudo: integration.consent - a day only, of the case that is being opened
        for event in self.client_id.sudo().consent_ids.sorted(lambda e: (e.date, e.id)):
            if event.purpose == "file":
                holds = event.decision in ("given", "renewed")
                since = holds and (since or event.date)
        return since

    def _leave_family_case(self):
        """End the accompaniment in the family's case when a member gets a case of her own."""
        self.ensure_one()
        if self.client_id.family_case_id:
            self.client_id.family_case_id = False

    def _accompany(self, clients):
        """Accompany ``clients``, who have no case of their own, in this case of the family."""
        self.ensure_one()
        clients.family_case_id = self

    def _hand_to(self, user):
        """Make ``user`` responsible from today; the former worker loses access at once.

        Earlier episodes of the client go along, for they are one file.
        """
        # sudo: integration.case.access, integration.case.assignment - written by the case alone
        for case in self.sudo():
            episodes = case
            while episodes[-1:].previous_case_id:
                episodes += episodes[-1:].previous_case_id
            former = episodes.access_ids.filtered(lambda entry: entry.kind == "owner")
            missing = case._clients_not_agreeing(user)
            self.env["integration.case.access"]._grant_case(episodes, user)
            former._end()
            episodes._mark_exceptions(user, missing)
            # sudo: integration.case.assignment - written by the case alone
            self.env["integration.case.assignment"].sudo()._assign(case, user)

    def _tell_opened(self, user):
        """Log it and tell the worker if a lead opens files to herself, by whatever way.

        § 203 StGB holds towards the employer too; who decides on access shall not do so unseen.
        """
        if self.env.su or user != self.env.user:
            return
        for case in self.filtered(lambda case: case.user_id != user):
            self.env["integration.access.log"]._log("take", case.client_id)
            self.env["mail.activity"]._tell(case.user_id, self.env._(
                "%(user)s has opened file %(number)s to herself or himself",
                user=user.name, number=case.file_number,
            ))

    def _record_moves(self, places):
        """Let the responsibility in another municipality begin today; the time before stays.

        :param places: {case: municipality before}
        """
        for case, before in places.items():
            if case.municipality_id != before:
                # sudo: integration.case.assignment - written by the case alone
                self.env["integration.case.assignment"].sudo()._assign(case.sudo(), case.user_id)

    # ------------------------------------------------------------
    # Closing and reopening
    # ------------------------------------------------------------

    def _close(self, reason, date_end):
        """Close the cases for ``reason`` on ``date_end`` and end their plans.

        :raises UserError: a case is closed already, or something was documented later
        """
        for case in self:
            if case.state == "closed":
                raise UserError(
                    self.env._(
                        "File %(number)s: the case was closed on %(date)s already.",
                        number=case.file_number,
                        date=case.date_end,
                    )
                )
            if not case.date_start <= date_end <= local_today(self.env):
                raise UserError(
                    self.env._(
                        "File %(number)s: the end must lie between the start (%(start)s) "
                        "and today.",
                        number=case.file_number,
                        start=case.date_start,
                    )
                )
            later = case.contact_ids.filtered(lambda c: c.date > date_end and not c.cancelled)
            if later:
                raise UserError(
                    self.env._(
                        "File %(number)s: there is a contact on %(date)s, after the end. "
                        "Choose a later end or correct that contact.",
                        number=case.file_number,
                        date=max(later.mapped("date")),
                    )
                )
        self._set_internal(
            {
                "state": "closed",
                "date_end": date_end,
                "closure_reason_id": reason.id,
            }
        )
        self.plan_ids._end(date_end)

    def _reopen(self, reason, date_start):
        """Start a new episode for the client and return it.

        :raises UserError: the case is not closed
        """
        self.ensure_one()
        if self.state != "closed":
            raise UserError(self.env._("File %s: the case is not closed.", self.file_number))
        if date_start < self.date_end:
            raise UserError(
                self.env._(
                    "File %(number)s: the new episode cannot start before the end of the "
                    "last (%(date)s).",
                    number=self.file_number,
                    date=self.date_end,
                )
            )
        case = self.create(
            {
                "client_id": self.client_id.id,
                "municipality_id": self.municipality_id.id,
                "user_id": self.env.uid,
                "date_start": date_start,
                "episode": self.episode + 1,
            }
        )
        # sudo: integration.case - the words of the reason are behind a field of its own
        case.sudo()._set_internal({"previous_case_id": self.id, "reopening_reason": reason})
        # The family begins again together; who stayed in the closed case would be in none.
        case._accompany(self.member_ids)
        return case

    # ------------------------------------------------------------
    # Guards
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
        clients = self.env["integration.client"].browse(client_ids)
        # sudo: integration.case - whether there is one, also a colleague's
        for case in self.sudo().search(
            [("client_id", "in", clients.ids), ("state", "!=", "closed")]
        ):
            raise ValidationError(
                self.env._(
                    "File %s: the client has an open case already. Continue that one or close it.",
                    case.file_number,
                )
            )

    def _set_internal(self, vals):
        """Write fields that dialogs alone may set."""
        self.with_context(integration_internal=INTERNAL).write(vals)

    def _refuse_internal(self, names):
        """Refuse to write state and dates past the dialogs that look after the rest."""
        refused = INTERNAL_FIELDS & set(names)
        if refused and self.env.context.get("integration_internal") is not INTERNAL:
            raise UserError(
                self.env._(
                    "These fields follow from opening, closing and reopening and cannot "
                    "be set: %s.",
                    ", ".join(sorted(refused)),
                )
            )

    def _check_only_reassigned(self, vals):
        """Let a lead without access entry of her own change nothing but the responsible worker."""
        if self.env.su or not vals.keys() - {"user_id"}:
            return
        # sudo: integration.case.access - the current user's own entries
        entries = self.env["integration.case.access"].sudo().search(
            [
                ("case_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("date_from", "<=", fields.Datetime.now()),
                "|",
                ("date_until", "=", False),
                ("date_until", ">", fields.Datetime.now()),
            ]
        )
        if self - entries.case_id.sudo(False):
            raise AccessError(
                self.env._(
                    "Without an access entry of your own you may reassign a case, not change it."
                )
            )

    def _check_may_reassign(self):
        """Reassignment is the lead's decision (county standard 3.2.1: the employer directs)."""
        if not self.env.su and not self.env.user.has_group("integration_management.group_lead"):
            raise AccessError(
                self.env._(
                    "Only the team lead can hand a case to another worker. Please ask for it."
                )
            )

    def _check_stage_gate(self, vals):
        """Without consent a case stays in the first phase."""
        if "stage_id" in vals:
            stage = self.env["integration.case.stage"].browse(vals["stage_id"])
            if not stage.is_intake:
                self.client_id._ensure_consent()

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
