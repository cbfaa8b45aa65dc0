from odoo import api, fields, models
from odoo.fields import Domain


class IntegrationHouseVisit(models.Model):
    """Who is missed, and who is told: colleagues with access to the file, and the leads."""

    _inherit = "integration.house.visit"

    address = fields.Char(
        compute="_compute_address",
        help="Where to look: for those who read the file, and for leads once somebody is missed.",
    )

    @api.depends("case_id", "date_told")
    @api.depends_context("uid")
    def _compute_address(self):
        for visit in self:
            may = visit.in_my_files or (visit.date_told and not visit.date_back)
            # sudo: integration.client - the address alone, for whoever reads the file, or of a
            # worker who is missed for those who are told (§ 34 StGB)
            visit.address = visit.sudo().case_id.client_id._address_line() if may else False

    @api.model
    def _cron_overdue(self):
        """Tell of everybody who should be back, once each; a second run tells nothing twice."""
        overdue = Domain("back_by", "<", fields.Datetime.now())
        out = Domain("date_back", "=", False) & Domain("date_told", "=", False)
        for visit in self.search(overdue & out):
            visit._tell_missed()
        return True

    def _tell_missed(self):
        """Tell who can help: by task and on their screens; the address stands in the visit."""
        self.ensure_one()
        self._as_system().date_told = fields.Datetime.now()
        told = self._who_helps()
        words = self.env._(
            "File %(number)s: %(user)s should have been back from a house visit at %(time)s. Call "
            "first; the address is under Safety › House Visits",
            number=self.case_id.file_number,
            user=self.user_id.name,
            time=self._time(self.back_by),
        )
        self.env["mail.activity"]._tell(told, words)
        for user in told | self.user_id:
            user._bus_send(
                "simple_notification", {"type": "danger", "sticky": True, "message": words}
            )

    def _who_helps(self):
        """Return the leads, who comes along, and the others to whom the file is open."""
        access = self.case_id.access_ids._current()
        users = self.env["res.users"]._with_role("lead", self.company_id) | access.user_id
        return (users | self.companion_id).filtered("active") - self.user_id
