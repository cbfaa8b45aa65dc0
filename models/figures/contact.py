from odoo import models


class IntegrationContact(models.Model):
    """Talks that submitted figures do not know of."""

    _name = "integration.contact"
    _inherit = ["integration.late", "integration.contact"]
    _late_fields = (
        "user_id", "municipality_id", "is_talk", "channel_id", "topic_ids", "area_ids",
        "unnamed_count", "person_ids",
    )  # fmt: skip
