from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools import local_today, plain_name, without_defaults

ACTIVITY_TYPE = "integration_management.mail_activity_type_recipients"
# What is entered when a recipient has been told; the rest follows from the withdrawal
ANSWER = {"date_told", "means", "remark"}


class IntegrationWithdrawalRecipient(models.Model):
    """Somebody who was told about a client and must hear that the consent was withdrawn.

    Everyone who has received data is informed, unless that is impossible (Art. 19 GDPR); how and
    when it was done stays on record. Rows come from the register of disclosures.
    """

    _name = "integration.withdrawal.recipient"
    _inherit = ["integration.evidence", "integration.in.file", "integration.secured"]
    _description = "Recipient to Be Told of a Withdrawal"
    _order = "date_told desc, date_withdrawn, id"
    _check_company_auto = True
    _ledger_columns = (
        "consent_id",
        "client_id",
        "company_id",
        "date_withdrawn",
        "recipient_name",
        "date_told",
        "means",
        "remark",
        "user_id",
    )
    _ledger_frozen = SQL("TG_OP = 'DELETE' OR OLD.date_told IS NOT NULL")

    consent_id = fields.Many2one(
        "integration.consent",
        string="Withdrawal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    client_id = fields.Many2one(
        related="consent_id.client_id", store=True, precompute=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="consent_id.company_id",
        string="Employer",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
    )
    date_withdrawn = fields.Date(
        related="consent_id.date", string="Withdrawn on", store=True, precompute=True
    )
    recipient_name = fields.Char(string="Recipient", required=True, readonly=True)
    date_told = fields.Date(string="Told on")
    means = fields.Selection(
        [
            ("letter", "By letter"),
            ("mail", "By e-mail"),
            ("call", "By telephone"),
            ("person", "In person"),
            ("none", "Not told, for the reason given"),
        ],
        string="How",
    )
    remark = fields.Char(
        help="Who took note of it; or why the recipient cannot be told (Art. 19 GDPR)."
    )
    user_id = fields.Many2one(
        "res.users", string="Told By", readonly=True, check_company=True, ondelete="restrict"
    )

    @api.depends("client_id.file_number")
    def _compute_display_name(self):
        # Never the recipient: that somebody sees a doctor or a debt counsellor says enough.
        for row in self:
            # sudo: integration.client - the neutral number, for data protection too
            number = row.client_id.sudo().file_number or ""
            row.display_name = self.env._("%s: recipient to be told", number)

    @api.onchange("means")
    def _onchange_means(self):
        if self.means and not self.date_told:
            self.date_told = local_today(self.env)

    @api.constrains("date_told", "means", "remark")
    def _check_answer(self):
        today = local_today(self.env)
        for row in self:
            if bool(row.date_told) != bool(row.means):
                raise ValidationError(
                    row._about_file(self.env._("enter both when and how the recipient was told."))
                )
            if row.date_told and not row.date_withdrawn <= row.date_told <= today:
                raise ValidationError(
                    row._about_file(
                        self.env._(
                            "a recipient is told after the withdrawal and not in the future."
                        )
                    )
                )
            if row.means == "none" and not (row.remark or "").strip():
                raise ValidationError(
                    row._about_file(self.env._("say why the recipient was not told."))
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _system_field_names(self):
        return frozenset(self._fields) - ANSWER

    def _locked_fields(self):
        return frozenset(self._fields) if self.date_told else frozenset()

    def _locked_message(self, names):
        return self._about_file(self.env._("what is on record as told is not changed any more."))

    def _before_write(self, change):
        super()._before_write(change)
        if change.vals.get("date_told"):
            change.vals["user_id"] = self.env.uid

    def _after_write(self, change):
        super()._after_write(change)
        if change.vals.get("date_told"):
            self._finish_tasks()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recipient(self):
        raise UserError(self.env._("A recipient stays on the list: enter how she was told."))

    def copy_data(self, default=None):
        raise UserError(self.env._("Evidence cannot be duplicated."))

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    @api.model
    def _create_for(self, events):
        """List for the withdrawals ``events`` everyone told who does not know it yet."""
        vals_list = []
        for event in events:
            known = self.search([("client_id", "=", event.client_id.id)])
            days = {plain_name(row.recipient_name): row.date_told for row in known}
            register = self.env["integration.disclosure"]
            for name, last in register._recipients_with_day(event.client_id).items():
                # An open row is there, or she was told after the last that was passed on.
                told = days.get(plain_name(name), last)
                if told and told <= last:
                    vals_list.append({"consent_id": event.id, "recipient_name": name})
        rows = without_defaults(self)._as_system().create(vals_list)
        rows._schedule_tasks()

    def _schedule_tasks(self):
        """Remind the responsible workers of their clients' recipients, once per case."""
        for client, rows in self.grouped("client_id").items():
            case = client._current_case() or client.case_ids[:1] or client.family_case_id
            if case and not case.activity_search([ACTIVITY_TYPE]):
                case.activity_schedule(
                    ACTIVITY_TYPE,
                    user_id=case.user_id.id,
                    date_deadline=local_today(self.env),
                    # As its reader speaks: the night knows no language of its own
                    summary=case.with_context(lang=case.user_id.lang).env._(
                        "File %(number)s: %(count)s recipients to be told of the withdrawal",
                        number=client.file_number,
                        count=len(rows),
                    ),
                )

    def _finish_tasks(self):
        """End the reminder of clients none of whose recipients is left."""
        # sudo: mail.activity, integration.case - a task that is done, no matter who had it
        recipients = self.sudo()
        for client in recipients.client_id:
            if not recipients.search_count(
                [("client_id", "=", client.id), ("date_told", "=", False)], limit=1
            ):
                (client.case_ids | client.family_case_id).activity_feedback([ACTIVITY_TYPE])

    @api.model
    def _remind_open(self):
        """Remind again as long as somebody is left, also of a task that was merely ticked off."""
        self.search([("date_told", "=", False)])._schedule_tasks()
