from odoo import api, fields, models

from ...tools import keep_local_changes


class IntegrationConcernKind(models.Model):
    """What concerns are about: one list for the county, so that its numbers can be added up."""

    _name = "integration.concern.kind"
    _inherit = ["integration.master.guard"]
    _description = "Kind of Concern"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    answer_id = fields.Many2one(
        "integration.concern.answer",
        string="Usual Answer",
        ondelete="restrict",
        help="Proposed for every concern of this kind: the same whoever is meant.",
    )

    @api.model
    def _keep_local_changes(self):
        """Let an update of the module leave shipped kinds as the county has edited them."""
        keep_local_changes(self.env, [self._name])
