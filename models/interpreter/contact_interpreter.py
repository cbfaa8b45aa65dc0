from odoo import api, fields, models
from odoo.tools import format_date

from ..consent.gate import Later
from .interpreter import RATE_UNITS

# What it costs is for those who pay, and no sign of how much a talk is worth.
PAYERS = "integration_management.group_lead,integration_management.group_admin"
KINDS = [
    ("pool", "From the pool"),
    ("service", "Service, by name"),
    ("relative", "Relative, as an exception"),
]


class IntegrationContactInterpreter(models.Model):
    """Who interpreted in a contact: somebody of the pool, a service by name, or an exception.

    It lies in the file of the contact and passes the gate with it: the first talk, about the
    consent itself, is interpreted as well. Who of the family helped is written into a file with
    consent alone.
    """

    _name = "integration.contact.interpreter"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Interpreter in a Contact"
    _order = "date desc, id desc"
    _check_company_auto = True
    _content_fields = frozenset({"reason"})
    _fixed_fields = frozenset({"contact_id"})

    contact_id = fields.Many2one(
        "integration.contact", required=True, index=True, ondelete="cascade", check_company=True
    )
    case_id = fields.Many2one(
        related="contact_id.case_id", store=True, precompute=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="contact_id.company_id", store=True, precompute=True, index=True
    )
    date = fields.Date(related="contact_id.date", store=True, precompute=True)
    kind = fields.Selection(KINDS, string="Who", required=True, default="pool")
    interpreter_id = fields.Many2one(
        "integration.interpreter",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_ready', '=', True)]",
    )
    name = fields.Char(help="Of a telephone service, or of a relative who has no file.")
    relative_id = fields.Many2one(
        "integration.client",
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        help="Of the household and of full age.",
    )
    of_age = fields.Boolean(string="Of Full Age", help="Asked and answered: not under 18.")
    reason = fields.Char(string="Why a Relative", help="Why nobody else could interpret.")
    language_id = fields.Many2one(
        "integration.language", required=True, ondelete="restrict", check_company=True
    )
    minutes = fields.Integer(help="How long it was interpreted.")
    # As charged on that day: another rate later changes nothing of it.
    currency_id = fields.Many2one(related="company_id.currency_id")
    rate = fields.Monetary(string="Cost Rate", compute="_compute_rate", store=True, groups=PAYERS)
    rate_unit = fields.Selection(
        RATE_UNITS, string="Charged", compute="_compute_rate", store=True, groups=PAYERS
    )
    cost = fields.Monetary(compute="_compute_cost", store=True, groups=PAYERS)

    _interpreter_uniq = models.UniqueIndex(
        "(contact_id, interpreter_id) WHERE interpreter_id IS NOT NULL",
        "This interpreter is entered for the contact already.",
    )

    @api.depends("interpreter_id")
    def _compute_rate(self):
        for row in self:
            row.rate = row.interpreter_id.rate
            row.rate_unit = row.interpreter_id.rate_unit

    @api.depends("rate", "rate_unit", "minutes")
    def _compute_cost(self):
        for row in self:
            units = {"minute": row.minutes, "assignment": 1}.get(row.rate_unit, row.minutes / 60)
            row.cost = row.rate * units

    @api.depends("contact_id.case_id.file_number", "date")
    def _compute_display_name(self):
        for row in self:
            # sudo: integration.case - the neutral number
            number = row.sudo().contact_id.case_id.file_number or self.env._("Unnamed talk")
            row.display_name = f"{number}, {format_date(self.env, row.date)}"

    @api.depends("contact_id.case_id")
    def _compute_in_my_files(self):
        return super()._compute_in_my_files()

    def _in_words(self):
        """Return who interpreted what, how long, for the trace of corrections; no client's name."""
        self.ensure_one()
        who = self.interpreter_id.name or (self.kind == "service" and self.name)
        return self.env._(
            "%(who)s (%(language)s, %(minutes)s minutes)",
            who=who or self.env._("Relative"),
            language=self.language_id.name,
            minutes=self.minutes,
        )

    # ------------------------------------------------------------
    # The door: a row by itself is a correction of its contact
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        contacts = self.env["integration.contact"]
        for vals in vals_list:
            if "minutes" not in vals and isinstance(vals.get("contact_id"), int):
                vals["minutes"] = contacts.browse(vals["contact_id"]).duration
        return vals_list

    def _created(self):
        super()._created()
        # sudo: integration.contact.interpreter - reckoned now, by the rate of now
        self.sudo().mapped("cost")
        self._settle(self, {row: "" for row in self})

    def _before_write(self, change):
        super()._before_write(change)
        # sudo: integration.contact.interpreter - what it said, for the trace that is to be written
        change.before["words"] = {row: row._in_words() for row in self.sudo()}

    def _after_write(self, change):
        super()._after_write(change)
        new = self if {"interpreter_id", "kind"} & change.names else self.browse()
        self._settle(new, change.before["words"])

    def unlink(self):
        if not self.env.su and self:
            self.check_access("unlink")
            # sudo: integration.contact.interpreter - as above
            self._note({row: row._in_words() for row in self.sudo()}, gone=True)
            self._ask()
        return super().unlink()

    def _settle(self, new, before):
        """Check, ask and note what was written, unless the contact does so itself.

        :param new: those that name an interpreter anew, who must not have been archived
        """
        new._check_asked_anew()
        if not self._is_with_contact():
            self._check_whole()
            self._ask()
            self._note(before)

    def _is_with_contact(self):
        return self.contact_id._is_being_written()

    def _ask(self):
        """Refuse to write about a file whose consent was taken back, or of its people without."""
        later = self.env.context.get("integration_asks_later")
        if not (isinstance(later, Later) and later.collects):
            contacts = self.contact_id
            contacts._refuse_unanswered(contacts._asks_file())

    def _note(self, before, gone=False):
        if self._is_with_contact():
            return
        rows = []
        for row, words in before.items():
            now = "" if gone else row.sudo()._in_words()  # sudo: as above
            if now != words:
                rows.append(row.contact_id._change_vals("interpreting_ids", words, now))
        self.contact_id._add_changes(rows)
