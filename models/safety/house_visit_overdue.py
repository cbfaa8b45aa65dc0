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
            missed = visit.date_told and not visit.date_back and visit.user_id != self.env.user
            may = visit.in_my_files or missed
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
        helpers = self._who_helps()
        for lang, users in (helpers | self.user_id).grouped("lang").items():
            words = self.with_context(lang=lang)._words_of_missed()
            self.env["mail.activity"]._tell(users & helpers, words)
            for user in users:
                user._bus_send(
                    "simple_notification", {"type": "danger", "sticky": True, "message": words}
                )

    def _words_of_missed(self):
        return self.env._(
            "File %(number)s: %(user)s should have been back from a house visit at %(time)s. Call "
            "first; the address is under Safety › House Visits",
            number=self.case_id.file_number,
            user=self.user_id.name,
            time=self._time(self.back_by),
        )

    def _who_helps(self):
        """Return the leads, who comes along, and the others to whom the file is open.

        An entry that outlives a change of role or employer opens nothing, and tells nothing.
        """
        users = self.env["res.users"]
        near = self.case_id.access_ids._current().user_id
        near &= users._with_role("caseworker", self.company_id)
        near |= self.companion_id.filtered(lambda user: self.company_id in user.company_ids)
        leads = users._with_role("lead", self.company_id)
        return (leads | near).filtered("active") - self.user_id
