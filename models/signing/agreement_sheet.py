import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools import local_today
from ..organisation.language import FALLBACK_LANGUAGE
from .agreement_words import column, digest, frozen, typed_words

# A signature that lies further back is proven by the paper itself
PAPER_DAYS = 14
# What may still be entered once the sheet is signed
AFTER_SIGNING = {"attachment", "attachment_name", "attachment_hash"}


class IntegrationAgreementSheet(models.Model):
    """One paper of an agreed version, in German and the client's language.

    It is signed on the screen or by hand, or read out with somebody who interprets. Its words
    and translations are frozen when it is made, the rest with the signature (county standard
    3.2.2: the client gets a copy of what was agreed).
    """

    _name = "integration.agreement.sheet"
    _description = "Agreement Sheet"
    _inherit = [
        "integration.represented",
        "integration.signed.paper",
        "integration.in.file",
        "integration.secured",
    ]
    _order = "id desc"
    _check_company_auto = True
    _needs_file_consent = True
    _content_fields = frozenset({"words"})
    _fixed_fields = frozenset({"plan_id", "client_id", "language_id"})
    _ledger_columns = (
        "plan_id",
        "case_id",
        "client_id",
        "company_id",
        "language_id",
        "words",
        "words_hash",
        "form",
        "date_signed",
        "guardian_id",
        "guardian_name",
        "interpreter",
        "user_id",
    )
    _ledger_once_columns = ("attachment_name", "attachment_hash")
    # The words from the start, for the paper may be in somebody's hands; the rest once signed
    _ledger_frozen = SQL(
        """OLD.date_signed IS NOT NULL
           OR ROW(NEW.id, NEW.plan_id, NEW.language_id, NEW.words, NEW.words_hash)
              IS DISTINCT FROM
              ROW(OLD.id, OLD.plan_id, OLD.language_id, OLD.words, OLD.words_hash)"""
    )

    plan_id = fields.Many2one(
        "integration.plan",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('date_agreed', '!=', False)]",
    )
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True, index=True)
    client_id = fields.Many2one(
        "integration.client",
        compute="_compute_client_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Who signs: the client, or somebody else who takes part in the plan.",
    )
    company_id = fields.Many2one(
        string="Employer", related="plan_id.company_id", store=True, precompute=True, index=True
    )
    language_id = fields.Many2one(
        "integration.language", required=True, ondelete="restrict", check_company=True
    )
    words = fields.Text(required=True, readonly=True, copy=False)
    words_hash = fields.Char(
        string="SHA-256 of the Words",
        required=True,
        readonly=True,
        copy=False,
        help="Proves that the sheet is printed again to the letter.",
    )
    form = fields.Selection(
        [("paper", "On paper"), ("screen", "On screen"), ("read_out", "Read out with interpreter")],
        required=True,
        readonly=True,
        default="paper",
        copy=False,
    )
    date_signed = fields.Date(string="Signed on", copy=False)
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
        [("open", "Not signed yet"), ("signed", "Agreed to")], compute="_compute_state"
    )
    untranslated_count = fields.Integer(
        compute="_compute_untranslated_count", string="Lines without Translation"
    )

    @api.depends("plan_id")
    def _compute_client_id(self):
        for sheet in self:
            sheet.client_id = sheet.client_id or sheet.plan_id.client_id

    @api.depends("plan_id", "language_id")
    def _compute_display_name(self):
        for sheet in self:
            # sudo: integration.plan - the neutral number
            plan = sheet.plan_id.sudo().display_name
            language = sheet.language_id.name
            sheet.display_name = f"{plan} – {language}" if plan else self.env._("New sheet")

    @api.depends("date_signed")
    def _compute_state(self):
        for sheet in self:
            sheet.state = "signed" if sheet.date_signed else "open"

    @api.depends("words")
    def _compute_untranslated_count(self):
        for sheet in self:
            words = json.loads(sheet.words or "{}")
            typed = dict(typed_words(words["version"])) if len(words.get("columns", ())) > 1 else ()
            sheet.untranslated_count = len(set(typed) - set(words.get("translations", ())))

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("client_id", "plan_id")
    def _check_client(self):
        for sheet in self:
            if sheet.client_id not in sheet.plan_id._gate_clients():
                raise ValidationError(
                    sheet._about_file(
                        self.env._(
                            "the person takes no part in the plan. Whoever signs is named in it."
                        )
                    )
                )

    @api.constrains("date_signed")
    def _check_signed(self):
        today = local_today(self.env)
        for sheet in self.filtered("date_signed"):
            if sheet.date_signed > today:
                raise ValidationError(
                    sheet._about_file(self.env._("a signature cannot lie in the future."))
                )
            if sheet.date_signed < sheet.plan_id.date_agreed:
                raise ValidationError(
                    sheet._about_file(self.env._("nobody signs a plan before it is agreed."))
                )
            long_ago = sheet.date_signed < today - timedelta(days=PAPER_DAYS)
            if long_ago and sheet.form == "paper" and not sheet.attachment_hash:
                raise ValidationError(
                    sheet._about_file(
                        self.env._(
                            "it was signed more than %s days ago: add the signed paper as well.",
                            PAPER_DAYS,
                        )
                    )
                )
            sheet._check_guardian_on(sheet.date_signed)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"words", "words_hash", "form", "user_id"}

    @api.model
    def _prepare_create(self, vals_list):
        """Freeze the words; a sheet that no dialog has made bears no translations."""
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            plan = self.env["integration.plan"].browse(vals.get("plan_id"))
            language = self.env["integration.language"].browse(vals.get("language_id"))
            self._check_in_force(plan)
            if not vals.get("words"):
                vals["words"] = frozen(self._words(plan, language, {}))
            vals["words_hash"] = digest(vals["words"])
        return vals_list

    @api.model
    def _check_in_force(self, plans):
        """Refuse to make or sign a sheet of a version that another has followed."""
        for plan in plans:
            if plan.state == "ended":
                raise UserError(
                    self.env._(
                        "%s is no longer in force. Its sheets can be printed, not signed.",
                        plan.display_name,
                    )
                )

    def _locked_fields(self):
        return frozenset(self._fields.keys() - AFTER_SIGNING) if self.date_signed else frozenset()

    def _locked_message(self, names):
        return self._about_file(
            self.env._("what was signed cannot be changed. Make a new version of the plan.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("An agreement sheet may be in the client's hands. It stays in the file.")
        )

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    @api.model
    def _words(self, plan, language, translations, draft=False):
        """Return what a sheet of ``plan`` says in German and ``language``.

        :param dict translations: what was typed beside the German words, by ``typed_words`` key
        :param draft: of a plan that is not agreed yet, to look at
        """
        version = plan._words_now() if draft else plan._agreed_words()
        texts = self.env["integration.paper.text"]
        german = language.search([("code", "=", FALLBACK_LANGUAGE)], limit=1)
        worded = texts._languages("agreement.")
        languages = german | (language & worded)
        typed = dict(typed_words(version))
        return {
            "version": version,
            "columns": [column(texts, each, version) for each in languages],
            "lacks": bool(language - worded),
            "translations": {
                key: text.strip()
                for key, text in translations.items()
                if key in typed and (text or "").strip()
            },
        }

    def _frozen_words(self):
        """Return the words of the sheet, checked against their hash.

        :raises UserError: they are not those that were frozen
        """
        self.ensure_one()
        self.env["integration.agreement"]._ensure_intact(self)
        return json.loads(self.words)

    @api.model
    def _known_translations(self, case, language):
        """Return {German words: translation} of the sheets of ``case``, the last one typed."""
        known = {}
        sheets = self.search([("case_id", "=", case.id), ("language_id", "=", language.id)])
        for sheet in sheets.sorted("id"):
            words = json.loads(sheet.words)
            translations = words["translations"]
            for key, text in typed_words(words["version"]):
                if key in translations:
                    known[text] = translations[key]
        return known

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_print(self):
        """Print the sheet to the letter: what was signed on the screen as it was signed."""
        self.ensure_one()
        self.check_access("read")
        if self.form == "screen" and self.attachment_hash:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{self._name}/{self.id}/attachment?download=true",
                "target": "new",
            }
        report = self.env.ref("integration_management.integration_agreement_report")
        return report.report_action(self, config=False)

    def action_sign(self):
        """Record that the paper was signed today."""
        self.write({"date_signed": local_today(self.env)})

    def action_sign_on_screen(self):
        """Prepare the signing of the sheet on a tablet."""
        self.ensure_one()
        return self.env["integration.signing"]._action_prepare(self.client_id, self)

    def action_read_out(self):
        """Record that the sheet was read out, interpreted and agreed to today.

        :raises UserError: nobody is named who interpreted, or it is signed already
        """
        self.check_access("write")
        for sheet in self:
            if sheet.date_signed:
                raise UserError(sheet._locked_message(frozenset()))
            self._check_in_force(sheet.plan_id)
            if not (sheet.interpreter or "").strip():
                raise UserError(
                    sheet._about_file(
                        self.env._("enter who interpreted when the sheet was read out.")
                    )
                )
            sheet._as_system().write({"form": "read_out", "date_signed": local_today(self.env)})

    def _sign_on_screen(self, vals):
        """Write what was signed on the screen, with its paper and who took part."""
        self._as_system().write(dict(vals, form="screen", date_signed=local_today(self.env)))
