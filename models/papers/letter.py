from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ...tools import local_today


class IntegrationLetter(models.Model):
    """A letter about or to somebody in a case: written from a template, then frozen as it left.

    To the client herself it passes nothing on. To anybody else it is a disclosure: the register
    gets its entry when the letter is finished, by the register's own rules (§ 203 StGB).
    """

    _name = "integration.letter"
    _inherit = ["integration.evidence", "integration.concerns", "integration.passes.on"]
    _description = "Letter"
    _order = "date desc, id desc"
    _content_fields = frozenset({"body", "line_text", "words"})
    _fixed_fields = frozenset({"case_id", "client_id", "addressed_to"})
    _system_fields = frozenset(
        {"state", "date", "words", "words_hash", "author_id", "disclosure_id"}
    )
    _never_blank = frozenset({"subject", "body"})
    _ledger_columns = (
        "case_id",
        "client_id",
        "company_id",
        "author_id",
        "template_id",
        "date",
        "addressed_to",
        "addressee",
        "service_id",
        "recipient_kind",
        "recipient_name",
        "subject",
        "body",
        "language_id",
        "line_text",
        "line_reviewed",
        "basis",
        "release_id",
        "special_agreed",
        "reason",
        "disclosure_id",
        "state",
        "words",
        "words_hash",
    )
    _ledger_frozen = SQL("OLD.words IS NOT NULL")

    author_id = fields.Many2one(
        "res.users",
        string="Written By",
        required=True,
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    date = fields.Date(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: local_today(self.env),
        help="The day that stands on the letter: that of its finishing.",
    )
    # A letter stays as it was, whoever is responsible later.
    user_id = fields.Many2one(store=False)
    template_id = fields.Many2one(
        "integration.letter.template", ondelete="restrict", check_company=True
    )
    addressed_to = fields.Selection(
        [("client", "The client"), ("other", "Somebody else")],
        string="Written To",
        required=True,
        default="client",
    )
    # The client herself needs no name here; anybody else does.
    recipient_name = fields.Char(required=False)
    addressee = fields.Text(string="Address", help="As it stands in the window of the envelope.")
    # The words
    subject = fields.Char(required=True, help="It names nobody, for it stands in lists.")
    body = fields.Text(string="German Text", required=True)
    language_id = fields.Many2one(
        "integration.language",
        string="Language Below",
        ondelete="restrict",
        check_company=True,
        help="German: the same in plain language.",
    )
    line_text = fields.Text(string="Plain or Other Language")
    line_reviewed = fields.Boolean(
        string="Words Reviewed",
        help="Somebody who speaks the language has read and confirmed them. Until then the letter "
        "says that they are a draft.",
    )
    # By what right it goes to somebody else
    basis = fields.Selection(
        [
            ("present", "Client was present"),
            ("release", "Release from confidentiality"),
            ("duty", "Legal duty"),
            ("emergency", "Emergency"),
        ],
        string="By What Right",
        copy=False,
    )
    release_id = fields.Many2one(copy=False)
    # As it left
    state = fields.Selection(
        [("draft", "Draft"), ("finished", "Finished")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    words = fields.Text(readonly=True, copy=False)
    words_hash = fields.Char(
        string="SHA-256",
        readonly=True,
        copy=False,
        help="Proves that the letter is printed again to the letter.",
    )

    @api.depends("client_id.file_number", "date")
    def _compute_display_name(self):
        # Neither subject nor recipient: that somebody owes rent says enough.
        for letter in self:
            # sudo: integration.client - the neutral number
            number = letter.client_id.sudo().file_number
            letter.display_name = (
                self.env._(
                    "%(number)s: letter of %(day)s",
                    number=number,
                    day=format_date(self.env, letter.date),
                )
                if number
                else self.env._("New letter")
            )

    @api.onchange("release_id")
    def _onchange_release_id(self):
        if self.release_id:
            self.basis = "release"
            self.kind_ids = self.release_id.kind_ids

    @api.onchange("service_id")
    def _onchange_service_id(self):  # pylint: disable=missing-return
        super()._onchange_service_id()
        if self.service_id:
            self.addressee = self._service_address(self.service_id)

    @api.model
    def _directory_vals(self, service):
        if service.kind == "category":
            raise UserError(
                self.env._("“%s” is a category. Choose who of it is written to.", service.name)
            )
        return super()._directory_vals(service)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = [dict(self._with_recipient(v), author_id=self.env.uid) for v in vals_list]
        return super()._prepare_create(vals_list)

    def _created(self):
        super()._created()
        self._ensure_purposes()

    def _after_write(self, change):
        super()._after_write(change)
        if "template_id" in change.names:
            self._ensure_purposes()

    def _gate_clients(self):
        """Ask the client of the case too: into a file that is closed nobody is written."""
        # sudo: integration.client - the gate also asks for whom the user may not read
        return self.client_id | self.case_id.sudo().client_id.with_env(self.env)

    def _ensure_purposes(self):
        """Refuse a letter that says something about health by its template alone (Art. 9 GDPR)."""
        for letter in self:
            purpose = letter.template_id.consent_purpose
            if purpose:
                letter.client_id._ensure_purpose(purpose)

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | frozenset(self._fields) if self.state == "finished" else locked

    def _locked_message(self, names):
        if self.state == "finished":
            return self._about_file(
                self.env._(
                    "a finished letter stays as it left. Duplicate it and write another one."
                )
            )
        return super()._locked_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        for letter in self.filtered(lambda letter: letter.state == "finished"):
            raise UserError(
                letter._about_file(self.env._("a finished letter stays in the file, as it left."))
            )
