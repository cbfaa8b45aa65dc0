from odoo import api, fields, models


class IntegrationTopic(models.Model):
    """What a talk was about. The limits of the work hang on topics (county standard 3.2.2)."""

    _name = "integration.topic"
    _inherit = ["integration.needs.consent"]
    _description = "Topic"
    _order = "area_id, sequence, name, id"
    _check_company_auto = True
    # Talks have been counted under both: another area needs another topic.
    _fixed_once_used = frozenset({"code", "area_id"})

    area_id = fields.Many2one(
        "integration.area",
        string="Life Area",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    hint = fields.Text(
        translate=True, help="Shown to the worker who chooses the topic: what the standard asks."
    )
    consent_purpose = fields.Selection(
        compute="_compute_consent_purpose", store=True, precompute=True, readonly=False
    )

    @api.depends("area_id.consent_purpose")
    def _compute_consent_purpose(self):
        """Propose the purpose of the area; a topic that says nothing of a person may do without."""
        for topic in self:
            topic.consent_purpose = topic.area_id.consent_purpose or topic.consent_purpose
