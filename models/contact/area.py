from odoo import fields, models


class IntegrationArea(models.Model):
    """A life area that talks and goals belong to (county standard 3.2.2 b)."""

    _name = "integration.area"
    _inherit = ["integration.needs.consent"]
    _description = "Life Area"

    reporting_group = fields.Char(
        required=True,
        help="Code under which the official figures sum up areas. How these groups map to the"
        " state's template is for the county to confirm.",
    )
    color = fields.Integer()
    topic_ids = fields.One2many("integration.topic", "area_id", string="Topics")
