from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...tools import local_today, same_words
from .recipient import CATEGORY

# A signature that lies further back is proven by the paper itself
PAPER_DAYS = 14
# What may still be entered once the paper is signed
AFTER_SIGNING = {"withdrawn_on", "attachment", "attachment_name", "attachment_hash"}


class IntegrationRelease(models.Model):
    """A client's release from confidentiality, for one recipient and one purpose.

    Another paper than the consent (county standard 2.2): without it nothing is passed on
    (§ 203 StGB). It names the kinds of information, special categories expressly.
    """

    _name = "integration.release"
    _inherit = [
        "integration.evidence.kinds",
        "integration.recipient",
        "integration.signed.paper",
        "integration.in.file",
        "integration.secured",
    ]
    _description = "Release from Confidentiality"
    _order = "date_signed desc, id desc"
    _check_company_auto = True
    _needs_file_consent = True
    _system_fields = frozenset({"kind_codes"})
    _ledger_columns = (
        "client_id",
        "company_id",
        "service_id",
        "recipient_kind",
        "recipient_name",
        "purpose",
        "occasion",
        "kind_codes",
        "special_agreed",
        "direction",
        "valid_from",
        "valid_until",
        "date_signed",
        "guardian_id",
        "guardian_name",
        "interpreter",
        "form",
        "user_id",
    )
    _ledger_once_columns = ("withdrawn_on", "attachment_name", "attachment_hash")
    _ledger_frozen = SQL("OLD.date_signed IS NOT NULL")
    _kinds_frozen = SQL("parent.date_signed IS NOT NULL")

    company_id = fields.Many2one(
        related="client_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    recipient_kind = fields.Selection(selection_add=CATEGORY, ondelete={"category": "cascade"})
    purpose = fields.Char(required=True, help="What the recipient needs it for.")
    occasion = fields.Char(help="What gave rise to it; the release ends when that is done.")
    special_agreed = fields.Boolean(
        string="Special Categories Expressly Agreed",
        help="The client has agreed expressly to specially protected information, such as health.",
    )
    direction = fields.Selection(
        [("one_way", "We may inform the recipient"), ("mutual", "Both may inform each other")],
        required=True,
        default="one_way",
    )
    valid_from = fields.Date(required=True, default=lambda self: local_today(self.env))
    valid_until = fields.Date(required=True, help="Last day.")
    date_signed = fields.Date(string="Signed on", copy=False)
    withdrawn_on = fields.Date(string="Withdrawn on", copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [
            ("draft", "Not signed yet"),
            ("valid", "Valid"),
            ("future", "Not valid yet"),
            ("expired", "Expired"),
            ("withdrawn", "Withdrawn"),
        ],
        compute="_compute_state",
        search="_search_state",
    )

    @api.depends("client_id.file_number", "valid_until")
    def _compute_display_name(self):
        # Never the recipient: that somebody sees a doctor or a debt counsellor says enough.
        for release in self:
            # sudo: integration.client - the neutral number, for data protection too
            number = release.client_id.sudo().file_number
            release.display_name = (
                self.env._(
                    "%(number)s: release until %(until)s",
                    number=number,
                    until=format_date(self.env, release.valid_until),
                )
                if number
                else self.env._("New release")
            )

    @api.depends("date_signed", "withdrawn_on", "valid_from", "valid_until")
    def _compute_state(self):
        today = local_today(self.env)
        for release in self:
            release.state = release._state_on(today)

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = local_today(self.env)
        signed = Domain("date_signed", "!=", False)
        kept = Domain("withdrawn_on", "=", False)
        domains = {
            "draft": Domain("date_signed", "=", False) & kept,
            "withdrawn": ~kept,
            "future": signed & kept & Domain("valid_from", ">", today),
            "expired": signed & kept & Domain("valid_until", "<", today),
            "valid": signed
            & kept
            & Domain("valid_from", "<=", today)
            & Domain("valid_until", ">=", today),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _state_on(self, day):
        """Return the state on ``day``."""
        self.ensure_one()
        if self.withdrawn_on:
            return "withdrawn"
        if not self.date_signed:
            return "draft"
        if self.valid_until and self.valid_until < day:
            return "expired"
        return "future" if self.valid_from and self.valid_from > day else "valid"

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("valid_from", "valid_until", "date_signed", "withdrawn_on")
    def _check_dates(self):
        # No SQL check beside it: a failing one writes the whole row into the server's log.
        today = local_today(self.env)
        for release in self:
            if release.valid_until < release.valid_from:
                raise ValidationError(
                    release._about_file(self.env._("the release would end before it begins."))
                )
            days = filter(None, (release.date_signed, release.withdrawn_on))
            if max(days, default=today) > today:
                raise ValidationError(
                    release._about_file(
                        self.env._("a signature or withdrawal cannot lie in the future.")
                    )
                )
            if (
                release.withdrawn_on
                and release.date_signed
                and (release.withdrawn_on < release.date_signed)
            ):
                raise ValidationError(
                    release._about_file(self.env._("it cannot be withdrawn before it was signed."))
                )

    @api.constrains("date_signed")
    def _check_signed(self):
        """Refuse a signature that nothing speaks for.

        Information and consent come before the file, and so before any release in it (county
        standard 2.2). What was signed weeks ago is there on paper.
        """
        limit = local_today(self.env) - timedelta(days=PAPER_DAYS)
        for release in self.filtered("date_signed"):
            consents = release.client_id.consent_ids.filtered(lambda e: e.decision == "given")
            if release.date_signed < min(consents.mapped("date"), default=release.date_signed):
                raise ValidationError(
                    release._about_file(
                        self.env._("it was signed before the client agreed to the file at all.")
                    )
                )
            if release.date_signed < limit and not release.attachment_hash:
                raise ValidationError(
                    release._about_file(
                        self.env._(
                            "it was signed more than %s days ago: add the signed paper as well.",
                            PAPER_DAYS,
                        )
                    )
                )

    @api.constrains("kind_ids", "special_agreed", "recipient_name", "purpose")
    def _check_scope(self):
        for release in self:
            texts = release.recipient_name.strip() and release.purpose.strip()
            if not (texts and release.kind_ids):
                raise ValidationError(
                    release._about_file(
                        self.env._(
                            "a release names recipient, purpose and kinds of information; an "
                            "empty one "
                            "allows nothing."
                        )
                    )
                )
            if any(release.kind_ids.mapped("special")) and not release.special_agreed:
                raise ValidationError(
                    release._about_file(
                        self.env._(
                            "specially protected information, such as health, must be agreed to "
                            "expressly."
                        )
                    )
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        return super()._prepare_create(
            [
                dict(self._with_kind_codes(self._with_recipient(vals)), user_id=self.env.uid)
                for vals in vals_list
            ]
        )

    def _before_write(self, change):
        super()._before_write(change)
        if change.vals.get("service_id"):
            change.vals = self._with_recipient(change.vals)
        if "kind_ids" in change.names and not self._is_system():
            # Before the signature that may come along, which freezes them.
            self._choose_kinds(change.vals.pop("kind_ids"))

    def _choose_kinds(self, commands):
        """Write the kinds of information, and their codes as evidence."""
        for release in self._as_system():
            release.write({"kind_ids": commands})
            release.write({"kind_codes": release.kind_ids._joined_codes()})

    def _locked_fields(self):
        locked = frozenset({"withdrawn_on"} if self.withdrawn_on else ())
        return locked | (self._fields.keys() - AFTER_SIGNING if self.date_signed else set())

    def _locked_message(self, names):
        if names <= AFTER_SIGNING:
            return self._about_file(self.env._("the release was withdrawn already."))
        return self._about_file(
            self.env._(
                "what was signed cannot be changed. Withdraw the release and make a new one."
            )
        )

    def _asks_file_consent(self, names):
        # Withdrawing must be as easy as giving, also when the file is closed to writing.
        return names != {"withdrawn_on"} and super()._asks_file_consent(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if any(release.date_signed for release in self):
            raise UserError(self.env._("A signed release is never deleted. Withdraw it instead."))

    # ------------------------------------------------------------
    # Actions and business methods
    # ------------------------------------------------------------

    def action_sign(self):
        """Record that the paper was signed today."""
        self.write({"date_signed": local_today(self.env)})

    def action_withdraw(self):
        """End the release today; nothing more may be passed on by it."""
        self.write({"withdrawn_on": local_today(self.env)})

    def _covers(self, entry):
        """Return whether what ``entry`` of the register passes on is released by this paper.

        The kinds are compared by what was signed; the table beside it may only narrow them.
        """
        self.ensure_one()
        since = self.date_signed and max(self.valid_from, self.date_signed)
        in_time = since and since <= entry.date <= self.valid_until
        kept = not self.withdrawn_on or entry.date < self.withdrawn_on
        kinds = entry.kind_ids
        agreed = self.special_agreed or not any(kinds.mapped("special"))
        named = kinds <= self.kind_ids and entry._frozen_codes() <= self._frozen_codes()
        return bool(
            self.client_id == entry.client_id
            and self._names_recipient(entry)
            and in_time
            and kept
            and agreed
            and named
        )

    def _names_recipient(self, entry):
        """Return whether this paper names the recipient of ``entry``, or its category."""
        if self.recipient_kind == "category":
            return same_words(self.recipient_name, entry.recipient_category)
        if self.service_id and entry.service_id and self.service_id != entry.service_id:
            return False
        return self.recipient_kind == entry.recipient_kind and same_words(
            self.recipient_name, entry.recipient_name
        )

    def _has_ended(self, day):
        """Return whether nothing may be passed on by this paper any more on ``day``."""
        self.ensure_one()
        withdrawn = self.withdrawn_on and self.withdrawn_on <= day
        return bool(withdrawn or (self.valid_until and self.valid_until < day))
