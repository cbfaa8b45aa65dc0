from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import local_today

# What the worker enters; everything else comes of the signing itself.
ENTERED = {"client_id", "release_id", "sheet_id", "guardian_id", "guardian_name", "interpreter"}


class IntegrationSigning(models.TransientModel):
    """One signing on the screen: prepared by the worker, done by the client on a tablet.

    Consent to the purposes of the privacy notice, a release from confidentiality (county
    standard 2.2), or the agreement sheet of a plan (3.2.2). What was signed is kept as a paper
    with its hash in the ledger, the release or the sheet; the picture of the signature stands on
    that paper alone.
    """

    _name = "integration.signing"
    _inherit = ["integration.represented", "integration.secured"]
    _description = "Signing on the Screen"
    _check_company_auto = True
    # A talk takes its time, and the tablet may lie on the table over lunch.
    _transient_max_hours = 12.0

    client_id = fields.Many2one(
        "integration.client",
        required=True,
        ondelete="cascade",
        check_company=True,
        domain="[('id', 'in', person_ids)]",
    )
    person_ids = fields.Many2many("integration.client", compute="_compute_person_ids")
    company_id = fields.Many2one(related="client_id.company_id", string="Employer")
    release_id = fields.Many2one(
        "integration.release", readonly=True, ondelete="cascade", check_company=True
    )
    sheet_id = fields.Many2one(
        "integration.agreement.sheet", readonly=True, ondelete="cascade", check_company=True
    )
    # Who is there
    is_minor = fields.Boolean(compute="_compute_is_minor")
    guardian_id = fields.Many2one(index=False, ondelete="cascade")
    language_hint = fields.Char(compute="_compute_language_hint", string="Hint on the Language")
    # What came of it
    state = fields.Selection(
        [("prepared", "Prepared"), ("signed", "Signed")],
        required=True,
        readonly=True,
        default="prepared",
    )
    shown_hash = fields.Char(
        readonly=True, help="Of what the tablet shows: nothing else is signed by it."
    )
    # The brake on guessing the worker's password on a device that was handed over
    unlock_failures = fields.Integer(readonly=True, export_string_translation=False)
    unlock_wait_until = fields.Datetime(readonly=True, export_string_translation=False)
    consent_id = fields.Many2one("integration.consent", readonly=True, check_company=True)
    # Filled while the paper is drawn, and empty before and after.
    language_id = fields.Many2one("integration.language", readonly=True, check_company=True)
    answers = fields.Json(readonly=True)
    signature = fields.Binary(readonly=True, attachment=False)

    @api.depends("client_id")
    def _compute_display_name(self):
        for signing in self:
            # sudo: integration.client - the neutral number
            signing.display_name = signing.client_id.sudo().file_number or ""

    @api.depends("client_id")
    def _compute_person_ids(self):
        for signing in self:
            client = signing.client_id
            family = client and client._current_case().person_ids or client
            signing.person_ids = client | family

    @api.depends("client_id.birthdate")
    def _compute_is_minor(self):
        for signing in self:
            signing.is_minor = bool(signing.client_id) and signing.client_id._is_minor()

    @api.depends("client_id")
    def _compute_language_hint(self):
        for signing in self:
            offers = signing._offers() if signing.client_id else []
            missing = [offer["language"].name for offer in offers if offer["hint"]]
            signing.language_hint = bool(missing) and self.env._(
                "There is no text in %s: the German one is shown, with a hint. Have it interpreted "
                "and name the interpreter.",
                ", ".join(missing),
            )

    @api.onchange("client_id")
    def _onchange_client_id_guardian(self):
        self.guardian_id = self.possible_guardian_ids[:1] if self.is_minor else False

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _system_field_names(self):
        # A signing shows nothing that was not signed by it, nor another's paper.
        return frozenset(self._fields) - ENTERED

    def _locked_fields(self):
        return frozenset(self._fields) if self.state == "signed" else frozenset()

    def _locked_message(self, names):
        return self.env._("This signing has ended. Begin anew from the file.")

    def _lose_file(self):
        """Forget what was typed, and keep the brake on guessing passwords.

        The device may still be in a client's hands.
        """
        typed = ("guardian_id", "guardian_name", "interpreter", "shown_hash")
        self._as_system().write(dict.fromkeys(typed, False))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def _action_prepare(self, client, paper=None):
        """Return the dialog in which a worker prepares the signing for ``client``.

        :param paper: a release or an agreement sheet; the privacy notice without one
        """
        self._check_signable(client, paper)
        key = "default_sheet_id" if self._is_sheet(paper) else "default_release_id"
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "target": "new",
            "views": [(False, "form")],
            "name": self.env._("Sign on the Screen"),
            "context": {
                "default_client_id": client.id,
                key: paper and paper.id,
                "integration_show_name": True,
            },
        }

    def action_hand_over(self):
        """Open the pages for the client; from then on this device shows nothing else."""
        self.ensure_one()
        self._check_signable(self.client_id, self._paper_to_sign())
        self._check_prepared()
        return {
            "type": "ir.actions.client",
            "tag": "integration_sign_on_screen",
            "params": {"url": f"/integration/sign/{self.id}"},
        }

    # ------------------------------------------------------------
    # What may be signed
    # ------------------------------------------------------------

    @api.model
    def _check_signable(self, client, paper=None):
        """Refuse what cannot be signed now, with the reason in the worker's words.

        :raises AccessError: no right to write the file
        :raises UserError: file closed, no notice published, or the paper is signed already
        """
        client.ensure_one()
        client.check_access("write")
        case = client._current_case()
        case.check_access("write")
        if not client.active or (client.case_ids and not case):
            raise UserError(
                client._about_file(
                    self.env._("the case is closed, so nothing is signed in it. Reopen it first.")
                )
            )
        if paper:
            paper.check_access("write")
            if paper.client_id != client:
                raise UserError(self.env._("This paper belongs to another file."))
            client._ensure_consent()
            if self._is_sheet(paper):
                self._check_sheet(paper)
            else:
                self._check_release(paper)
        else:
            self._notices(client)

    @api.model
    def _check_release(self, release):
        if release.state != "draft" or release.attachment_hash:
            raise UserError(
                release._about_file(
                    self.env._("this release is signed or withdrawn already. Make a new one.")
                )
            )
        if release.valid_until < local_today(self.env):
            raise UserError(
                release._about_file(
                    self.env._(
                        "this release would have ended already. Enter a later last day first."
                    )
                )
            )

    def _check_prepared(self):
        """Refuse to go on without a guardian for a minor."""
        self._check_guardian_on(local_today(self.env))

    @api.model
    def _notices(self, client):
        """Return {language: notice} of the version in force at the client's employer.

        :raises UserError: there is none, or no German text to fall back to
        """
        notices, company = self.env["integration.consent.notice"], client.company_id
        version, _since = notices._newest_versions(company).get(company, (0, None))
        found = notices.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "published"),
                ("version", "=", version),
                ("valid_from", "<=", local_today(self.env)),
            ]
        )
        by_language = {notice.language_id: notice for notice in found}
        if self.env["integration.paper"]._german() not in by_language:
            raise UserError(
                self.env._(
                    "No privacy notice in German is in force. It is reviewed and published under "
                    "Configuration, Privacy Notices; until then consent is signed on paper."
                )
            )
        return by_language

    def _offers(self):
        """Return the languages to choose from: the client's own first, then all with a text.

        :return: list of {language, words, notice, hint}; with ``hint`` the German text is
            shown for want of one, which is said
        """
        self.ensure_one()
        languages = self.env["integration.language"]
        german = self.env["integration.paper"]._german()
        worded = self.env["integration.paper.text"]._languages("sign.")
        no_notice = self.env["integration.consent.notice"]
        notices = {} if self.release_id else self._notices(self.client_id)
        texts = languages.union(*notices) if notices else worded
        spoken = self.client_id.language_ids
        return [
            {
                "language": language,
                # Buttons and hints may be there in a language without a notice.
                "words": language if language in worded else german,
                "notice": notices.get(language) or notices.get(german) or no_notice,
                "hint": language not in texts,
            }
            for language in spoken.sorted() | texts.sorted()
        ]

    def _offer(self, language_id):
        """Return the one of the offered languages with this id.

        :raises UserError: none of them
        """
        for offer in self._offers():
            if offer["language"].id == language_id:
                return offer
        raise UserError(self.env._("There is no text in this language."))

    # ------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------

    def _questions(self, notice):
        """Return the keys of what is asked: purposes, or the release and its special part."""
        if not self.release_id:
            return notice.line_ids.mapped("purpose")
        return ["release", "special"] if self.release_id.special_agreed else ["release"]

    def _signed_record(self):
        """Return the record that keeps the signed paper."""
        self.ensure_one()
        return self._paper_to_sign() or self.consent_id

    def _paper_to_sign(self):
        """Return the release or the sheet that is signed; nothing for the privacy notice."""
        return self.sheet_id or self.release_id
