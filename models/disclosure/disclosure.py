from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import EntryDay, entry_day, local_day, local_today, plain_name, same_words

# Within these days what was said on Friday is entered; later it counts as late
PROMPT_DAYS = 7


class IntegrationDisclosure(models.Model):
    """One entry of the register: what was passed on about a client, to whom and by what right.

    Nothing leaves the file without a basis (§ 203 StGB): a valid release, the client being
    present, a legal duty that is named, or an emergency with its reason. A mistake is
    corrected by a further entry.

    Entries may be dated back, for what was told on Friday is often entered on Monday. After
    ``PROMPT_DAYS`` days, or when the release has ended in the meantime, that needs a reason and
    is counted for lead and data protection. An ended release covers no entry made later than
    that: nobody could tell any more whether it was told before the withdrawal (§ 203 StGB,
    Art. 5 (2) GDPR). Such a case is for data protection to examine (Art. 33 GDPR).
    """

    _name = "integration.disclosure"
    _inherit = ["integration.ledger", "integration.evidence.kinds", "integration.recipient"]
    _description = "Disclosure"
    _order = "date desc, id desc"
    _check_company_auto = True
    _ledger_columns = (
        "client_id",
        "company_id",
        "date",
        "service_id",
        "recipient_kind",
        "recipient_name",
        "recipient_category",
        "kind_codes",
        "special_agreed",
        "late",
        "channel",
        "basis",
        "release_id",
        "reason",
        "corrects_id",
        "user_id",
        "create_date",
    )

    company_id = fields.Many2one(
        related="client_id.company_id",
        string="Employer",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    recipient_category = fields.Char(
        string="Belongs to the Category",
        help="Which category of recipients it belongs to, if the release names one.",
    )
    kind_codes = fields.Char(required=True)
    special_agreed = fields.Boolean(
        string="Special Categories Expressly Agreed",
        help="The client said so before specially protected information was passed on in her "
        "presence (Art. 9 (2) a GDPR).",
    )
    has_special = fields.Boolean(compute="_compute_has_special", export_string_translation=False)
    channel = fields.Selection(
        [("referral", "Referral"), ("letter", "Letter"), ("call", "Call"), ("export", "Export")],
        string="Means of Passing On",
        required=True,
        default="call",
    )
    basis = fields.Selection(
        [
            ("release", "Release from confidentiality"),
            ("present", "Client was present"),
            ("duty", "Legal duty"),
            ("emergency", "Emergency"),
            ("correction", "Correction, nothing passed on"),
        ],
        required=True,
        default="release",
    )
    release_id = fields.Many2one(
        "integration.release", index="btree_not_null", ondelete="restrict", check_company=True
    )
    by_category = fields.Boolean(compute="_compute_by_category", export_string_translation=False)
    reason = fields.Char(
        string="Duty or Reason",
        help="The law that asks for it, what the emergency was, or why it is entered late.",
    )
    late = fields.Selection(
        [("late", "Entered late"), ("ended", "Entered after the release had ended")],
        string="Dated Back",
        compute="_compute_late",
        store=True,
        precompute=True,
    )
    corrects_id = fields.Many2one(
        "integration.disclosure",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The earlier entry that this one puts right.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recorded By",
        required=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )

    _client_date_idx = models.Index("(client_id, date DESC, id DESC)")

    @api.depends("client_id.file_number", "date")
    def _compute_display_name(self):
        for entry in self:
            # sudo: integration.client - the neutral number, for data protection too
            number = entry.client_id.sudo().file_number or ""
            entry.display_name = (
                f"{number}: {format_date(self.env, entry.date)}"
                if number
                else self.env._("New disclosure")
            )

    @api.depends("date", "basis", "release_id")
    def _compute_late(self):
        for entry in self:
            today = entry._entry_day()
            entry.late = False
            if not entry.date or entry.date >= today or entry.basis == "correction":
                continue
            if entry.basis == "release" and entry.release_id and entry.release_id._has_ended(today):
                entry.late = "ended"
            elif entry._is_beyond_prompt():
                entry.late = "late"

    @api.depends("basis", "release_id")
    def _compute_by_category(self):
        """Tell the form whether the release names no recipient but a category of them."""
        for entry in self:
            release = entry.release_id if entry.basis == "release" else entry.release_id.browse()
            entry.by_category = release.recipient_kind == "category"

    @api.depends("kind_ids")
    def _compute_has_special(self):
        for entry in self:
            entry.has_special = any(entry.kind_ids.mapped("special"))

    @api.onchange("release_id")
    def _onchange_release_id(self):
        release = self.release_id
        if release:
            self.kind_ids = release.kind_ids
            if release.recipient_kind == "category":
                self.recipient_category = release.recipient_name
            else:
                self.service_id = release.service_id
                self.recipient_kind = release.recipient_kind
                self.recipient_name = release.recipient_name

    @api.model
    def _directory_vals(self, service):
        if service.kind == "category":
            raise ValidationError(
                self.env._("“%s” is a category. Name who of it was told.", service.name)
            )
        return {**super()._directory_vals(service), "recipient_category": service.category_id.name}

    @api.model
    def _prepare_create(self, vals_list):
        return super()._prepare_create([self._prepare_entry_vals(vals) for vals in vals_list])

    def _created(self):
        super()._created()
        # Not as constraints: they do not run where a field was left out.
        for entry in self:
            entry._check_entry()
            entry._check_basis()

    @api.model
    def _prepare_entry_vals(self, vals):
        """Complete the values by author and the kinds as evidence."""
        vals = self._with_kind_codes(self._with_recipient(vals))
        if not vals["kind_codes"]:
            self.new({"client_id": vals.get("client_id")})._refuse_incomplete()
        return dict(vals, user_id=self.env.uid)

    def _refuse_incomplete(self):
        raise ValidationError(
            self._about_file(
                self.env._("an entry names the recipient and at least one kind of information.")
            )
        )

    def _check_entry(self):
        """Refuse an entry that is incomplete, dated ahead or corrects somebody else's."""
        if self.date > local_today(self.env):
            raise ValidationError(
                self._about_file(self.env._("a disclosure cannot be dated in the future."))
            )
        if not self.kind_ids or not self.recipient_name.strip():
            self._refuse_incomplete()
        if self.basis == "correction" and not self.corrects_id:
            raise ValidationError(
                self._about_file(self.env._("a correction names the entry that it puts right."))
            )
        if self.corrects_id and self.corrects_id.client_id != self.client_id:
            raise ValidationError(
                self._about_file(self.env._("an entry corrects one about the same client only."))
            )
        self._check_category()

    def _check_category(self):
        """Refuse a category that the recipient does not belong to, as far as that is known.

        What the directory lists belongs where the directory says; who comes up once is put
        under a category by the worker, and stands in the register with it.
        """
        if not self.recipient_category:
            return
        if same_words(self.recipient_category, self.recipient_name):
            raise ValidationError(
                self._about_file(
                    self.env._("name the recipient itself, not the category it belongs to.")
                )
            )
        directory = self.env["integration.service"]
        listed = self.service_id or directory._listed(self.recipient_name, self.company_id)
        if listed and not any(
            same_words(row.category_id.name, self.recipient_category) for row in listed
        ):
            raise ValidationError(
                self._about_file(
                    self.env._("the directory does not list the recipient under this category.")
                )
            )

    def _check_basis(self):
        """Refuse to pass anything on without a valid basis.

        :raises UserError: § 203 StGB
        """
        exceptional = self.basis in ("duty", "emergency", "correction")
        if exceptional and not (self.reason or "").strip():
            raise UserError(
                self._about_file(
                    self.env._(
                        "name the law that asks for the disclosure, what the emergency was, or why "
                        "the earlier entry is wrong."
                    )
                )
            )
        self._check_late()
        if exceptional:
            return
        self.client_id._ensure_consent()
        if self.basis == "present" and self.has_special and not self.special_agreed:
            raise UserError(
                self._about_file(
                    self.env._(
                        "specially protected information, such as health, is passed on in the "
                        "client's "
                        "presence only if she has agreed to it expressly: tick it, or leave it out."
                    )
                )
            )
        if self.basis == "release" and not (self.release_id and self.release_id._covers(self)):
            raise UserError(
                self._about_file(
                    self.env._(
                        "there is no valid release for this recipient, these kinds of information "
                        "and "
                        "this day. Have a release signed, or speak with the recipient together "
                        "with the "
                        "client."
                    )
                )
            )

    def _is_beyond_prompt(self):
        """Return whether the entry is made later than an honest one takes."""
        return self.date < self._entry_day() - timedelta(days=PROMPT_DAYS)

    def _entry_day(self):
        """Return the day of the entry; an update that adds ``late`` asks years afterwards."""
        day = entry_day(self.env)
        if self.create_date and not isinstance(day, EntryDay):
            day = local_day(self, self.create_date)
        return day

    def _check_late(self):
        """Refuse to date back without a reason, and too far back by a release that has ended."""
        if self.late == "ended" and self._is_beyond_prompt():
            raise UserError(
                self._about_file(
                    self.env._(
                        "the release has ended, and more than %s days have passed: by it nothing "
                        "is "
                        "entered any more. Tell data protection what was passed on and when.",
                        PROMPT_DAYS,
                    )
                )
            )
        if self.late and not (self.reason or "").strip():
            raise UserError(
                self._about_file(
                    self.env._("say why it is entered only now. It is counted as an exception.")
                )
            )

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
                key = names.setdefault(plain_name(name), name)
                days[key] = entry.date
        return days
