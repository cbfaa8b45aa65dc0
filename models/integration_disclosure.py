from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..tools import local_today
from .integration_release import RECIPIENT_KINDS


class IntegrationDisclosure(models.Model):
    """One entry of the register: what was passed on about a client, to whom and by what right.

    Nothing leaves the file without a basis (§ 203 StGB): a valid release, the client being
    present, a legal duty that is named, or an emergency with its reason. A mistake is
    corrected by a further entry.
    """

    _name = "integration.disclosure"
    _inherit = ["integration.ledger", "integration.evidence.kinds"]
    _description = "Disclosure"
    _order = "date desc, id desc"
    _check_company_auto = True
    _ledger_columns = (
        "client_id", "company_id", "date", "recipient_kind", "recipient_name", "kind_codes",
        "channel", "basis", "release_id", "reason", "corrects_id", "user_id", "create_date",
    )

    client_id = fields.Many2one(
        "integration.client", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="client_id.company_id", string="Employer", store=True, precompute=True, index=True,
        ondelete="restrict",
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    recipient_kind = fields.Selection(
        [kind for kind in RECIPIENT_KINDS if kind[0] != "category"],
        required=True, default="organisation",
    )
    recipient_name = fields.Char(string="Recipient", required=True)
    kind_codes = fields.Char(required=True)
    channel = fields.Selection(
        [("referral", "Referral"), ("letter", "Letter"), ("call", "Call"), ("export", "Export")],
        string="Means of Passing On", required=True, default="call",
    )
    basis = fields.Selection(
        [
            ("release", "Release from confidentiality"),
            ("present", "Client was present"),
            ("duty", "Legal duty"),
            ("emergency", "Emergency"),
            ("correction", "Correction, nothing passed on"),
        ],
        required=True, default="release",
    )
    release_id = fields.Many2one(
        "integration.release", index="btree_not_null", ondelete="restrict", check_company=True
    )
    reason = fields.Char(
        string="Duty or Reason", help="The law that asks for it, or what the emergency was."
    )
    corrects_id = fields.Many2one(
        "integration.disclosure", index="btree_not_null", ondelete="restrict",
        check_company=True, help="The earlier entry that this one puts right.",
    )
    user_id = fields.Many2one(
        "res.users", string="Recorded By", required=True, readonly=True, check_company=True,
        ondelete="restrict", default=lambda self: self.env.user,
    )

    _client_date_idx = models.Index("(client_id, date DESC, id DESC)")

    @api.depends("client_id.file_number", "date")
    def _compute_display_name(self):
        for entry in self:
            # sudo: integration.client - the neutral number, for data protection too
            number = entry.client_id.sudo().file_number or ""
            entry.display_name = (
                f"{number}: {format_date(self.env, entry.date)}" if number
                else self.env._("New disclosure")
            )

    @api.onchange("release_id")
    def _onchange_release_id(self):
        release = self.release_id
        if release:
            self.kind_ids = release.kind_ids
            if release.recipient_kind != "category":
                self.recipient_kind = release.recipient_kind
                self.recipient_name = release.recipient_name

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_entry_vals(vals) for vals in vals_list]
        entries = super().create(vals_list)
        # Not as constraints: they do not run where a field was left out.
        for entry in entries:
            entry._check_entry()
            entry._check_basis()
        return entries

    @api.model
    def _prepare_entry_vals(self, vals):
        """Complete the values by author and the kinds as evidence."""
        return dict(self._with_kind_codes(vals), user_id=self.env.uid)

    def _check_entry(self):
        """Refuse an entry that is incomplete, dated ahead or corrects somebody else's."""
        if self.date > local_today(self.env):
            raise ValidationError(self._message(
                self.env._("a disclosure cannot be dated in the future.")))
        if not self.kind_ids or not self.recipient_name.strip():
            raise ValidationError(self._message(
                self.env._("an entry names the recipient and at least one kind of information.")))
        if self.basis == "correction" and not self.corrects_id:
            raise ValidationError(self._message(
                self.env._("a correction names the entry that it puts right.")))
        if self.corrects_id and self.corrects_id.client_id != self.client_id:
            raise ValidationError(self._message(
                self.env._("an entry corrects one about the same client only.")))

    def _check_basis(self):
        """Refuse to pass anything on without a valid basis.

        :raises UserError: design "Disclosure gate"; § 203 StGB
        """
        if self.basis in ("duty", "emergency", "correction"):
            if not (self.reason or "").strip():
                raise UserError(self._message(self.env._(
                    "name the law that asks for the disclosure, what the emergency was, or why "
                    "the earlier entry is wrong.")))
            return
        self.client_id._ensure_consent()
        if self.basis == "release" and not (
            self.release_id
            and self.release_id._covers(
                self.client_id, self.recipient_name, self.kind_ids, self.date
            )
        ):
            raise UserError(self._message(self.env._(
                "there is no valid release for this recipient, these kinds of information and "
                "this day. Have a release signed, or speak with the recipient together with the "
                "client.")))

    @api.model
    def _recipients(self, clients):
        """Return the recipients who have been told about ``clients``, each once, by name."""
        return sorted(self._recipients_with_day(clients))

    @api.model
    def _recipients_with_day(self, clients):
        """Return {recipient: last day} of what was passed on about ``clients``.

        Without entries that a correction took back; spelling of a name aside.
        """
        entries = self.search([("client_id", "in", clients.ids)], order="date, id")
        names, days = {}, {}
        for entry in entries - entries.corrects_id:
            if entry.basis != "correction":
                name = entry.recipient_name.strip()
                key = names.setdefault(name.casefold(), name)
                days[key] = entry.date
        return days

    def _message(self, text):
        """Return ``text`` with the file number in front."""
        return self.env._(
            "File %(number)s: %(text)s", number=self.client_id.file_number, text=text
        )
