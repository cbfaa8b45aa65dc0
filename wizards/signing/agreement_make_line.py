from odoo import api, fields, models

from ...models.signing.agreement_words import typed_words


class IntegrationAgreementMakeLine(models.TransientModel):
    """One goal or step in German, and what stands beside it in the client's language."""

    _name = "integration.agreement.make.line"
    _inherit = ["integration.secured"]
    _description = "Line of an Agreement Sheet"
    _order = "id"
    _fixed_fields = frozenset({"make_id", "key"})

    make_id = fields.Many2one(
        "integration.agreement.make", required=True, index=True, ondelete="cascade"
    )
    key = fields.Char(required=True, help="Number of the goal, and of the step in it.")
    german = fields.Char(compute="_compute_german")
    translation = fields.Text(
        compute="_compute_translation",
        store=True,
        precompute=True,
        readonly=False,
        help="Left empty, the sheet says that this line has to be interpreted.",
    )

    @api.depends("make_id", "key")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.make_id.display_name

    @api.depends("make_id.plan_id", "key")
    def _compute_german(self):
        for line in self:
            line.german = self._typed(line.make_id.plan_id).get(line.key)

    @api.depends("make_id.language_id")
    def _compute_translation(self):
        """Offer what was typed on an earlier sheet of the case for the same German words."""
        sheets = self.env["integration.agreement.sheet"]
        for make in self.make_id:
            known = sheets._known_translations(make.plan_id.case_id, make.language_id)
            for line in self.filtered(lambda line, make=make: line.make_id == make):
                line.translation = known.get(line.german)
        for line in self.filtered(lambda line: not line.make_id):
            line.translation = False

    @api.model
    def _typed(self, plan):
        """Return {key: German words} of an agreed plan."""
        return dict(typed_words(plan._agreed_words())) if plan.date_agreed else {}
