from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.mixins.once import once
from ...tools import end_of_day, local_midnight, local_today


class IntegrationCaseShare(models.TransientModel):
    """Opens files to a colleague: to the team for good, to a deputy from a day to a day.

    One case, or all open cases of a worker who is away. The client's consent to sharing with
    colleagues is asked for case by case; what is left out is said.
    """

    _name = "integration.case.share"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Share Files with a Colleague"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    case_id = fields.Many2one(
        "integration.case", domain="[('state', '!=', 'closed')]", check_company=True
    )
    absent_user_id = fields.Many2one(
        "res.users",
        string="Cases Of",
        help="All open cases of this worker.",
        domain="[('id', 'in', possible_user_ids)]",
    )
    user_id = fields.Many2one(
        "res.users", string="Colleague", required=True, domain="[('id', 'in', possible_user_ids)]"
    )
    possible_user_ids = fields.Many2many("res.users", compute="_compute_possible_user_ids")
    kind = fields.Selection(
        [("deputy", "Deputy"), ("team", "Team")], required=True, default="deputy"
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: local_today(self.env)
    )
    date_to = fields.Date(string="Until", help="Last day; required for a deputy.")
    reason = fields.Char(help="e.g. leave or illness of a colleague; nothing about the client.")
    case_count = fields.Integer(compute="_compute_case_count", string="Cases")
    left_out_count = fields.Integer(
        compute="_compute_case_count", string="Without Consent to Sharing"
    )

    @api.depends("company_id")
    def _compute_possible_user_ids(self):
        workers = self.env["res.users"].search(
            [
                ("company_ids", "in", self.env.company.ids),
                (
                    "all_group_ids",
                    "in",
                    self.env.ref("integration_management.group_caseworker").ids,
                ),
            ]
        )
        for wizard in self:
            wizard.possible_user_ids = workers

    @api.depends("case_id", "absent_user_id")
    def _compute_case_count(self):
        for wizard in self:
            cases = wizard._cases()
            # sudo: integration.consent - only whether sharing is agreed to
            agreed = cases.sudo().filtered(lambda case: case.client_id._may_be_shared())
            wizard.case_count = len(cases)
            wizard.left_out_count = len(cases) - len(agreed)

    @once
    def action_share(self):
        """Write the access entries and say how many cases were left out."""
        self.ensure_one()
        cases = self._cases()
        self._check_may_share(cases)
        if self.user_id not in self.possible_user_ids:
            raise AccessError(
                self.env._("Files are shared with case workers of the same employer.")
            )
        if self.kind == "deputy" and not self.date_to:
            raise UserError(self.env._("Say until when the deputy may read; it ends by itself."))
        if self.date_to and self.date_to < self.date_from:
            raise UserError(self.env._("The last day lies before the first."))
        if not cases:
            raise UserError(self.env._("There is no open case to share."))
        left_out = self.env["integration.case.access"]._share_case(
            # sudo: integration.case - leads share files whose consents they cannot read; the
            # right to do so was checked just now
            cases.sudo(),
            self.user_id,
            self.kind,
            reason=self.reason,
            date_from=local_midnight(self.date_from),
            date_until=self.date_to and end_of_day(self.date_to),
        )
        # sudo: integration.case - compared alone
        if left_out == cases.sudo():
            raise UserError(
                self.env._(
                    "File %s: there is no consent to sharing with colleagues. Record it first.",
                    ", ".join(left_out.mapped("file_number")),
                )
            )
        (cases - left_out.sudo(False))._tell_opened(self.user_id)
        message = self.env._(
            "%(count)s cases are open to %(user)s.",
            count=len(cases) - len(left_out),
            user=self.user_id.name,
        )
        if left_out:
            message += " " + self.env._(
                "Left out, for there is no consent to sharing: %s.",
                ", ".join(left_out.mapped("file_number")),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left_out else "success",
                "message": message,
                "sticky": bool(left_out),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _cases(self):
        """Return the cases to share, as the user sees them."""
        self.ensure_one()
        if self.case_id:
            return self.case_id
        if not self.absent_user_id:
            return self.case_id
        return self.env["integration.case"].search(
            [("user_id", "=", self.absent_user_id.id), ("state", "!=", "closed")]
        )

    def _check_may_share(self, cases):
        """A worker shares her own cases, a lead those of the employer."""
        cases.check_access("read")
        if self.env.user.has_group("integration_management.group_lead"):
            return
        if any(case.user_id != self.env.user for case in cases):
            raise AccessError(self.env._("Only the responsible worker or the lead shares a file."))
