from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationMeetingAttendance(models.Model):
    """A worker of the county who is invited, what she answers, and whether she was there.

    Name and employer stand in words, as on the day of the invitation, so nobody needs to read users
    of another employer.
    """

    _name = "integration.meeting.attendance"
    _inherit = ["integration.meeting.part"]
    _description = "Attendance at a Network Meeting"
    _order = "meeting_id, employer_name, name, id"
    _system_fields = frozenset({"company_id", "user_id", "name", "employer_id", "employer_name"})

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    name = fields.Char(string="Case Worker", required=True, readonly=True)
    employer_id = fields.Many2one(
        "res.company",
        string="Employer's Record",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    employer_name = fields.Char(string="Employer", readonly=True)
    answer = fields.Selection(
        [("open", "No Answer"), ("yes", "Comes"), ("no", "Cannot Come")],
        default="open",
        required=True,
    )
    attended = fields.Boolean(string="Was There")

    _once_each = models.UniqueIndex(
        "(meeting_id, user_id)", "This worker is invited to the meeting already."
    )

    def _created(self):
        super()._created()
        if not self._is_system():
            raise UserError(
                self.env._("Workers are invited by the button “Invite Who Is New”, never by hand.")
            )

    def _after_write(self, change):
        super()._after_write(change)
        if change.vals.get("attended"):
            self.meeting_id._check_has_begun()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_invited(self):
        raise UserError(self.env._("Who was invited stays on the list. Say that she cannot come."))
