from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ...tools import local_today
from ..organisation.language import FALLBACK_LANGUAGE


class IntegrationConsentNotice(models.Model):
    """What a client is told before she consents: one text per employer, language and version.

    Information comes before consent (county standard 2.2). Shared rows without employer are
    drafts to start from; what an employer has published is what was signed, and stays.
    """

    _name = "integration.consent.notice"
    _inherit = ["integration.evidence", "integration.door"]
    _description = "Privacy Notice"
    _order = "company_id, version desc, language_id, id"
    _check_company_auto = True
    _ledger_columns = (
        "name",
        "language_id",
        "company_id",
        "version",
        "intro",
        "rights",
        "reviewer",
        "valid_from",
        "state",
    )
    _ledger_frozen = SQL("OLD.state = 'published'")
    _system_fields = frozenset({"state"})
    _fixed_fields = frozenset({"company_id"})

    name = fields.Char(string="Title", required=True, help="In the language of the notice.")
    language_id = fields.Many2one(
        "integration.language", required=True, ondelete="restrict", check_company=True
    )
    direction = fields.Selection(related="language_id.direction")
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
        falsy_value_label="Draft for all",
    )
    version = fields.Integer(
        required=True, default=1, help="The same in all languages of one wording."
    )
    intro = fields.Text(string="Introduction", required=True)
    line_ids = fields.One2many(
        "integration.consent.notice.line", "notice_id", string="Purposes", copy=True
    )
    rights = fields.Text(
        string="Refusal, Withdrawal and Rights",
        required=True,
        help="What follows from a refusal, and how a consent is withdrawn.",
    )
    reviewer = fields.Char(
        string="Reviewed By", copy=False, help="Who vouches for wording and translation."
    )
    valid_from = fields.Date(copy=False)
    state = fields.Selection(
        [("draft", "Draft, not reviewed"), ("published", "Published")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )

    _published_uniq = models.UniqueIndex(
        "(company_id, language_id, version) WHERE state = 'published'",
        "This version has been published in this language already.",
    )
    _version_positive = models.Constraint("CHECK(version > 0)", "Versions count from 1.")

    @api.depends("language_id.code", "version", "company_id")
    def _compute_display_name(self):
        for notice in self:
            version = self.env._("version %s", notice.version)
            notice.display_name = f"{notice.language_id.name}, {version}"

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _locked_fields(self):
        """Lock what has been signed or may have been."""
        return frozenset(self._fields if self.state == "published" else ())

    def _locked_message(self, names):
        return self.env._("A published notice stays as it is. Make a new version of it instead.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_locked({"state"})

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_publish(self):  # pylint: disable=missing-return
        """Publish the reviewed draft; older consents become due for renewal."""
        for notice in self.sorted(lambda n: n.language_id.code != FALLBACK_LANGUAGE):
            notice._check_complete()
            notice._check_german_first()
            notice._as_system().write({"state": "published"})
        # sudo: integration.client - a flag that follows from the notice, of files not readable
        self.env["integration.client"].sudo()._refresh_renewal_due(self.company_id)

    def action_new_version(self):
        """Open a draft of the next version, or the employer's own one of a shared draft."""
        self.ensure_one()
        own = self.company_id == self.env.company
        version = self._newest_versions(self.env.company).get(self.env.company, (1, None))[0]
        draft = self.copy(
            {"company_id": self.env.company.id, "version": self.version + 1 if own else version}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
            "name": self.env._("Privacy Notice"),
        }

    def _check_complete(self):
        """Refuse to publish what nobody vouches for or what leaves something open."""
        self.ensure_one()
        if not self.company_id:
            raise UserError(
                self.env._(
                    "The shared text is a draft. Take it over as your own, review it and publish "
                    "that."
                )
            )
        if not ((self.reviewer or "").strip() and self.valid_from):
            raise UserError(
                self.env._(
                    "Before a notice is published, somebody must vouch for it: enter who reviewed "
                    "it "
                    "and from when it holds."
                )
            )
        if "file" not in self.line_ids.mapped("purpose"):
            raise UserError(self.env._("The notice names no purpose “Counselling file”."))

    def _check_german_first(self):
        """Refuse a version that the German text, of which it is a translation, has not reached.

        Nobody could sign then: what is signed is shown beside the German text of its version.
        """
        self.ensure_one()
        if self.language_id.code == FALLBACK_LANGUAGE:
            return
        german = self.search(
            [
                ("state", "=", "published"),
                ("company_id", "=", self.company_id.id),
                ("version", "=", self.version),
                ("language_id.code", "=", FALLBACK_LANGUAGE),
            ],
            limit=1,
        )
        if not german:
            raise UserError(
                self.env._(
                    "There is no German text of version %s yet. Publish that first, or enter the "
                    "version of the German text of which this is the translation.",
                    self.version,
                )
            )
        if self.valid_from < german.valid_from:
            raise UserError(
                self.env._(
                    "The German text of this version holds from %s. No translation holds earlier.",
                    format_date(self.env, german.valid_from),
                )
            )

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    @api.model
    def _newest_versions(self, companies):
        """Return for each company the number and first day of its newest notice in force.

        The German text is the reference: the other languages are translations of a version.
        """
        published = [
            ("state", "=", "published"),
            ("company_id", "in", companies.ids),
            ("valid_from", "<=", local_today(self.env)),
            ("language_id.code", "=", FALLBACK_LANGUAGE),
        ]
        groups = self._read_group(
            published, ["company_id", "version"], ["valid_from:min"], order="version"
        )
        return {company: (version, since) for company, version, since in groups}

    @api.model
    def _in_force(self, company, day):
        """Return the German notice that was the newest of ``company`` on ``day``."""
        return self.search(
            [
                ("state", "=", "published"),
                ("company_id", "=", company.id),
                ("valid_from", "<=", day),
                ("language_id.code", "=", FALLBACK_LANGUAGE),
            ],
            order="version desc",
            limit=1,
        )

    @api.model
    def _find(self, company, languages, drafts=False):
        """Return the notice of ``company`` in force in one of ``languages``, else in German.

        A translation of an older version is none of what is in force. With ``drafts`` the
        employer's and the shared drafts serve where nothing is published.
        """
        states = ["published", "draft"] if drafts else ["published"]
        notices = self.search(
            [
                ("company_id", "in", [company.id, False] if drafts else company.ids),
                ("state", "in", states),
            ]
        )
        today = local_today(self.env)
        version = self._in_force(company, today).version
        notices = notices.filtered(
            lambda n: (n.state == "draft" or n.valid_from <= today) and version in (0, n.version)
        ).sorted(lambda n: (n.state == "published", bool(n.company_id), n.version), reverse=True)
        for code in [*languages.mapped("code"), FALLBACK_LANGUAGE]:
            found = notices.filtered(lambda n, code=code: n.language_id.code == code)[:1]
            if found:
                return found
        return self.browse()
