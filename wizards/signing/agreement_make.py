from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.mixins.once import once
from ...models.signing.agreement_words import frozen, typed_words


class IntegrationAgreementMake(models.TransientModel):
    """Make the sheet of an agreed plan: in which language, with which translations, how agreed."""

    _name = "integration.agreement.make"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Make an Agreement Sheet"
    _check_company_auto = True
    _fixed_fields = frozenset({"plan_id"})

    plan_id = fields.Many2one(
        "integration.plan", required=True, readonly=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    person_ids = fields.Many2many("integration.client", compute="_compute_person_ids")
    client_id = fields.Many2one(
        "integration.client",
        string="Who Signs",
        required=True,
        check_company=True,
        domain="[('id', 'in', person_ids)]",
        compute="_compute_client_id",
        store=True,
        precompute=True,
        readonly=False,
        help="The client, or somebody else who takes part in the plan. Each gets a sheet.",
    )
    is_family = fields.Boolean(compute="_compute_person_ids", export_string_translation=False)
    language_id = fields.Many2one(
        "integration.language",
        required=True,
        check_company=True,
        default=lambda self: self._default_language(),
        help="Stands on the sheet beside the German words.",
    )
    is_german = fields.Boolean(compute="_compute_hints")
    language_hint = fields.Char(compute="_compute_hints", string="Hint on the Language")
    interpreter = fields.Char(help="Who interpreted, if anybody did.")
    line_ids = fields.One2many(
        "integration.agreement.make.line",
        "make_id",
        string="Goals and Steps",
        default=lambda self: self._default_lines(),
    )

    @api.depends("plan_id")
    def _compute_display_name(self):
        for make in self:
            # sudo: integration.plan - the neutral number
            make.display_name = make.plan_id.sudo().display_name or ""

    @api.depends("plan_id")
    def _compute_person_ids(self):
        for make in self:
            plan = make.plan_id
            # Of whom she reads no file she makes no sheet.
            make.person_ids = plan.client_id | plan.client_ids._filtered_access("read")
            make.is_family = len(make.person_ids) > 1

    @api.depends("plan_id")
    def _compute_client_id(self):
        for make in self:
            make.client_id = make.client_id or make.plan_id.client_id

    @api.onchange("client_id")
    def _onchange_client_id_language(self):
        if self.client_id:
            self.language_id = self._language_of(self.client_id)

    @api.depends("language_id")
    def _compute_hints(self):
        german = self.env["integration.paper"]._german()
        worded = self.env["integration.paper.text"]._languages("agreement.")
        for make in self:
            lacks = make.language_id - worded
            make.is_german = make.language_id == german or bool(lacks)
            make.language_hint = bool(lacks) and self.env._(
                "There are no words in %s: the sheet is German, with a hint. Have it interpreted "
                "and name the interpreter.",
                make.language_id.name,
            )

    @api.model
    def _default_language(self):
        return self._language_of(self.env["integration.plan"]._begun_at("plan_id").client_id)

    @api.model
    def _language_of(self, client):
        """Return the language in which ``client`` reads the sheet, as far as it is known."""
        papers = self.env["integration.paper"]
        language = papers._paper_language(client)
        return client.language_ids[:1] if papers._lacks_language(client) else language

    @api.model
    def _default_lines(self):
        plan = self.env["integration.plan"]._begun_at("plan_id")
        if not plan.date_agreed:
            return []
        lines = self.env["integration.agreement.make.line"]
        return [Command.create({"key": key}) for key in lines._typed(plan)]

    @once
    def action_print(self):
        """Make the sheet and print it, to be signed by hand."""
        return dict(self._make().action_print(), close_on_report_download=True)

    @once
    def action_sign_on_screen(self):
        """Make the sheet and prepare its signing on a tablet."""
        return self._make().action_sign_on_screen()

    @once
    def action_read_out(self):
        """Make the sheet, record that it was read out and agreed to, and print it."""
        sheet = self._make()
        sheet.action_read_out()
        return dict(sheet.action_print(), close_on_report_download=True)

    def _make(self):
        """Make the sheet.

        :raises UserError: the plan is not agreed, or the lines are not those of the plan
        """
        self.ensure_one()
        plan = self.plan_id
        plan.check_access("write")
        sheets = self.env["integration.agreement.sheet"]
        known = dict(typed_words(plan._agreed_words()))
        if set(self.line_ids.mapped("key")) - set(known):
            raise UserError(self.env._("%s: this line is none of the plan.", plan.display_name))
        translations = (
            {} if self.is_german else {line.key: line.translation for line in self.line_ids}
        )
        words = sheets._words(plan, self.language_id, translations)
        sheet = sheets._as_system().create(
            {
                "plan_id": plan.id,
                "client_id": self.client_id.id,
                "language_id": self.language_id.id,
                "interpreter": self.interpreter,
                "words": frozen(words),
                "user_id": self.env.uid,
            }
        )
        # Nothing of the words stays behind in the lines, as nothing stays in the dialog.
        self.line_ids.unlink()
        return sheet.with_env(self.env)
