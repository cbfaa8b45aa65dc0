from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import local_today, without_defaults
from .meeting import OVER

CASEWORKER = "integration_management.group_caseworker"


class IntegrationMeeting(models.Model):
    """The way of a meeting: who is invited, who comes, held, minutes finished."""

    _inherit = "integration.meeting"

    topic_ids = fields.One2many("integration.meeting.topic", "meeting_id", string="Topics")
    guest_ids = fields.One2many("integration.meeting.guest", "meeting_id", string="Guests")
    attendance_ids = fields.One2many(
        "integration.meeting.attendance", "meeting_id", string="Workers"
    )
    decision_ids = fields.One2many("integration.meeting.decision", "meeting_id", string="Decisions")
    material_ids = fields.One2many("integration.meeting.material", "meeting_id", string="Materials")
    attended_count = fields.Integer(string="Were There", compute="_compute_counts")
    coming_count = fields.Integer(string="Come", compute="_compute_counts")
    my_answer = fields.Selection(
        [
            ("none", "Not Invited"),
            ("open", "No Answer"),
            ("yes", "I Come"),
            ("no", "I Cannot Come"),
        ],
        compute="_compute_my_answer",
    )

    @api.depends("attendance_ids.attended", "attendance_ids.answer")
    def _compute_counts(self):
        for meeting in self:
            workers = meeting.attendance_ids
            meeting.attended_count = len(workers.filtered("attended"))
            meeting.coming_count = len(workers.filtered(lambda row: row.answer == "yes"))

    @api.depends("attendance_ids.answer")
    @api.depends_context("uid")
    def _compute_my_answer(self):
        for meeting in self:
            meeting.my_answer = meeting._my_attendance().answer or "none"

    def _my_attendance(self):
        return self.attendance_ids.filtered(lambda row: row.user_id == self.env.user)[:1]

    # ------------------------------------------------------------
    # Who is invited
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        for meeting in self:
            meeting._invite()

    def _after_write(self, change):
        super()._after_write(change)
        if "date" in change.names:
            for meeting in self.filtered(lambda one: one.state == "planned"):
                meeting._invite()

    def _invite(self):
        """Put all workers on the list whose employer has a mandate in the county on that day."""
        self.ensure_one()
        invited = self.attendance_ids.user_id
        mandates = self.county_id._going_on(self.date).filtered(
            lambda row: row.county_id == self.county_id and row.date_start <= self.date
        )
        rows = []
        for employer in mandates.company_id.sorted("name"):
            workers = self.env["res.users"]._with_role("caseworker", employer)
            me = self.env.user
            # Who coordinates may accompany clients as well, and is one of the workers then.
            if employer in me.company_ids and me.has_group(CASEWORKER):
                workers |= me
            for user in workers - invited:
                invited |= user
                rows.append(self._invitation(user, employer))
        # sudo: integration.meeting.attendance - rows that our own code alone makes, of a meeting
        # that the coordination has just written
        without_defaults(self.env["integration.meeting.attendance"].sudo())._as_system().create(
            rows
        )

    def _invitation(self, user, employer):
        return {
            "meeting_id": self.id,
            "user_id": user.id,
            "name": user.name,
            "employer_id": employer.id,
            "employer_name": employer.name,
        }

    # ------------------------------------------------------------
    # Buttons of workers
    # ------------------------------------------------------------

    def action_come(self):
        """Say that one comes."""
        self._answer("yes")

    def action_stay_away(self):
        """Say that one cannot come."""
        self._answer("no")

    def _answer(self, answer):
        """Note the answer of the user, on her own line of the list.

        :raises UserError: she is not invited, or the meeting is no longer planned
        """
        self.ensure_one()
        self.check_access("read")
        mine = self._my_attendance()
        if not mine:
            raise UserError(
                self.env._(
                    "%s: case workers of the county are invited. Ask the coordination to invite "
                    "whoever is new.",
                    self.display_name,
                )
            )
        if self.state != "planned":
            raise UserError(self.env._("%s is no longer planned.", self.display_name))
        # sudo: integration.meeting.attendance - her own answer
        mine.sudo()._as_system().answer = answer

    def action_new_topic(self):
        """Bring in a topic: a small form over this one."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_meeting_topic_action_new"
        )
        return dict(action, context={"default_meeting_id": self.id})

    def action_ics(self):
        """Download the meeting for a calendar."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/integration/meeting/{self.id}/ics",
            "target": "download",
        }

    # ------------------------------------------------------------
    # Buttons of the coordination
    # ------------------------------------------------------------

    def action_invite(self):
        """Invite who has come since."""
        self.check_access("write")
        for meeting in self.filtered(lambda one: one.state not in OVER):
            meeting._invite()

    def action_held(self):
        """Note that the meeting took place; who said to come is proposed as having been there."""
        self.check_access("write")
        for meeting in self:
            meeting._check_has_begun()
            meeting._settle("held", ("planned",))
            coming = meeting.attendance_ids.filtered(lambda row: row.answer == "yes")
            coming.attended = True

    def action_close(self):
        """Finish the minutes: from now on they stay as they are."""
        self._settle("closed", ("held",))

    def action_reopen(self):
        """Write the minutes on."""
        self._settle("held", ("closed",))

    def action_cancel(self):
        """Cancel the meeting."""
        self._settle("cancelled", ("planned",))

    def _settle(self, state, after):
        """Set the state.

        :param after: the states it can follow
        :raises UserError: naming the meeting
        """
        self.check_access("write")
        for meeting in self:
            if meeting.state not in after:
                meeting._refuse_values(
                    self.env._("that has been settled already. Reload the page.")
                )
        self._as_system().state = state

    def _check_has_begun(self):
        for meeting in self:
            if meeting.date > local_today(self.env):
                meeting._refuse_values(
                    self.env._("it lies ahead. Note on that day who was there, or move the day.")
                )
