from odoo import fields, models


class IntegrationReportLine(models.Model):
    """One line of figures as it was counted: numbers and words together.

    Nothing here refers to clients, so that deleting a person changes no printed figure.
    Written by the report alone (no role has write access).
    """

    _name = "integration.report.line"
    _inherit = ["integration.report.part"]
    _description = "Line of the Official Figures"
    _order = "report_id, sequence, id"

    sequence = fields.Integer()
    code = fields.Char(required=True)
    rule = fields.Char(required=True)
    unit = fields.Char(required=True)
    item = fields.Integer(help="Id of the channel, area or topic; 0 for the indicator itself.")
    level = fields.Integer()
    texts = fields.Json(help="Label, group and definition by language.")
    figures = fields.Json(help="Numbers by breakdown, in the order of the report's columns.")
