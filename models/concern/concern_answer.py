from odoo import api, fields, models

from ...tools import keep_local_changes


class IntegrationConcernAnswer(models.Model):
    """What third parties are told: fixed texts, the same whether somebody has a file or not.

    Nobody types an answer, for every word of one's own tells something (§ 203 StGB). The county
    keeps the texts. What was once told stays on the concern as it was.
    """

    _name = "integration.concern.answer"
    _inherit = ["integration.master.guard"]
    _description = "Neutral Answer"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, help="Short; what the worker chooses by.")
    text = fields.Text(
        required=True,
        translate=True,
        help="What is told. It must be right for everybody: it says neither whether somebody is "
        "accompanied nor what is done.",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)

    @api.model
    def _keep_local_changes(self):
        """Let an update of the module leave shipped answers as the county has edited them."""
        keep_local_changes(self.env, [self._name])
