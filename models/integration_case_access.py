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
    def _share_case(self, cases, user, kind, **values):
        """Let ``user`` read ``cases`` as far as their clients agreed to share with colleagues.

        :return: the cases that were left out for want of that consent
        """
        left_out = cases.browse()
        vals_list = []
        for case in cases:
            if not case.client_id._has_consent("team"):
                left_out |= case
                continue
            clients = (case.client_id | case.member_ids).filtered(
                lambda client: client._has_consent("team")
            )
            vals_list += [dict(values, case_id=case.id, client_id=c.id) for c in clients]
        self._grant(vals_list, user, kind)
        return left_out

    @api.model
    def _grant(self, vals_list, user, kind):
        # sudo: integration.case.access - nobody writes entries by hand; the callers have
        # checked that the user may enter the client or is made responsible for the case
        self.sudo().create([dict(vals, user_id=user.id, kind=kind) for vals in vals_list])

    def _current(self):
        """Return the entries that hold now."""
        now = fields.Datetime.now()
        return self.filtered(
            lambda access: access.date_from <= now
            and (not access.date_until or access.date_until > now)
        )

    def _end(self):
        """End the entries now, also those that have not begun; access is lost with the next query."""
        now = fields.Datetime.now()
        running = self.filtered(lambda access: not access.date_until or access.date_until > now)
        running.write({"date_until": now})
        running._clear_traces()

    def _clear_traces(self):
        """Take from users who lost a file what Odoo would leave them of it.

        Assignees read an activity without access to its document, and dialogs keep what
        was typed. What is still open is done by whoever is responsible now.
        """
        for entry in self.filtered("case_id"):
            case, user = entry.case_id, entry.user_id
            if case.access_ids._current().filtered(lambda a, u=user: a.user_id == u):
                continue
            case.activity_ids.filtered(lambda a, u=user: a.user_id == u).write(
                {"user_id": case.user_id.id}
            )
            for dialog in ("contact.quick", "case.close", "case.reopen"):
                self.env[f"integration.{dialog}"].search(
                    [("case_id", "=", case.id), ("create_uid", "=", user.id)]
                ).unlink()
