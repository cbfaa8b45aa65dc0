from odoo import api, fields, models


class IntegrationCaseAccess(models.Model):
    """The one place that says who may read a file; every record rule is a clause on it.

    An entry without case opens the client as such, from her creation to her first case,
    so that whoever enters a client can read her. Entries are written by the case itself.
    """

    _name = "integration.case.access"
    _inherit = ["integration.secured"]
    _description = "Access to a File"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one(
        "integration.case", index=True, ondelete="cascade", check_company=True
    )
    client_id = fields.Many2one(
        "integration.client", required=True, index=True, ondelete="cascade", check_company=True
    )
    # Own column, so that the rule on contacts is a single join.
    partner_id = fields.Many2one(
        related="client_id.partner_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="client_id.company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one("res.users", string="User", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("owner", "Responsible"),
            ("team", "Team"),
            ("deputy", "Deputy"),
            ("glass", "Emergency"),
        ],
        required=True,
    )
    date_from = fields.Datetime(required=True, default=fields.Datetime.now)
    date_until = fields.Datetime(help="Empty while it holds.")
    reason = fields.Char()

    # The rules ask “which cases (clients, contacts) of mine?”, so the user comes first.
    _user_case_idx = models.Index("(user_id, case_id, date_until)")
    _user_client_idx = models.Index("(user_id, client_id, date_until)")
    _user_partner_idx = models.Index("(user_id, partner_id, date_until)")

    @api.depends("client_id.file_number", "user_id")
    def _compute_display_name(self):
        for access in self:
            access.display_name = f"{access.client_id.file_number}: {access.user_id.name}"

    @api.model
    def _grant_client(self, clients, user):
        """Let ``user`` read ``clients`` that have no case yet."""
        self._grant([{"client_id": client.id} for client in clients], user, "owner")

    @api.model
    def _grant_case(self, cases, user, kind="owner", **values):
        """Let ``user`` read ``cases`` with their clients and accompanied family members."""
        self._grant(
            [
                dict(values, case_id=case.id, client_id=client.id)
                for case in cases
                for client in case.client_id | case.member_ids
            ],
            user,
            kind,
        )

    @api.model
    def _grant(self, vals_list, user, kind):
        # sudo: integration.case.access - nobody writes entries by hand; the callers have
        # checked that the user may enter the client or is made responsible for the case
        self.sudo().create([dict(vals, user_id=user.id, kind=kind) for vals in vals_list])

    def _end(self):
        """End the entries now; access is lost with the next query."""
        current = self.filtered(lambda access: not access.date_until)
        current.write({"date_until": fields.Datetime.now()})
