from odoo import api, fields, models

from ...models.mixins.once import once


class IntegrationConcernReply(models.TransientModel):
    """Answers a concern by one of the fixed texts; there is no place for words of one's own."""

    _name = "integration.concern.reply"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Answer to a Concern"

    concern_id = fields.Many2one("integration.concern", required=True, readonly=True)
    answer_id = fields.Many2one(
        "integration.concern.answer",
        compute="_compute_answer_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    text = fields.Text(string="What Is Told", compute="_compute_text")

    @api.depends("concern_id")
    def _compute_answer_id(self):
        """Propose what is usual for the kind: the same whoever is meant."""
        for dialog in self:
            dialog.answer_id = dialog.concern_id.kind_id.answer_id or dialog.answer_id

    @api.depends("answer_id", "concern_id")
    def _compute_text(self):
        for dialog in self:
            lang = dialog.concern_id and dialog.concern_id._lang_of_answer()
            dialog.text = dialog.answer_id.with_context(lang=lang or self.env.lang).text

    @once
    def action_save(self):
        """Answer the concern; its words are cleared in the same moment."""
        self.concern_id._answer(self.answer_id)
        return {"type": "ir.actions.act_window_close"}
