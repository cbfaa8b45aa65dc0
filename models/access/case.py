from odoo import api, fields, models
from odoo.exceptions import AccessError


class IntegrationCase(models.Model):
    """Who may read a case follows from its course: the case writes the entries itself."""

    _inherit = "integration.case"

    access_ids = fields.One2many("integration.case.access", "case_id")

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        clients = self.env["integration.client"].browse(vals.get("client_id") for vals in vals_list)
        self.env["integration.case.access"]._check_may_take_over(clients)
        return vals_list

    def _before_write(self, change):
        self._check_only_reassigned(change)
        super()._before_write(change)

    def _check_only_reassigned(self, change):
        """Let a lead without access entry of her own change nothing but the responsible worker."""
        if self.env.su or not change.names - {"user_id"}:
            return
        # sudo: integration.case.access - the current user's own entries
        register = self.env["integration.case.access"].sudo()
        entries = register.search([("case_id", "in", self.ids), ("user_id", "=", self.env.uid)])
        if self - entries._current().case_id.sudo(False):
            raise AccessError(
                self.env._(
                    "Without an access entry of your own you may reassign a case, not change it."
                )
            )

    # ------------------------------------------------------------
    # Entries follow the course
    # ------------------------------------------------------------

    def _open(self):
        """Let the responsible worker read the case instead of the client as such."""
        # First this: in between nobody would have the file, and what is typed about it would go.
        self.env["integration.case.access"]._grant_case(self, self.user_id)
        # sudo: integration.case.access - written by the case alone
        self.client_id.sudo().access_ids.filtered(lambda entry: not entry.case_id)._end()
        super()._open()

    def _before_reassigned(self, user):
        super()._before_reassigned(user)
        self._tell_opened(user)

    def _hand_to(self, user):
        """Let ``user`` read from now on; the former worker loses access at once.

        Earlier episodes of the client go along, for they are one file.
        """
        # sudo: integration.case.access - written by the case alone
        for case in self.sudo():
            episodes = case._episodes()
            former = episodes.access_ids.filtered(lambda entry: entry.kind == "owner")
            missing = case._clients_not_agreeing(user)
            self.env["integration.case.access"]._grant_case(episodes, user)
            former._end()
            episodes._mark_exceptions(user, missing)
        super()._hand_to(user)

    def _tell_opened(self, user):
        """Log it and tell the worker if a lead opens files to herself, by whatever way.

        § 203 StGB holds towards the employer too; who decides on access shall not do so unseen.
        """
        if self.env.su or user != self.env.user:
            return
        for case in self.filtered(lambda case: case.user_id != user):
            self.env["integration.access.log"]._log("take", case.client_id)
            self.env["mail.activity"]._tell(
                case.user_id,
                self.env._(
                    "%(user)s has opened file %(number)s to herself or himself",
                    user=user.name,
                    number=case.file_number,
                ),
            )
